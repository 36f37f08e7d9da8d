//! What every scheme offers.

use serde_json::Value;

use crate::collection::Auth;
use crate::http::HttpRequest;

/// The parameters of an authorization by name.
pub(crate) struct Parameters<'auth> {
    auth: &'auth Auth,
}

impl<'auth> Parameters<'auth> {
    /// The parameters of one authorization.
    pub(crate) fn new(auth: &'auth Auth) -> Self {
        Self { auth }
    }

    /// The text of a parameter; absent and null are empty, the last of several wins.
    pub(crate) fn text(&self, key: &str) -> String {
        let found = self
            .auth
            .parameters
            .iter()
            .rev()
            .find(|(name, _)| name == key);
        match found.map(|(_, value)| value) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// Whether the parameter is there and not null.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.auth
            .parameters
            .iter()
            .any(|(name, value)| name == key && !value.is_null())
    }
}

/// One authorization scheme.
pub(crate) trait Authorizer {
    /// Adds the credentials to a request; does nothing when the parameters do not suffice.
    fn sign(&self, parameters: &Parameters<'_>, request: &mut HttpRequest);

    /// The values that must never be shown.
    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String>;
}
