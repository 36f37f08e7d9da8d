//! Numbers as the page writes them; its script (`elements.js`) writes them alike.

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext};
use serde_json::Value;

/// `{{grouped number}}`: a number with its digits in groups of three.
pub(super) struct Grouped;

impl HelperDef for Grouped {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        let number = helper.param(0).map(|parameter| parameter.value());
        if let Some(number) = number.and_then(Value::as_u64) {
            output.write(&grouped(number))?;
        }
        Ok(())
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (position, digit) in digits.char_indices() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `0.4 ms`, `86 ms`, from ten seconds on `12.5 s`, `5 min 18 s`, `2 h 3 min`.
pub(super) fn duration_text(milliseconds: f64) -> String {
    let seconds = (milliseconds / 1000.0).round() as u64;
    if milliseconds < 9.95 {
        format!("{milliseconds:.1} ms")
    } else if milliseconds < 9999.5 {
        format!("{milliseconds:.0} ms")
    } else if seconds < 100 {
        format!("{:.1} s", milliseconds / 1000.0)
    } else if seconds < 3600 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{} h {} min", seconds / 3600, seconds / 60 % 60)
    }
}

/// A size in decimal units: `440 B`, `1.0 kB`, `2.5 MB`.
pub(super) fn size_text(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut units = ["kB", "MB", "GB"].iter();
    while value >= 999.95 && units.len() > 1 {
        value /= 1000.0;
        units.next();
    }
    let unit = units.as_slice()[0];
    format!("{value:.1} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        let texts = [0, 999, 1000, 12_345, 1_234_567].map(grouped);

        assert_eq!(texts, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn durations_have_the_unit_that_fits() {
        let texts = [0.0, 0.44, 9.94, 9.96, 86.4, 9999.0, 12_500.0].map(duration_text);
        let long = [99_600.0, 318_200.0, 7_380_000.0].map(duration_text);

        assert_eq!(
            texts,
            [
                "0.0 ms", "0.4 ms", "9.9 ms", "10 ms", "86 ms", "9999 ms", "12.5 s"
            ]
        );
        assert_eq!(long, ["1 min 40 s", "5 min 18 s", "2 h 3 min"]);
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let texts = [0, 999, 1000, 782_430, 999_960, 5_000_000_000].map(size_text);

        assert_eq!(
            texts,
            ["0 B", "999 B", "1.0 kB", "782.4 kB", "1.0 MB", "5.0 GB"]
        );
    }
}
