//! What no output may show.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{
    Answer, CLIENT_SECRET, Outcome, Postrider, Server, collection, get, run_article,
};

const EVERY_REPORT: &[&str] = &[
    "--verbose",
    "-r",
    "cli,json,junit",
    "--reporter-json-export",
    "report.json",
    "--reporter-junit-export",
    "report.xml",
];

/// Everything that a run has written, with byte arrays of the JSON report as text.
fn everything(outcome: &Outcome) -> String {
    let report = outcome.json("report.json");
    let mut streams = String::new();
    collect_streams(&report, &mut streams);
    [
        &outcome.stdout,
        &outcome.stderr,
        &outcome.read("report.json"),
        &outcome.read("report.xml"),
        &streams,
    ]
    .map(String::as_str)
    .join("\n")
}

fn collect_streams(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) if members.get("type") == Some(&json!("Buffer")) => {
            let bytes: Vec<u8> = serde_json::from_value(members["data"].clone()).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
            text.push('\n');
        }
        Value::Object(members) => members
            .values()
            .for_each(|member| collect_streams(member, text)),
        Value::Array(members) => members
            .iter()
            .for_each(|member| collect_streams(member, text)),
        _ => {}
    }
}

/// Fails when a secret can be read out of a text in any usual form.
fn assert_hidden(secret: &str, text: &str) {
    let percent: String = secret.bytes().map(encoded).collect();
    let json = Value::from(secret).to_string();
    let forms = [
        secret.to_owned(),
        percent.clone(),
        percent.replace("%20", "+"),
        json[1..json.len() - 1].to_owned(),
        STANDARD.encode(secret),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    for form in forms {
        let position = text.find(&form);
        let around = position.map(|at| text[..at].chars().rev().take(200).collect::<String>());
        let around = around.map(|text| text.chars().rev().collect::<String>());
        assert_eq!(around, None, "the secret is shown as {form}");
    }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}

#[test]
fn the_articles_flow_shows_neither_secret_nor_tokens() {
    let outcome = run_article()
        .arguments(&["--emulator"])
        .arguments(EVERY_REPORT)
        .run()
        .expect_code(0);

    let text = everything(&outcome);
    assert_hidden(CLIENT_SECRET, &text);
    // Every JSON Web Token begins with an object in base64.
    assert!(!text.contains("eyJ"), "a token is shown");
    assert!(text.contains("client_secret"), "exchanges are shown");
    assert!(text.contains("***"), "what is hidden is marked");
}

#[test]
fn a_wrong_secret_is_not_shown_either() {
    let secret = "wrong+secret/with=signs & spaces";
    let outcome = run_article()
        .arguments(&["--emulator", "--env-var", &format!("clientSecret={secret}")])
        .arguments(EVERY_REPORT)
        .run()
        .expect_code(1);

    assert_hidden(secret, &everything(&outcome));
}

/// Runs a flow that fetches a token with a secret and uses it, against a server that repeats both.
fn run_flow(secret: &'static str, token: &'static str, rules: &str) -> (Outcome, Vec<String>) {
    let server = Server::start(move |request| match request.method() {
        "POST" => Answer::json(&json!({"access_token": token, "echo": request.text()})),
        _ => Answer::ok(format!("you sent {:?}", request.headers())),
    });
    let environment = json!({"values": [
        {"key": "secret", "value": secret, "type": "secret"},
        {"key": "token", "value": "", "type": "secret"}
    ]});
    let items = json!([
        {"name": "Get token", "request": {
            "method": "POST", "url": server.url("/token?hint={{secret}}"),
            "body": {"mode": "urlencoded", "urlencoded": [{"key": "client_secret", "value": "{{secret}}"}]}
        }},
        {"name": "Use it", "request": {
            "method": "GET", "url": server.url("/use?t={{token}}"),
            "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]}
        }}
    ]);
    let outcome = Postrider::with_collection(&collection(items))
        .file("environment.json", environment.to_string())
        .file("rules.yaml", rules)
        .arguments(&["-e", "environment.json", "--rules", "rules.yaml"])
        .arguments(EVERY_REPORT)
        .run();
    let sent = server.requests();
    (
        outcome,
        vec![
            sent[0].text().to_owned(),
            sent[1].header("authorization").unwrap().to_owned(),
        ],
    )
}

const CAPTURE: &str = "version: 1\nrules:\n  - request: Get token\n    capture:\n      - \
    {variable: token, jsonpath: $.access_token, secret: true}\n";

#[test]
fn secret_and_token_are_sent_and_not_shown() {
    let (secret, token) = ("s3cret +/=&~\"x\"", "abc.DEF-123_456~789+/==");

    let (outcome, sent) = run_flow(secret, token, CAPTURE);

    assert_eq!(outcome.code, Some(0), "{}", outcome.stdout);
    assert_eq!(
        sent,
        [
            "client_secret=s3cret%20%2B%2F%3D%26~%22x%22",
            &format!("Bearer {token}")
        ]
    );
    let text = everything(&outcome);
    assert_hidden(secret, &text);
    assert_hidden(token, &text);
}

#[test]
fn a_failed_expectation_shows_no_secret() {
    let (secret, token) = ("s3cret-in-an-echo", "t0ken-in-a-response");
    let rules = format!(
        "{CAPTURE}    expect:\n      status: 201\n      jsonpath: [{{path: $.access_token, equals: x}}]\n"
    );

    let (outcome, _) = run_flow(secret, token, &rules);

    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
    let text = everything(&outcome);
    assert_hidden(secret, &text);
    assert_hidden(token, &text);
}

#[test]
fn an_access_token_is_hidden_even_where_nobody_declared_it_secret() {
    let rules = CAPTURE.replace(", secret: true", "");
    let token = "t0ken-of-an-oauth-answer";

    let (outcome, _) = run_flow("s3cret", token, &rules);

    assert_hidden(token, &everything(&outcome));
}

#[test]
fn a_basic_password_is_hidden_in_base64_too() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([{"name": "A", "request": {"method": "GET", "url": server.url("/"),
        "auth": {"type": "basic", "basic": [
            {"key": "username", "value": "user"}, {"key": "password", "value": "pa55word"}
        ]}
    }}]);

    let outcome = Postrider::run_collection(&collection(items), EVERY_REPORT).expect_code(0);

    let text = everything(&outcome);
    assert_hidden("pa55word", &text);
    assert_hidden("user:pa55word", &text);
}

#[test]
fn a_password_in_a_url_is_hidden() {
    let server = Server::start(|_| Answer::ok(""));
    let url = server.url("/a").replace("//", "//user:pa55word@");

    let outcome =
        Postrider::run_collection(&collection(json!([get("A", url)])), EVERY_REPORT).expect_code(0);

    let text = everything(&outcome);
    assert_hidden("pa55word", &text);
    assert_hidden("user:pa55word", &text);
}

#[test]
fn a_secret_in_the_name_of_an_unknown_variable_is_not_warned_of() {
    let server = Server::start(|_| Answer::ok(""));
    let environment =
        json!({"values": [{"key": "secret", "value": "s3cret-value", "type": "secret"}]});
    let body = json!({"mode": "raw", "raw": "{{x-<<secret>>}} {{secret}}"});
    let items = json!([{"name": "A", "request": {
        "method": "POST", "url": server.url("/"), "body": body
    }}]);

    let outcome = Postrider::with_collection(&collection(items))
        .file("environment.json", environment.to_string())
        .arguments(&["-e", "environment.json"])
        .arguments(EVERY_REPORT)
        .run();

    assert_hidden("s3cret-value", &everything(&outcome));
}

#[test]
fn a_transport_error_shows_no_secret() {
    let server = Server::start(|_| Answer::Close);
    let environment =
        json!({"values": [{"key": "secret", "value": "s3cret-value", "type": "secret"}]});

    let outcome = Postrider::with_collection(&collection(json!([get(
        "A",
        server.url("/{{secret}}?s={{secret}}")
    )])))
    .file("environment.json", environment.to_string())
    .arguments(&["-e", "environment.json"])
    .arguments(EVERY_REPORT)
    .run()
    .expect_code(1);

    assert_hidden("s3cret-value", &everything(&outcome));
}

#[test]
fn a_password_in_the_url_of_a_request_that_cannot_be_sent_is_hidden() {
    let items = json!([get("A", "http://user:pa55word@{{unknown}}/a")]);

    let outcome = Postrider::run_collection(&collection(items), EVERY_REPORT).expect_code(1);

    assert_hidden("pa55word", &everything(&outcome));
}
