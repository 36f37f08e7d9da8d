//! How newman 6.2.2 reads challenges, for `--newman-compat`.

use serde_json::Value;

use super::scheme::FIRST_COUNT;
use crate::auth::{Answer, Parameters, Signing};
use crate::collection::AuthParameters;
use crate::http::HttpResponse;

/// Takes the first field that begins with `Digest`, and of it what stands in quotes. A challenge is not
/// answered when every parameter in it has a value already.
pub(super) fn answer(
    parameters: &Parameters<'_>,
    response: &HttpResponse,
    signing: &Signing<'_>,
) -> Option<Answer> {
    let challenge = response.headers.iter().find(|field| {
        let value = field.value.to_ascii_lowercase();
        field.is("www-authenticate") && value.starts_with("digest ")
    })?;
    let quoted = |name: &str| quoted(&challenge.value, name);
    let mut learned: AuthParameters = Vec::new();
    let mut learn = |key: &str, value: String| learned.push((key.to_owned(), Value::from(value)));
    learn("nonce", quoted("nonce"));
    learn("realm", quoted("realm"));
    for name in ["opaque", "qop"] {
        if !quoted(name).is_empty() {
            learn(name, quoted(name));
        }
    }
    if !quoted("qop").is_empty() || !parameters.text("qop").is_empty() {
        learn("clientNonce", signing.nonce(8));
        learn("nonceCount", FIRST_COUNT.to_owned());
    }
    let is_known = |key: &str| !parameters.text(key).is_empty();
    if learned.iter().all(|(key, _)| is_known(key)) {
        return Some(Answer::Done(Vec::new()));
    }
    Some(Answer::Again(learned))
}

fn quoted(challenge: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let lower = challenge.to_ascii_lowercase();
    lower
        .find(&start)
        .map(|position| &challenge[position + start.len()..])
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}
