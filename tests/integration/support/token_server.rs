//! A server that gives out tokens and one that takes them, as one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::{Answer, Request, Server};

/// The fields of a form.
pub(crate) fn form(request: &Request) -> HashMap<String, String> {
    url::form_urlencoded::parse(&request.body)
        .into_owned()
        .collect()
}

/// Gives `token-1`, `token-2` and so on at `/token`, with these members beside; answers 200 elsewhere.
pub(crate) fn token_server(beside: Value) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |request| match request.target() {
        "/token" => {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            token(&format!("token-{number}"), &beside)
        }
        _ => Answer::ok(""),
    })
}

/// The answer of a token endpoint.
pub(crate) fn token(token: &str, beside: &Value) -> Answer {
    let mut answer = json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600});
    for (key, value) in beside.as_object().into_iter().flatten() {
        answer[key] = value.clone();
    }
    Answer::json(&answer)
}

/// An answer such as RFC 6749 (5.2) has it.
pub(crate) fn refusal(error: &str, description: &str) -> Answer {
    let body = json!({"error": error, "error_description": description});
    Answer::status("400 Bad Request")
        .header("Content-Type", "application/json")
        .body(body.to_string())
}
