//! Header fields in every size and form.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Request, Server, collection};

fn run(server: &Server, headers: Value) -> Outcome {
    let request = json!({"method": "GET", "url": server.url("/"), "header": headers});
    Postrider::run_collection(&collection(json!([{"name": "A", "request": request}])), &[])
}

fn sent(headers: Value) -> Request {
    let server = Server::start(|_| Answer::ok(""));
    run(&server, headers).expect_code(0);
    server.request()
}

/// The line of the console that says why a request with these fields was not sent.
fn refusal(headers: Value) -> String {
    let server = Server::start(|_| Answer::ok("")).never_called();
    let outcome = run(&server, headers).expect_code(1);
    let mut lines = outcome
        .stdout
        .lines()
        .skip_while(|line| !line.contains("[errored]"));
    lines.nth(1).unwrap().trim().to_owned()
}

// github.com/postmanlabs/newman/issues/2210
#[test]
fn a_field_of_more_than_sixty_four_kilobytes_is_sent_whole() {
    let value = "v".repeat(100_000);

    let request = sent(json!([{"key": "X-Long", "value": value}]));

    assert_eq!(request.header("X-Long"), Some(value.as_str()));
}

// github.com/usebruno/bruno/issues/7820
#[test]
fn an_own_user_agent_leaves_the_other_system_fields_alone() {
    let request = sent(json!([{"key": "User-Agent", "value": "mine"}]));

    assert_eq!(request.header("User-Agent"), Some("mine"));
    assert_eq!(request.header("Accept"), Some("*/*"));
    assert_eq!(request.header("Accept-Encoding"), Some("gzip, deflate, br"));
}

#[test]
fn fields_of_one_name_are_all_sent_and_those_without_a_name_are_not() {
    let request = sent(json!([
        {"key": "", "value": "x"}, {"key": null, "value": "x"}, {"value": "x"},
        {"key": "X-A", "value": "1"}, {"key": "X-A", "value": "2"},
        {"key": "X-Off", "value": "1", "disabled": true}
    ]));

    assert_eq!(request.values("X-A"), ["1", "2"]);
    assert_eq!(request.values("X-Off"), [""; 0]);
    assert_eq!(request.values(""), [""; 0]);
}

#[test]
fn fields_may_be_one_text_of_lines() {
    let request = sent(json!("X-A: 1\nX-B: two: parts\n"));

    assert_eq!(request.header("X-A"), Some("1"));
    assert_eq!(request.header("X-B"), Some("two: parts"));
}

#[test]
fn a_name_or_value_that_cannot_be_sent_fails_its_request_and_is_named() {
    assert_eq!(
        refusal(json!([{"key": "my header", "value": "1"}])),
        "Header name must be a valid HTTP token [\"my header\"]"
    );
    assert_eq!(
        refusal(json!([{"key": "X-A", "value": "1\n2"}])),
        "Invalid character in header content [\"X-A\"]"
    );
}
