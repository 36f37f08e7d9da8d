//! What every scheme offers.

use serde_json::Value;

use super::body_hash::BodyHash;
use super::hash::Hash;
use super::{Error, Signing};
use crate::collection::{Auth, AuthParameters};
use crate::http::{HttpRequest, HttpResponse};

/// The parameters of an authorization by name.
pub(crate) struct Parameters<'auth> {
    auth: &'auth Auth,
}

impl<'auth> Parameters<'auth> {
    /// The parameters of one authorization.
    pub(crate) fn new(auth: &'auth Auth) -> Self {
        Self { auth }
    }

    /// The value as written; of several entries the last one wins.
    pub(crate) fn value(&self, key: &str) -> Option<&'auth Value> {
        let found = self
            .auth
            .parameters
            .iter()
            .rev()
            .find(|(name, _)| name == key);
        found
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    /// The text of a parameter; absent and null are empty, the last of several wins.
    pub(crate) fn text(&self, key: &str) -> String {
        match self.value(key) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// As [`Parameters::text`], with something in place of an empty text.
    pub(crate) fn text_or(&self, key: &str, default: &str) -> String {
        let text = self.text(key);
        match text.is_empty() {
            true => default.to_owned(),
            false => text,
        }
    }

    /// Whether the parameter is there and not null.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// Whether a parameter is on: true, or a text that is neither empty nor `false`.
    pub(crate) fn is_on(&self, key: &str) -> bool {
        match self.value(key) {
            Some(Value::Bool(on)) => *on,
            Some(Value::String(text)) => !text.is_empty() && text != "false",
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            _ => false,
        }
    }
}

/// What a scheme did to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The credentials were added.
    Signed,
    /// The credentials were added, and with them a signature that is for this request alone.
    SignedWith(String),
    /// The scheme waits for the server to ask.
    Waits,
    /// A parameter is missing, without which there is nothing to add.
    Incomplete(&'static str),
}

/// What a scheme makes of a response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// The response is the result. The parameters are for the next request with this authorization.
    Done(AuthParameters),
    /// The request is to be sent again, signed with these parameters as well.
    Again(AuthParameters),
}

/// One authorization scheme.
pub(crate) trait Authorizer {
    /// Adds the credentials to a request; does nothing when the parameters do not suffice.
    ///
    /// # Errors
    ///
    /// When the parameters suffice but cannot be used; the request is unchanged then.
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error>;

    /// The values that must never be shown.
    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String>;

    /// What of the content goes into the signature; its hash is then in [`Signing::body_hash`].
    fn body_hash(
        &self,
        _parameters: &Parameters<'_>,
        _request: &HttpRequest,
        _signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        None
    }

    /// Whether the request is to be sent once more because of what the server answered.
    ///
    /// # Errors
    ///
    /// When the server's challenge cannot be answered.
    fn answer(
        &self,
        _parameters: &Parameters<'_>,
        _response: &HttpResponse,
        _signing: &Signing<'_>,
    ) -> Result<Answer, Error> {
        Ok(Answer::Done(Vec::new()))
    }
}

/// The hash that a name such as `sha256` or `SHA256` means.
pub(super) fn hash_named(name: &str) -> Option<Hash> {
    Some(match name.to_ascii_lowercase().as_str() {
        "sha1" => Hash::Sha1,
        "sha256" => Hash::Sha256,
        "sha384" => Hash::Sha384,
        "sha512" => Hash::Sha512,
        _ => return None,
    })
}
