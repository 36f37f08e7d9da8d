//! What a rules file asks for.

use serde_json::Value;

use crate::record::ItemInfo;

use super::Error;
use super::json_path::JsonPath;
use crate::suggest::nearest;

/// A value of a JSON response that has to be equal to another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonPathExpectation {
    /// Where.
    pub(super) path: JsonPath,
    /// What; texts in it may hold variables.
    pub(super) equals: Value,
}

/// What a response has to be like.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Expectation {
    /// Any of these status codes; empty accepts all.
    pub(super) statuses: Vec<u16>,
    /// Values in the body.
    pub(super) json_paths: Vec<JsonPathExpectation>,
}

/// A value of a JSON response that goes into an environment variable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Capture {
    /// The variable.
    pub(super) variable: String,
    /// Where the value stands.
    pub(super) path: JsonPath,
    /// Whether the value is hidden in all output.
    pub(super) secret: bool,
}

/// Everything that one request's responses have to do with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// The request's name, or its path with ` / ` between folder names.
    pub(super) request: String,
    /// What is checked.
    pub(super) expect: Expectation,
    /// What is kept.
    pub(super) captures: Vec<Capture>,
}

impl Rule {
    pub(super) fn is_for(&self, item: &ItemInfo) -> bool {
        self.request == item.name || self.request == item.path()
    }
}

/// All rules of a file, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct RuleSet {
    pub(super) rules: Vec<Rule>,
}

impl RuleSet {
    /// Refuses a rule for a request that does not exist, so that a misspelt name cannot pass as success.
    ///
    /// # Errors
    ///
    /// For the first such rule, with a near name.
    pub(crate) fn check_names(&self, items: &[ItemInfo]) -> Result<(), Error> {
        self.unknown_requests(items).next().map_or(Ok(()), Err)
    }

    /// An error for each rule whose request does not exist, in the order of the file.
    pub(crate) fn unknown_requests(&self, items: &[ItemInfo]) -> impl Iterator<Item = Error> {
        self.rules
            .iter()
            .filter(|rule| !items.iter().any(|item| rule.is_for(item)))
            .map(|rule| Error::UnknownRequest {
                request: rule.request.clone(),
                near: nearest(&rule.request, items.iter().map(|item| item.name.as_str()))
                    .map(str::to_owned),
            })
    }

    /// The names of all variables that are taken from responses.
    pub(crate) fn captured_variables(&self) -> impl Iterator<Item = &str> {
        let captures = self.rules.iter().flat_map(|rule| &rule.captures);
        captures.map(|capture| capture.variable.as_str())
    }
}
