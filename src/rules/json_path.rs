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
    /// Checks the syntax; the error says what the parser found.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        match parse_json_path(text) {
            Ok(_) => Ok(Self {
                text: text.to_owned(),
            }),
            Err(error) => Err(error.to_string().trim().replace('\n', " ")),
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
