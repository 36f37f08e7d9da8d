//! Reading a JSON list member by member.

use std::fmt;
use std::io::{self, BufRead};

use serde::Deserializer as _;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::variables::{Value, Variable, VariableScope};

/// Checks a whole JSON text and counts the members of its list.
pub(super) fn count_members(reader: impl BufRead) -> serde_json::Result<usize> {
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let count = deserializer.deserialize_seq(Counter)?;
    deserializer.end()?;
    Ok(count)
}

struct Counter;

impl<'de> Visitor<'de> for Counter {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while members.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(count)
    }
}

/// The members of a list that [`count_members`] has found valid.
pub(super) struct JsonMembers<R> {
    reader: R,
}

impl<R: BufRead> JsonMembers<R> {
    /// Goes to the first member.
    pub(super) fn new(mut reader: R) -> io::Result<Self> {
        reader.skip_until(b'[')?;
        Ok(Self { reader })
    }

    /// The text of the next member; nothing at the end of the list.
    ///
    /// The list is known to be valid JSON, so brackets and quotes are all that has to be looked at.
    pub(super) fn next_member(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut member = Vec::new();
        // The bracket of the list itself counts as one.
        let mut depth = 1_usize;
        let mut in_text = false;
        let mut escaped = false;
        while let Some(byte) = self.next_byte()? {
            if in_text {
                member.push(byte);
                (in_text, escaped) = match byte {
                    _ if escaped => (true, false),
                    b'\\' => (true, true),
                    b'"' => (false, false),
                    _ => (true, false),
                };
                continue;
            }
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                b'"' => in_text = true,
                _ => {}
            }
            let ends = depth == 0 || (depth == 1 && byte == b',');
            if ends {
                break;
            }
            member.push(byte);
        }
        let blank = member.trim_ascii().is_empty();
        Ok((!blank).then_some(member))
    }

    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.reader.fill_buf()?.first().copied();
        if byte.is_some() {
            self.reader.consume(1);
        }
        Ok(byte)
    }
}

/// The row of a member; one that is no object is a row without data (as newman 6.2.2).
pub(super) fn row(member: &[u8]) -> serde_json::Result<VariableScope> {
    let member: &RawValue = serde_json::from_slice(member)?;
    if !member.get().starts_with('{') {
        return Ok(VariableScope::default());
    }
    let members: Members = serde_json::from_str(member.get())?;
    let entries = members
        .into_iter()
        .map(|(key, raw)| Variable::new(key, value(&raw)));
    Ok(VariableScope::from_entries(entries))
}

type Members = indexmap::IndexMap<String, Box<RawValue>>;

/// A long whole number keeps its digits.
fn value(raw: &RawValue) -> Value {
    let text = raw.get();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::written_number(text);
    }
    serde_json::from_str(text)
        .map(Value::from_json)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    fn rows(text: &str) -> Vec<Json> {
        let mut members = JsonMembers::new(text.as_bytes()).unwrap();
        let mut rows = Vec::new();
        while let Some(member) = members.next_member().unwrap() {
            let row = row(&member).unwrap();
            let entries = row.entries().iter().map(|entry| {
                (
                    entry.key.clone(),
                    json!([entry.value.to_json(), entry.value.to_text()]),
                )
            });
            rows.push(Json::Object(entries.collect()));
        }
        assert_eq!(rows.len(), count_members(text.as_bytes()).unwrap());
        rows
    }

    #[test]
    fn members_are_read_one_by_one() {
        let text = r#" [ {"a": "x,]}\"[", "b": [1, {"c": null}]} , 5,"t", {} ] "#;

        assert_eq!(
            rows(text),
            [
                json!({"a": ["x,]}\"[", "x,]}\"["], "b": [[1, {"c": null}], "1,[object Object]"]}),
                json!({}),
                json!({}),
                json!({}),
            ]
        );
        assert!(rows("[]").is_empty());
    }

    #[test]
    fn long_numbers_keep_their_digits() {
        let text = r#"[{"n": 123456789012345678901234, "f": 1.50}]"#;

        assert_eq!(rows(text)[0]["n"][1], "123456789012345678901234");
        assert_eq!(rows(text)[0]["f"][1], "1.5");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(count_members(&b"{}"[..]).is_err());
        assert!(count_members(&b"[1,]"[..]).is_err());
        assert!(count_members(&b"[1] x"[..]).is_err());
    }

    proptest! {
        #[test]
        fn every_list_that_is_valid_is_read_to_its_end(
            members in proptest::collection::vec("(\\{\"[a-z]\": (1|\"[^\"\\\\\\p{C}]*\"|\\[\\{\\}, \\[\\]\\])\\}|null| )", 0..6)
        ) {
            let text = format!("[{}]", members.join(","));
            if let Ok(count) = count_members(text.as_bytes()) {
                let mut reader = JsonMembers::new(text.as_bytes()).unwrap();
                let mut read = 0;
                while let Some(member) = reader.next_member().unwrap() {
                    row(&member).unwrap();
                    read += 1;
                }
                prop_assert_eq!(read, count);
            }
        }
    }
}
