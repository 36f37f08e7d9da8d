//! YAML values with their lines.

use serde_json::{Map, Value};

/// A value with the line where it stands, counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::load) struct Node {
    pub(in crate::load) line: usize,
    pub(in crate::load) content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::load) enum Content {
    /// A text, number, boolean or nothing.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in order.
    Mapping(Vec<(Key, Node)>),
}

/// A key with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Key {
    pub(in crate::load) line: usize,
    pub(in crate::load) text: String,
}

/// A scalar in both of its forms.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::load) struct Scalar {
    /// As it is written, without quotes.
    pub(in crate::load) text: String,
    /// As YAML reads it.
    pub(in crate::load) json: Value,
}

impl Scalar {
    /// Whether YAML reads something that is not printed as it was written: `0123`, `True`, `1e3`.
    pub(in crate::load) fn is_changed(&self) -> bool {
        match &self.json {
            Value::Number(_) | Value::Bool(_) => {
                let printed = self.json.to_string();
                printed != self.text
            }
            _ => false,
        }
    }
}

impl Node {
    /// Whether the value is missing or `null`.
    pub(in crate::load) fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar(scalar) if scalar.json.is_null())
    }

    /// What the value is, with its article, for messages.
    pub(in crate::load) fn kind(&self) -> &'static str {
        match &self.content {
            Content::List(_) => "a list",
            Content::Mapping(_) => "a mapping",
            Content::Scalar(scalar) => match &scalar.json {
                Value::Bool(_) => "a boolean",
                Value::Number(_) => "a number",
                Value::Null => "nothing",
                _ => "a text",
            },
        }
    }

    /// The value as JSON; a scalar that YAML would change stays the text that was written.
    pub(in crate::load) fn to_json(&self) -> Value {
        match &self.content {
            Content::Scalar(scalar) if scalar.is_changed() => Value::from(scalar.text.as_str()),
            Content::Scalar(scalar) => scalar.json.clone(),
            Content::List(members) => members.iter().map(Self::to_json).collect(),
            Content::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.text.clone(), value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}
