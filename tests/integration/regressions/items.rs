//! Requests and folders as real collections have them.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

/// What the console says below the lines of requests that could not be sent.
fn refusals(outcome: &Outcome) -> Vec<&str> {
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    lines
        .windows(2)
        .filter(|pair| pair[0].contains("[errored]"))
        .map(|pair| pair[1].trim())
        .collect()
}

#[test]
fn an_empty_folder_is_passed_over() {
    let server = server();

    let items = json!([{"name": "empty", "item": []}, get("A", server.url("/a"))]);
    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn an_entry_that_holds_no_request_fails_alone() {
    let server = server();
    let items = json!([
        {"name": "note"}, {"name": "null", "request": null}, {"name": "none", "request": {"header": []}},
        {"name": "empty", "request": {"url": "", "method": "GET"}},
        {"name": "folder of another name", "items": [get("B", server.url("/b"))]},
        get("A", server.url("/a"))
    ]);

    let outcome = Postrider::run_collection(&collection(items), &[]).expect_code(1);

    assert_eq!(refusals(&outcome), ["the request has no URL"; 5]);
    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn names_may_be_absent_empty_equal_or_of_several_lines() {
    let server = server();
    let request = server.url("/");
    let items = json!([
        {"request": request}, {"name": "", "request": request}, {"name": "a\nb/{{v}}", "request": request},
        {"name": "变", "request": request}, {"name": "变", "request": request}
    ]);

    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /"; 5]);
}

#[test]
fn members_that_are_null_or_of_another_form_do_no_harm() {
    let server = server();
    let mut first = get("A", server.url("/a"));
    first["event"] = Value::Null;
    first["description"] = Value::Null;
    first["response"] = json!([{"header": null, "body": null, "cookie": null}, {"header": "A: b"}]);
    let mut second = get("B", server.url("/b"));
    second["description"] = json!({"content": "d", "type": "text/markdown"});
    second["event"] = json!([
        null, {"listen": "test"}, {"listen": "test", "script": {"type": "text/javascript"}},
        {"listen": "test", "script": {"exec": [
            "var a = 1;\r", "a = 2;\nvar b = a;\r", "if (b !== 2) {\r\n  throw new Error(a);\r\n}"
        ]}},
        {"listen": "test", "script": {"exec": "pm.test('it ran', () => {});\r\n"}}
    ]);

    Postrider::run_collection(&collection(json!([first, second])), &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
}

#[test]
fn a_method_is_sent_in_upper_case_and_is_get_where_there_is_none() {
    let server = server();
    let item = |method: Value| {
        let request = json!({"method": method, "url": server.url("/")});
        json!({"name": "A", "request": request})
    };
    let items = json!([
        item(json!("get")),
        item(json!("Purge")),
        item(json!("")),
        item(Value::Null),
        item(json!("X-MY"))
    ]);

    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        ["GET /", "PURGE /", "GET /", "GET /", "X-MY /"]
    );
}

#[test]
fn a_method_may_be_a_variable() {
    let server = server();
    let item =
        |method: &str| json!({"name": "A", "request": {"method": method, "url": server.url("/")}});

    let items = json!([
        item("{{myMethod}}"),
        item("<<myMethod>>"),
        item("x{{myMethod}}")
    ]);
    Postrider::run_collection(&collection(items), &["--env-var", "myMethod=put"]).expect_code(0);

    assert_eq!(server.lines(), ["PUT /", "PUT /", "XPUT /"]);
}

#[test]
fn a_method_that_cannot_be_sent_fails_its_request_and_is_shown() {
    let item =
        |method: &str| json!({"name": "A", "request": {"method": method, "url": "127.0.0.1:9"}});

    let items = json!([item("  "), item("GE T"), item("{{myMethod}}")]);
    let outcome = Postrider::run_collection(&collection(items), &[]).expect_code(1);

    assert_eq!(
        refusals(&outcome),
        [
            "Method must be a valid HTTP token [\"  \"]",
            "Method must be a valid HTTP token [\"GE T\"]",
            "Method must be a valid HTTP token [\"{{myMethod}}\"]",
        ]
    );
}
