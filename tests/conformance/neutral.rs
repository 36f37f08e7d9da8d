//! Texts without what differs between programs, machines and days.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;
use time::{Date, Month, OffsetDateTime};

use crate::program::Run;

const ONE_DAY_SECONDS: i64 = 86_400;

/// Reads what a pattern has found as seconds since 1970.
type ReadSeconds = fn(&Captures<'_>) -> Option<i64>;

/// What stands for what in the texts of one run.
pub(crate) struct Neutral {
    literals: Vec<(String, &'static str)>,
    now: i64,
}

impl Neutral {
    pub(crate) fn of(run: &Run) -> Self {
        static AGENT: LazyLock<Regex> =
            LazyLock::new(|| pattern("^(?i)(PostmanRuntime|Newman|postrider)"));
        static TOKEN: LazyLock<Regex> = LazyLock::new(|| pattern("^(?i)[0-9a-f-]{36}$"));

        let mut literals = run.places.clone();
        // A folder inside another one comes first.
        literals.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
        for request in &run.requests {
            let agent = request.header("user-agent").unwrap_or_default();
            if AGENT.is_match(agent) {
                let joined = agent.split_whitespace().collect::<String>();
                literals.extend([agent.to_owned(), joined].map(|text| (text, "<user-agent>")));
            }
            let token = request.header("postman-token").unwrap_or_default();
            if TOKEN.is_match(token) {
                literals.push((token.to_owned(), "<postman-token>"));
            }
        }
        let mut known = std::collections::HashSet::new();
        literals.retain(|(text, _)| known.insert(text.clone()));
        Self {
            literals,
            now: OffsetDateTime::now_utc().unix_timestamp(),
        }
    }

    /// Changes every text of a value.
    pub(crate) fn apply(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(entries) => entries.iter_mut().for_each(|entry| self.apply(entry)),
            Value::Object(entries) => {
                entries.values_mut().for_each(|entry| self.apply(entry));
            }
            _ => {}
        }
    }

    fn text(&self, text: &str) -> String {
        static PORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"127\.0\.0\.1:\d{4,5}\b"));

        let mut text = text.to_owned();
        for (from, to) in &self.literals {
            if text.contains(from.as_str()) {
                text = text.replace(from.as_str(), to);
            }
        }
        let text = self.without_clock(&text);
        let text = PORT.replace_all(&text, "127.0.0.1:<port>");
        text.replace("EAI_AGAIN", "ENOTFOUND")
    }

    /// Replaces times close to now.
    fn without_clock(&self, text: &str) -> String {
        static FORMS: LazyLock<[(Regex, ReadSeconds); 4]> = LazyLock::new(|| {
            let clock = r"(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)";
            let name = r"(?<name>[A-Z][a-z]{2})";
            [
                (
                    pattern(&format!(
                        r"\b[A-Z][a-z]{{2}},\s*(?<day>\d\d)\s*{name}\s*(?<year>\d{{4}})\s*{clock}\s*GMT"
                    )),
                    seconds_of_parts,
                ),
                (
                    pattern(&format!(
                        r"\b(?<year>\d{{4}})-(?<month>\d\d)-(?<day>\d\d)T{clock}(\.\d+)?Z"
                    )),
                    seconds_of_parts,
                ),
                (
                    pattern(
                        r"\b(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)Z",
                    ),
                    seconds_of_parts,
                ),
                (pattern(r"\d+"), seconds_of_number),
            ]
        });

        let mut text = text.to_owned();
        for (form, seconds) in FORMS.iter() {
            let replaced = form.replace_all(&text, |found: &Captures<'_>| {
                let is_near =
                    seconds(found).is_some_and(|time| (time - self.now).abs() < ONE_DAY_SECONDS);
                if is_near { "<now>" } else { &found[0] }.to_owned()
            });
            text = replaced.into_owned();
        }
        text
    }
}

fn seconds_of_parts(found: &Captures<'_>) -> Option<i64> {
    let number = |name: &str| -> Option<u16> { found.name(name)?.as_str().parse().ok() };
    let small = |name: &str| number(name).and_then(|number| u8::try_from(number).ok());
    let month = match found.name("name") {
        Some(name) => {
            let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
            u8::try_from(names.find(name.as_str())? / 3 + 1).ok()?
        }
        None => small("month")?,
    };
    let date = Date::from_calendar_date(
        i32::from(number("year")?),
        Month::try_from(month).ok()?,
        small("day")?,
    );
    let time = date
        .ok()?
        .with_hms(small("hour")?, small("minute")?, small("second")?);
    Some(time.ok()?.assume_utc().unix_timestamp())
}

/// Ten digits are seconds, thirteen are milliseconds.
fn seconds_of_number(found: &Captures<'_>) -> Option<i64> {
    let number: i64 = found[0].parse().ok()?;
    match found[0].len() {
        10 => Some(number),
        13 => Some(number / 1000),
        _ => None,
    }
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neutral() -> Neutral {
        Neutral {
            literals: vec![("/some/folder".to_owned(), "<run>")],
            now: 1_700_000_000,
        }
    }

    #[test]
    fn times_near_now_are_replaced_in_every_form() {
        let text = neutral().text(
            "1700000100 1700000100123 Tue, 14 Nov 2023 22:20:00 GMT \
             2023-11-14T22:20:00.000Z 20231114T222000Z Tue,14Nov202322:20:00GMT",
        );

        assert_eq!(text, "<now> <now> <now> <now> <now> <now>");
    }

    #[test]
    fn other_times_and_numbers_stay() {
        for text in [
            "1600000000",
            "17000001001",
            "Tue, 01 Jan 1985 22:20:00 GMT",
            "2023-11-10T22:20:00.000Z",
            "2023-13-14T22:20:00.000Z",
        ] {
            assert_eq!(neutral().text(text), text);
        }
    }

    #[test]
    fn folders_and_ports_are_replaced() {
        let text = neutral().text("cannot read /some/folder/x from 127.0.0.1:40123");

        assert_eq!(text, "cannot read <run>/x from 127.0.0.1:<port>");
    }
}
