//! Finding tokens in responses, so that they are secret before anybody sees them.

use serde_json::Value;

use crate::http::HttpResponse;
use crate::redact::Secrets;

/// The members of a token response that hold credentials (RFC 6749, 5.1; OpenID Connect Core, 3.1.3.3).
const TOKEN_MEMBERS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// Makes the tokens of an OAuth token response known as secrets.
pub(super) fn learn_tokens(response: &HttpResponse, secrets: &Secrets) {
    let mentions_token = TOKEN_MEMBERS
        .iter()
        .any(|name| contains(&response.body, name.as_bytes()));
    if !mentions_token {
        return;
    }
    let Ok(Value::Object(members)) = serde_json::from_slice(&response.body) else {
        return;
    };
    for name in TOKEN_MEMBERS {
        if let Some(token) = members.get(name).and_then(Value::as_str) {
            secrets.add(token);
        }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}
