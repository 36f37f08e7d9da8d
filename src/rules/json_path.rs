//! A JSONPath (RFC 9535) that is known to be valid.

use jsonpath_rust::JsonPath as _;
use jsonpath_rust::parser::parse_json_path;
use serde_json::Value;

/// A path into a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonPath {
    text: String,
}

impl JsonPath {
    /// Checks the syntax; the error is the position of the first character that does not fit, from 1.
    pub(super) fn new(text: &str) -> Result<Self, usize> {
        match parse_json_path(text) {
            Ok(_) => Ok(Self {
                text: text.to_owned(),
            }),
            Err(error) => Err(position(&error.to_string()).unwrap_or(1)),
        }
    }

    /// The first value that the path leads to.
    pub(super) fn first<'document>(&self, document: &'document Value) -> Option<&'document Value> {
        document.query(&self.text).ok()?.into_iter().next()
    }

    /// The path as written.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

/// The parser tells the place as ` --> LINE:COLUMN` within its message, and a path is one line.
fn position(message: &str) -> Option<usize> {
    let (_, place) = message.split_once("--> ")?;
    let (_, column) = place.split_whitespace().next()?.split_once(':')?;
    column.parse().ok()
}
