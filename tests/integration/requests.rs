//! The bytes of a request.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Request, Server, collection, get, post};

/// Sends one request of this definition; `{{base}}` is the server's address.
fn sent(request: &Value) -> Request {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([{"name": "A", "request": request}]));
    let base = format!("base={}", server.url(""));
    Postrider::run_collection(&collection, &["--env-var", &base]).expect_code(0);
    server.request()
}

/// The head with the port and the token of the request made equal.
fn head(request: &Request) -> String {
    let fields = request
        .headers()
        .into_iter()
        .map(|(name, value)| match name {
            "Host" => format!(
                "{name}: {}",
                value.replace(|it: char| it.is_ascii_digit(), "0")
            ),
            "Postman-Token" => format!("{name}: {} characters", value.len()),
            "User-Agent" => format!(
                "{name}: {}",
                value.replace(env!("CARGO_PKG_VERSION"), "<version>")
            ),
            _ => format!("{name}: {value}"),
        });
    let lines: Vec<String> = std::iter::once(request.line().to_owned())
        .chain(fields)
        .collect();
    lines.join("\n")
}

#[test]
fn a_plain_request_has_postmans_header_fields_in_its_order() {
    assert_snapshot!(head(&sent(&json!({"method": "GET", "url": "{{base}}/a"}))), @"
    GET /a HTTP/1.1
    User-Agent: postrider/<version>
    Accept: */*
    Cache-Control: no-cache
    Postman-Token: 36 characters
    Host: 000.0.0.0:00000
    Accept-Encoding: gzip, deflate, br
    Connection: keep-alive
    ");
}

#[test]
fn own_header_fields_come_first_in_their_order() {
    let request = json!({"method": "GET", "url": "{{base}}", "header": [
        {"key": "x-second", "value": "2"},
        {"key": "X-First", "value": "a, b"},
        {"key": "X-Off", "value": "no", "disabled": true},
        {"key": "ACCEPT", "value": "text/csv"},
        {"key": "X-Empty", "value": ""}
    ]});

    assert_snapshot!(head(&sent(&request)), @"
    GET / HTTP/1.1
    X-Second: 2
    X-First: a, b
    Accept: text/csv
    X-Empty: 
    User-Agent: postrider/<version>
    Cache-Control: no-cache
    Postman-Token: 36 characters
    Host: 000.0.0.0:00000
    Accept-Encoding: gzip, deflate, br
    Connection: keep-alive
    ");
}

#[test]
fn an_untidy_url_is_sent_as_it_is_written() {
    let server = Server::start(|_| Answer::ok(""));
    let targets = [
        "/../a//b?x|y",
        "/a/./b/../c/",
        "//double//",
        "/a%2Fb%zz?%41=%",
        "/a?b=c?d=e&&f",
        "/a;b,c=d:e@f+g$h!i*j'(k)",
        "/^|[]?\\^|[]`",
        "/?",
        "/%2e%2e/x?..",
    ];
    let items: Vec<Value> = targets
        .iter()
        .map(|target| get(target, server.url(target)))
        .collect();

    Postrider::run_collection(&collection(json!(items)), &[]).expect_code(0);

    let expected: Vec<String> = targets
        .iter()
        .map(|target| format!("GET {target}"))
        .collect();
    assert_eq!(server.lines(), expected);
}

#[test]
fn what_cannot_stand_in_a_request_line_is_encoded() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([
        get("A", server.url("/a b/é\"<>?q=c d 'e' \"é\"#part")),
        get("B", server.url("/{{unknown}}?a={{unknown}}")),
    ]);

    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        [
            "GET /a%20b/%C3%A9%22%3C%3E?q=c%20d%20%27e%27%20%22%C3%A9%22",
            "GET /%7B%7Bunknown%7D%7D?a={{unknown}}"
        ]
    );
}

#[test]
fn a_url_in_parts_is_put_together() {
    let server = Server::start(|_| Answer::ok(""));
    let url = json!({
        "protocol": "http", "host": ["127", "0", "0", "1"], "port": server.port().to_string(),
        "path": ["users", ":id", ""],
        "query": [
            {"key": "a", "value": "1"}, {"key": "off", "value": "2", "disabled": true},
            {"key": "flag", "value": null}, {"key": "empty", "value": ""}
        ],
        "variable": [{"key": "id", "value": "{{user}}"}]
    });

    let collection = collection(json!([{"name": "A", "request": {"method": "GET", "url": url}}]));
    Postrider::run_collection(&collection, &["--env-var", "user=7"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /users/7/?a=1&flag&empty="]);
}

#[test]
fn a_url_without_a_scheme_is_http() {
    let server = Server::start(|_| Answer::ok(""));
    let url = server.url("/a").replace("http://", "");

    Postrider::run_collection(&collection(json!([get("A", url)])), &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn a_method_of_ones_own_is_sent() {
    let request = sent(&json!({"method": "propfind", "url": "{{base}}/a"}));

    assert_eq!(request.method(), "PROPFIND");
}

#[test]
fn form_fields_are_encoded_strictly() {
    let request = sent(&json!({
        "method": "POST", "url": "{{base}}/token",
        "body": {"mode": "urlencoded", "urlencoded": [
            {"key": "grant_type", "value": "client_credentials"},
            {"key": "client_secret", "value": "a~b.c+d e!'()*%20&="},
            {"key": "off", "value": "x", "disabled": true},
            {"key": "é", "value": ""}
        ]}
    }));

    assert_eq!(
        request.text(),
        "grant_type=client_credentials&client_secret=a~b.c%2Bd%20e%21%27%28%29%2A%2520%26%3D&%C3%A9="
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.header("content-length"), Some("91"));
}

#[test]
fn a_raw_body_is_sent_byte_for_byte() {
    let body = "{\n\t\"é\": \"\\u00e9\",\r\n \"b\": [1,  2]\n}\n";

    let request = sent(&json!({
        "method": "PUT", "url": "{{base}}",
        "body": {"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}}
    }));

    assert_eq!(request.text(), body);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.header("content-length"),
        Some(body.len().to_string().as_str())
    );
}

#[test]
fn an_own_media_type_wins_over_that_of_the_body() {
    let request = sent(&json!({
        "method": "POST", "url": "{{base}}", "header": [{"key": "content-type", "value": "text/csv"}],
        "body": {"mode": "raw", "raw": "a,b", "options": {"raw": {"language": "json"}}}
    }));

    assert_eq!(request.header("content-type"), Some("text/csv"));
}

#[test]
fn a_post_without_content_declares_its_length() {
    let request = sent(&json!({"method": "POST", "url": "{{base}}/run"}));

    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("content-type"), None);
}

#[test]
fn a_get_sends_no_body() {
    let request =
        sent(&json!({"method": "GET", "url": "{{base}}", "body": {"mode": "raw", "raw": "text"}}));

    assert_eq!(request.text(), "");
    assert_eq!(request.header("content-length"), None);
}

#[test]
fn a_body_of_several_megabytes_arrives_whole() {
    let server = Server::start(|request| Answer::ok(request.body.clone()));
    let body = "0123456789abcdef".repeat(256 * 1024);

    let run =
        Postrider::with_collection(&collection(json!([post("A", server.url("/"), "{{body}}")])));
    let environment = json!({"values": [{"key": "body", "value": body}]});
    run.file("environment.json", environment.to_string())
        .arguments(&["-e", "environment.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.request().body.len(), body.len());
}

#[test]
fn connections_are_used_again() {
    let server = Server::start(|_| Answer::ok("x"));
    let items = json!([get("A", server.url("/a")), get("B", server.url("/b"))]);

    Postrider::run_collection(&collection(items), &["-n", "5"]).expect_code(0);

    assert_eq!(server.requests().len(), 10);
    assert_eq!(server.connection_count(), 1);
}
