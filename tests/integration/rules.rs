//! Captures and expectations of a rules file.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn run(items: Value, rules: &str, arguments: &[&str]) -> Outcome {
    Postrider::with_collection(&collection(items))
        .file("rules.yaml", rules)
        .arguments(&["--rules", "rules.yaml"])
        .arguments(arguments)
        .arguments(&["--reporter-cli-no-summary"])
        .run()
}

#[test]
fn a_captured_value_is_there_for_the_next_request() {
    let server = Server::start(|request| match request.target() {
        "/token" => Answer::json(&json!({"tokens": [{"value": "t0ken"}], "count": 3, "id": 0})),
        _ => Answer::ok(""),
    });
    let rules = r"
version: 1
rules:
  - request: Get token
    capture:
      - {variable: token, jsonpath: '$.tokens[0].value'}
      - {variable: count, jsonpath: $.count}
      - {variable: id, jsonpath: $.id}
";
    let items = json!([
        get("Get token", server.url("/token")),
        get("Use it", server.url("/use/{{token}}/{{count}}/{{id}}")),
    ]);

    run(items, rules, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /token", "GET /use/t0ken/3/0"]);
}

#[test]
fn expectations_that_hold_are_shown_as_passed() {
    let server = Server::start(|_| Answer::json(&json!({"name": "n", "list": [1, {"a": null}]})));
    let rules = r"
version: 1
rules:
  - request: A
    expect:
      status: [200, 202]
      jsonpath:
        - {path: $.name, equals: '{{name}}'}
        - {path: '$.list[1]', equals: {a: null}}
";

    let outcome = run(
        json!([get("A", server.url("/"))]),
        rules,
        &["--env-var", "name=n"],
    );

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]
      ✓  status is 200 or 202
      ✓  $.name equals "{{name}}"
      ✓  $.list[1] equals {"a":null}
    "#);
}

#[test]
fn expectations_that_do_not_hold_are_shown_with_both_values() {
    let server =
        Server::start(|_| Answer::json(&json!({"state": "Failed"})).header("X-Trace", "1"));
    let rules = r"
version: 1
rules:
  - request: A
    expect:
      status: 202
      jsonpath:
        - {path: $.state, equals: Succeeded}
        - {path: $.missing, equals: 1}
    capture:
      - {variable: id, jsonpath: $.id}
";

    let outcome = run(json!([get("A", server.url("/"))]), rules, &[]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]
      1. status is 202
      2. $.state equals "Succeeded"
      3. $.missing equals 1
      4. capture id from $.id

      #  failure         detail

     1.  AssertionError  status is 202
                         expected status 202 but got 200 OK; the body is {"state":"Failed"}
                         at assertion:0 in test-script
                         inside "A"

     2.  AssertionError  $.state equals "Succeeded"
                         expected $.state to equal "Succeeded" but got "Failed"
                         at assertion:1 in test-script
                         inside "A"

     3.  AssertionError  $.missing equals 1
                         $.missing leads to nothing; the body is {"state":"Failed"}
                         at assertion:2 in test-script
                         inside "A"

     4.  AssertionError  capture id from $.id
                         $.id leads to nothing; the body is {"state":"Failed"}
                         at assertion:3 in test-script
                         inside "A"
    "#);
}

#[test]
fn a_body_that_is_not_json_fails_what_looks_into_it() {
    let server = Server::start(|_| Answer::ok("<html>sign in</html>"));
    let rules = "version: 1\nrules:\n  - request: A\n    capture: [{variable: t, jsonpath: $.t}]\n";

    let outcome = run(json!([get("A", server.url("/"))]), rules, &[]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]
      1. capture t from $.t

      #  failure         detail

     1.  AssertionError  capture t from $.t
                         the response body is not JSON; the body is <html>sign in</html>
                         at assertion:0 in test-script
                         inside "A"
    "#);
}

#[test]
fn a_request_is_named_by_its_path_where_names_are_not_unique() {
    let server = Server::start(|request| match request.target() {
        "/first" => Answer::status("201 Created"),
        _ => Answer::ok(""),
    });
    let rules = "version: 1\nrules:\n  - request: First / Do it\n    expect: {status: 201}\n  \
        - request: Second / Do it\n    expect: {status: 200}\n";
    let items = json!([
        {"name": "First", "item": [get("Do it", server.url("/first"))]},
        {"name": "Second", "item": [get("Do it", server.url("/second"))]},
    ]);

    run(items, rules, &[]).expect_code(0);
}

#[test]
fn a_rule_for_a_request_that_is_not_selected_is_no_error() {
    let server = Server::start(|_| Answer::ok(""));
    let rules = "version: 1\nrules:\n  - request: B\n    expect: {status: 500}\n";
    let items = json!([get("A", server.url("/a")), get("B", server.url("/b"))]);

    run(items, rules, &["--folder", "A"]).expect_code(0);
}

#[test]
fn a_request_without_a_response_does_not_pass_its_rules() {
    let server = Server::start(|_| Answer::Close);
    let rules = "version: 1\nrules:\n  - request: A\n    expect: {status: 200}\n";

    run(json!([get("A", server.url("/"))]), rules, &[]).expect_code(1);
}
