//! A key with a value: header fields, query parameters, form fields, path variables.

use serde_json::{Map, Value, json};

use super::json::{is_truthy, loose_text, text};

/// One entry of a list of keys and values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parameter {
    /// The key; `None` where the entry has none, which is not the same as an empty one in a query.
    pub(crate) key: Option<String>,
    /// The value; `None` where the entry has none, as in the query `?flag`.
    pub(crate) value: Option<String>,
    /// Whether the entry is switched off.
    pub(crate) disabled: bool,
    /// Whether the program added the header field by itself.
    pub(crate) system: bool,
}

impl Parameter {
    /// An entry that is switched on.
    pub(crate) fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: Some(key.into()),
            value: Some(value.into()),
            ..Self::default()
        }
    }

    /// The key, or nothing as an empty text.
    pub(crate) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }

    /// The value, or nothing as an empty text.
    pub(crate) fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// Reads one entry; values that are not texts are taken as JavaScript prints them.
    pub(super) fn from_object(object: &Map<String, Value>) -> Self {
        let value = match object.get("value") {
            None | Some(Value::Null) => None,
            some => Some(loose_text(some)),
        };
        Self {
            key: text(object, "key"),
            value,
            disabled: is_truthy(object, "disabled"),
            system: object.get("system") == Some(&Value::Bool(true)),
        }
    }

    /// The entry in the form of collection v2.1.
    pub(super) fn to_json(&self) -> Value {
        let mut object = json!({ "key": self.key, "value": self.value });
        if self.disabled {
            object["disabled"] = Value::Bool(true);
        }
        if self.system {
            object["system"] = Value::Bool(true);
        }
        object
    }
}

/// Reads header fields in every form that occurs: a list of objects or lines, a text of lines, a map.
pub(super) fn headers_from_json(value: Option<&Value>) -> Vec<Parameter> {
    match value {
        Some(Value::Array(members)) => members.iter().filter_map(header_from_member).collect(),
        Some(Value::String(lines)) => header_lines(lines),
        Some(Value::Object(map)) => map
            .iter()
            .map(|(key, value)| Parameter::new(key.clone(), loose_text(Some(value))))
            .collect(),
        _ => Vec::new(),
    }
}

fn header_from_member(member: &Value) -> Option<Parameter> {
    match member {
        Value::Object(object) => {
            let mut header = Parameter::from_object(object);
            // A null is sent as a text, a missing value as an empty one (as newman 6.2.2).
            header.value = Some(loose_text(object.get("value")));
            Some(header)
        }
        Value::String(line) => header_line(line),
        _ => None,
    }
}

/// A line that begins with white space continues the one before it; one without a colon is none.
fn header_lines(text: &str) -> Vec<Parameter> {
    let mut headers: Vec<Parameter> = Vec::new();
    for line in text.lines() {
        match headers.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                let value = last.value.get_or_insert_default();
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(line.trim());
            }
            _ => headers.extend(header_line(line).filter(|_| line.contains(':'))),
        }
    }
    headers
}

fn header_line(line: &str) -> Option<Parameter> {
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    let key = key.trim();
    (!key.is_empty()).then(|| Parameter::new(key, value.trim()))
}

/// Reads a list of keys and values in every form that occurs: a list of objects, a query text, a map.
pub(super) fn list_from_json(value: Option<&Value>) -> Vec<Parameter> {
    match value {
        Some(Value::Array(members)) => members
            .iter()
            .filter_map(|member| match member {
                Value::Object(object) => Some(Parameter::from_object(object)),
                Value::String(text) => Some(pair(text)),
                _ => None,
            })
            .collect(),
        Some(Value::String(text)) => query_from_text(text),
        Some(Value::Object(map)) => map
            .iter()
            .map(|(key, value)| Parameter::new(key.clone(), loose_text(Some(value))))
            .collect(),
        _ => Vec::new(),
    }
}

/// Takes a query text apart without decoding anything.
pub(super) fn query_from_text(text: &str) -> Vec<Parameter> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split('&').map(pair).collect()
}

/// `a=b=c` has the value `b=c`; `a` has no value; nothing at all has neither key nor value.
pub(super) fn pair(text: &str) -> Parameter {
    match text.split_once('=') {
        Some((key, value)) => Parameter::new(key, value),
        None if text.is_empty() => Parameter::default(),
        None => Parameter {
            key: Some(text.to_owned()),
            ..Parameter::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_are_read_in_every_form() {
        let forms = [
            json!([{"key": "A", "value": "1"}, {"key": "B", "value": 2}]),
            json!(["A: 1", "B: 2"]),
            json!("A: 1\nB: 2\n"),
            json!("A: 1\r\nno colon\r\nB:\r\n 2"),
            json!({"A": "1", "B": 2}),
        ];

        for form in forms {
            let headers = headers_from_json(Some(&form));
            assert_eq!(
                headers,
                [Parameter::new("A", "1"), Parameter::new("B", "2")],
                "{form}"
            );
        }
    }

    #[test]
    fn a_query_keeps_the_difference_between_no_value_and_an_empty_one() {
        let query = query_from_text("a&b=&=c&&d=e=f");

        let pairs: Vec<_> = query
            .iter()
            .map(|entry| (entry.key.as_deref(), entry.value.as_deref()))
            .collect();
        assert_eq!(
            pairs,
            [
                (Some("a"), None),
                (Some("b"), Some("")),
                (Some(""), Some("c")),
                (None, None),
                (Some("d"), Some("e=f")),
            ]
        );
    }
}
