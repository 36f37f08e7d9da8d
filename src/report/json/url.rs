//! A URL that is only text, taken apart as Postman's files have it.

use serde_json::{Map, Value, json};

/// Protocol, credentials, host, port, path, query and fragment, as far as they are there.
pub(super) fn url_object(text: &str) -> Value {
    let (rest, fragment) = split(text, '#');
    let (rest, query) = split(rest, '?');
    let (protocol, rest) = match rest.split_once("://") {
        Some((protocol, rest)) => (Some(protocol), rest),
        None => (None, rest),
    };
    let (authority, path) = match rest.split_once('/') {
        Some((authority, path)) => (authority, Some(path)),
        None => (rest, None),
    };
    // Credentials are left out: they belong into no report.
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host_and_port(authority);

    let mut url = Map::new();
    let mut set = |key: &str, value: Value| url.insert(key.to_owned(), value);
    if let Some(protocol) = protocol {
        set("protocol", json!(protocol));
    }
    if let Some(path) = path {
        set("path", path.split('/').collect());
    }
    if !host.is_empty() {
        set("host", host.split('.').collect());
    }
    if let Some(port) = port {
        set("port", json!(port));
    }
    set(
        "query",
        query.map_or(json!([]), |query| query.split('&').map(parameter).collect()),
    );
    if let Some(fragment) = fragment {
        set("hash", json!(fragment));
    }
    set("variable", json!([]));
    Value::Object(url)
}

fn split(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

/// The colons of an IPv6 address stand in brackets.
fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn parameter(text: &str) -> Value {
    match text.split_once('=') {
        Some((key, value)) => json!({"key": key, "value": value}),
        None => json!({"key": text, "value": null}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_finds_its_place() {
        assert_eq!(
            url_object("https://user:pass@api.example.com:8443/a/b?x=1&y&z=#end"),
            json!({
                "protocol": "https",
                "path": ["a", "b"],
                "host": ["api", "example", "com"],
                "port": "8443",
                "query": [
                    {"key": "x", "value": "1"},
                    {"key": "y", "value": null},
                    {"key": "z", "value": ""},
                ],
                "hash": "end",
                "variable": [],
            })
        );
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        assert_eq!(url_object(""), json!({"query": [], "variable": []}));
        assert_eq!(
            url_object("http://"),
            json!({"protocol": "http", "query": [], "variable": []})
        );
        assert_eq!(
            url_object("http://[::1]/"),
            json!({
                "protocol": "http", "path": [""], "host": ["[::1]"], "query": [], "variable": [],
            })
        );
    }
}
