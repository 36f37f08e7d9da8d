//! A key in a header field or in the query.

use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

pub(super) struct ApiKey;

impl Authorizer for ApiKey {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        _signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let (key, value) = (parameters.text("key"), parameters.text("value"));
        let in_query = parameters.text("in") == "query";
        if key.is_empty() && (value.is_empty() || !in_query) {
            return Ok(Outcome::Incomplete("key"));
        }
        if in_query {
            add_query(request, &key, &value);
        } else {
            request.headers.retain(|field| !field.is(&key));
            request.headers.push(Header::new(key, value));
        }
        Ok(Outcome::Signed)
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("value")]
    }
}

/// Replaces a parameter of the query.
pub(super) fn add_query(request: &mut HttpRequest, key: &str, value: &str) {
    let encode = |text: &str| {
        text.replace('&', "%26")
            .replace('#', "%23")
            .replace(' ', "%20")
            .replace('"', "%22")
    };
    let (path, query) = request
        .url
        .target
        .split_once('?')
        .unwrap_or((&request.url.target, ""));
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(key))
        .map(str::to_owned)
        .collect();
    pairs.push(format!("{}={}", encode(key), encode(value)));
    request.url.target = format!("{path}?{}", pairs.join("&"));
}
