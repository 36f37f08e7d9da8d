//! Which version of HTTP is spoken.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ModernServer, Postrider, collection, get};

/// The version that the server saw, with this setting of the request and these arguments.
fn version(server: &ModernServer, setting: Option<&str>, arguments: &[&str]) -> String {
    let seen = seen(server, setting, arguments);
    match seen.starts_with("HTTP/") {
        true => seen.split(' ').next().unwrap().to_owned(),
        false => seen,
    }
}

/// The version and the header fields that the server saw, or why it saw nothing.
fn seen(server: &ModernServer, setting: Option<&str>, arguments: &[&str]) -> String {
    let mut item = get("A", format!("https://localhost:{}/a", server.port));
    if let Some(setting) = setting {
        item["protocolProfileBehavior"] = json!({"protocolVersion": setting});
    }
    let outcome = Postrider::run_collection(
        &collection(json!([item])),
        &[
            &[
                "--insecure",
                "-r",
                "json",
                "--reporter-json-export",
                "r.json",
            ],
            arguments,
        ]
        .concat(),
    );
    let report = outcome.json("r.json");
    let response = &report["run"]["executions"][0]["response"];
    let Some(bytes) = response["stream"]["data"].as_array() else {
        return report["run"]["failures"][0]["error"]["message"].to_string();
    };
    let text: Vec<u8> = bytes
        .iter()
        .filter_map(Value::as_u64)
        .map(|byte| u8::try_from(byte).unwrap())
        .collect();
    String::from_utf8(text).unwrap()
}

#[test]
fn the_host_is_named_once_whatever_the_version() {
    let both = ModernServer::start(&["h2", "http/1.1"]);
    let old = ModernServer::start(&["http/1.1"]);
    let field = |server: &ModernServer| format!("host: localhost:{}", server.port);

    let modern = seen(&both, None, &["--http2"]);
    assert!(modern.starts_with("HTTP/2.0 "), "{modern}");
    assert!(!modern.contains("host: "), "{modern}");
    for (server, flag) in [(&both, "--http1.1"), (&old, "--http2")] {
        let text = seen(server, None, &[flag]);
        assert_eq!(text.matches(&field(server)).count(), 1, "{text}");
    }
}

#[test]
fn a_request_and_a_flag_choose_the_version() {
    let both = ModernServer::start(&["h2", "http/1.1"]);

    assert_eq!(version(&both, None, &[]), "HTTP/1.1");
    assert_eq!(version(&both, None, &["--http2"]), "HTTP/2.0");
    assert_eq!(version(&both, None, &["--http1.1"]), "HTTP/1.1");
    assert_eq!(version(&both, Some("http1"), &["--http2"]), "HTTP/1.1");
    assert_eq!(version(&both, Some("http2"), &[]), "HTTP/2.0");
    assert_eq!(version(&both, Some("auto"), &[]), "HTTP/2.0");
    assert_eq!(version(&both, Some("http2"), &["--http1.1"]), "HTTP/1.1");
}

#[test]
fn a_server_without_http2_is_spoken_to_in_http1_unless_the_request_forbids_it() {
    let old = ModernServer::start(&["http/1.1"]);

    assert_eq!(version(&old, None, &["--http2"]), "HTTP/1.1");
    assert_eq!(version(&old, Some("auto"), &[]), "HTTP/1.1");
    assert_snapshot!(
        version(&old, Some("http2"), &[]).replace(&old.port.to_string(), "<port>"),
        @r#""cannot make a secure connection to localhost:<port>: the server speaks none of the HTTP versions that are offered""#
    );
}
