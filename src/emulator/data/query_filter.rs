//! The filter that both queries of runs take: a span of time, conditions, an order and a page.

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::refusal::Problem;
use crate::emulator::timestamp;

/// How many records one answer holds at most.
const PAGE_SIZE: usize = 100;

/// A word that clients filter or sort by, and the member of an answer's records that it means.
pub(super) struct Operand {
    pub(super) name: &'static str,
    pub(super) member: &'static str,
}

/// A query as read from a request's body.
#[derive(Debug)]
pub(super) struct Query {
    after: OffsetDateTime,
    before: OffsetDateTime,
    conditions: Vec<Condition>,
    order: Vec<(&'static str, Direction)>,
    /// Index of the first record of the page, which is what a continuation token says.
    start: usize,
}

#[derive(Debug)]
struct Condition {
    member: &'static str,
    /// Whether the record's value has to be among `values`, or must not be.
    wants_member: bool,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
enum Direction {
    Ascending,
    Descending,
}

impl Query {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// When one of the two times is missing or none, or a condition or order has an unknown word.
    pub(super) fn read(
        body: Option<Map<String, Value>>,
        operands: &[Operand],
    ) -> Result<Self, Problem> {
        let body = body.unwrap_or_default();
        Ok(Self {
            after: moment(&body, "lastUpdatedAfter")?,
            before: moment(&body, "lastUpdatedBefore")?,
            conditions: entries(body.get("filters"), "filters")?
                .iter()
                .map(|entry| condition(entry, operands))
                .collect::<Result<_, _>>()?,
            order: entries(body.get("orderBy"), "orderBy")?
                .iter()
                .map(|entry| order(entry, operands))
                .collect::<Result<_, _>>()?,
            start: start(body.get("continuationToken"))?,
        })
    }

    /// Picks the records of the page, each given with the time of its last change, and the token
    /// of the next page if there is one.
    pub(super) fn page(
        &self,
        records: impl Iterator<Item = (OffsetDateTime, Value)>,
    ) -> Result<(Vec<Value>, Option<String>), Problem> {
        let mut found: Vec<Value> = records
            .filter(|(updated, record)| {
                (self.after..=self.before).contains(updated)
                    && self
                        .conditions
                        .iter()
                        .all(|condition| condition.accepts(record))
            })
            .map(|(_, record)| record)
            .collect();
        // Sorting by the last key first leaves the first one in charge, since the sort is stable.
        for (member, direction) in self.order.iter().rev() {
            found.sort_by(|left, right| {
                let order = text(&left[*member]).cmp(&text(&right[*member]));
                match direction {
                    Direction::Ascending => order,
                    Direction::Descending => order.reverse(),
                }
            });
        }
        let end = self.start.saturating_add(PAGE_SIZE);
        let next = (end < found.len()).then(|| end.to_string());
        Ok((
            found.into_iter().skip(self.start).take(PAGE_SIZE).collect(),
            next,
        ))
    }
}

impl Condition {
    fn accepts(&self, record: &Value) -> bool {
        let found = text(&record[self.member]);
        let is_among = self.values.iter().any(|value| is_equal(&found, value));
        is_among == self.wants_member
    }
}

fn condition(entry: &Value, operands: &[Operand]) -> Result<Condition, Problem> {
    let wants_member = match entry["operator"].as_str().unwrap_or_default() {
        "Equals" | "In" => true,
        "NotEquals" | "NotIn" => false,
        other => {
            return Err(bad(&format!(
                "The operator '{other}' of a filter is not one of Equals, NotEquals, In, NotIn."
            )));
        }
    };
    let values = entries(entry.get("values"), "values")?;
    Ok(Condition {
        member: member(&entry["operand"], operands)?,
        wants_member,
        values: values.iter().map(text).collect(),
    })
}

fn order(entry: &Value, operands: &[Operand]) -> Result<(&'static str, Direction), Problem> {
    let direction = match entry["order"].as_str().unwrap_or_default() {
        "ASC" => Direction::Ascending,
        "DESC" => Direction::Descending,
        other => {
            return Err(bad(&format!(
                "The order '{other}' is not one of ASC, DESC."
            )));
        }
    };
    Ok((member(&entry["orderBy"], operands)?, direction))
}

fn member(name: &Value, operands: &[Operand]) -> Result<&'static str, Problem> {
    let name = name.as_str().unwrap_or_default();
    operands
        .iter()
        .find(|operand| operand.name == name)
        .map(|operand| operand.member)
        .ok_or_else(|| {
            let known: Vec<&str> = operands.iter().map(|operand| operand.name).collect();
            bad(&format!("'{name}' is not one of {}.", known.join(", ")))
        })
}

fn moment(body: &Map<String, Value>, name: &str) -> Result<OffsetDateTime, Problem> {
    body.get(name)
        .and_then(Value::as_str)
        .and_then(timestamp::parse)
        .ok_or_else(|| {
            bad(&format!(
                "The property '{name}' is required and must be a date and time."
            ))
        })
}

/// The elements of a list, none where it is left out.
fn entries<'a>(list: Option<&'a Value>, name: &str) -> Result<&'a [Value], Problem> {
    match list {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(entries)) => Ok(entries),
        Some(_) => Err(bad(&format!("The property '{name}' must be a list."))),
    }
}

/// The first record of a page, from the token that the page before it ended with.
fn start(token: Option<&Value>) -> Result<usize, Problem> {
    match token {
        None | Some(Value::Null) => Ok(0),
        Some(Value::String(token)) if token.is_empty() => Ok(0),
        Some(token) => token
            .as_str()
            .and_then(|token| token.parse().ok())
            .ok_or_else(|| bad("The continuationToken is not valid.")),
    }
}

/// Two texts are equal too when both are the same moment in different spellings.
fn is_equal(found: &str, wanted: &str) -> bool {
    found == wanted
        || matches!((timestamp::parse(found), timestamp::parse(wanted)), (Some(left), Some(right)) if left == right)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn bad(reason: &str) -> Problem {
    Problem::BadRequest {
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOON: OffsetDateTime = datetime!(2026-01-01 12:00 UTC);
    const OPERANDS: &[Operand] = &[
        Operand {
            name: "Status",
            member: "status",
        },
        Operand {
            name: "RunStart",
            member: "runStart",
        },
    ];

    fn read(body: Value) -> Result<Query, Problem> {
        Query::read(body.as_object().cloned(), OPERANDS)
    }

    fn query(more: Value) -> Query {
        let mut body = json!({
            "lastUpdatedAfter": "2026-01-01T00:00:00Z",
            "lastUpdatedBefore": "2026-01-02T00:00:00Z",
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        read(body).unwrap()
    }

    fn statuses(query: &Query, records: &[(&str, &str)]) -> Vec<String> {
        let records = records
            .iter()
            .map(|(status, start)| (NOON, json!({ "status": status, "runStart": start })));
        let (page, _) = query.page(records).unwrap();
        page.iter().map(|record| text(&record["status"])).collect()
    }

    #[test]
    fn records_outside_the_span_are_left_out() {
        let records = [
            (NOON, json!(1)),
            (datetime!(2025-12-31 12:00 UTC), json!(2)),
        ];

        let (page, next) = query(json!({})).page(records.into_iter()).unwrap();

        assert_eq!(page, [json!(1)]);
        assert_eq!(next, None);
    }

    #[test]
    fn both_ends_of_the_span_are_required() {
        let refused = read(json!({ "lastUpdatedAfter": "2026-01-01T00:00:00Z" }));

        assert!(matches!(
            refused,
            Err(Problem::BadRequest { reason }) if reason.contains("lastUpdatedBefore")
        ));
    }

    #[test]
    fn every_condition_has_to_hold() {
        let query = query(json!({ "filters": [
            { "operand": "Status", "operator": "In", "values": ["Failed", "Cancelled"] },
            { "operand": "Status", "operator": "NotEquals", "values": ["Failed"] },
        ] }));

        assert_eq!(
            statuses(
                &query,
                &[("Failed", ""), ("Cancelled", ""), ("Succeeded", "")]
            ),
            ["Cancelled"]
        );
    }

    #[test]
    fn a_time_equals_itself_in_another_spelling() {
        let query = query(json!({ "filters": [
            { "operand": "RunStart", "operator": "Equals", "values": ["2026-01-01T12:00:00Z"] },
        ] }));

        let found = statuses(
            &query,
            &[
                ("a", "2026-01-01T12:00:00.0000000Z"),
                ("b", "2026-01-01T12:00:01.0000000Z"),
            ],
        );

        assert_eq!(found, ["a"]);
    }

    #[test]
    fn the_first_order_is_in_charge() {
        let query = query(json!({ "orderBy": [
            { "orderBy": "RunStart", "order": "DESC" },
            { "orderBy": "Status", "order": "ASC" },
        ] }));

        assert_eq!(
            statuses(&query, &[("c", "1"), ("b", "2"), ("a", "2")]),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_known_ones() {
        for body in [
            json!({ "filters": [{ "operand": "Colour", "operator": "Equals", "values": [] }] }),
            json!({ "filters": [{ "operand": "Status", "operator": "Like", "values": [] }] }),
            json!({ "orderBy": [{ "orderBy": "Status", "order": "UP" }] }),
            json!({ "continuationToken": "x" }),
        ] {
            let mut body = body;
            body["lastUpdatedAfter"] = json!("2026-01-01");
            body["lastUpdatedBefore"] = json!("2026-01-02");

            assert!(matches!(read(body), Err(Problem::BadRequest { .. })));
        }
    }

    #[test]
    fn a_long_list_comes_in_pages() {
        let records = || (0..150).map(|number| (NOON, json!(number)));

        let (first, next) = query(json!({})).page(records()).unwrap();
        let (second, end) = query(json!({ "continuationToken": next }))
            .page(records())
            .unwrap();

        assert_eq!((first.len(), second.len()), (100, 50));
        assert_eq!(second[0], json!(100));
        assert_eq!(end, None);
    }
}
