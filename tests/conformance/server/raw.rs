//! Two servers on ports of their own: `localhost:4041` and `localhost:4042`.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::request::{Request, View};
use crate::javascript::stringify;

/// Sends a request back byte for byte, and in a field of its own.
pub(super) fn echo(request: &Request, _: &View) -> Answer {
    let quoted = stringify(&String::from_utf8_lossy(&request.raw).into());
    let head = [
        "HTTP/1.1 200 ok\r\nconnection: close\r\ncontent-type: text/plain\r\n",
        &format!("raw-request: {quoted}\r\n\r\n"),
    ];
    let mut bytes = head.concat().into_bytes();
    if request.method != "HEAD" {
        bytes.extend(&request.raw);
    }
    Answer::raw(bytes)
}

/// `/N` redirects N times, `/status/NNN` redirects with that code, anything else is echoed.
pub(super) fn redirect(request: &Request, _: &View) -> Answer {
    let path = request.target.strip_prefix('/').unwrap_or_default();
    if let Ok(hops) = path.parse::<u32>() {
        let location = if hops > 1 {
            format!("/{}", hops - 1)
        } else {
            "/".to_owned()
        };
        return Answer::new(302).header("location", location);
    }
    let status = path.strip_prefix("status/").map(str::parse);
    if let Some(Ok(status @ 100..=999)) = status {
        return Answer::new(status).header("location", "/");
    }
    let headers: Map<String, Value> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.clone().into()))
        .collect();
    let echo = json!({
        "url": request.target,
        "method": request.method,
        "headers": headers,
        "data": request.text(),
    });
    Answer::typed(200, "application/json", stringify(&echo)).closing()
}
