//! What is told without sending anything: `list` and `run --dry-run`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Postrider, collection, environment};

fn sample() -> Value {
    collection(json!([
        {"name": "Users", "item": [
            {"name": "Create", "request": {
                "method": "POST", "url": "http://127.0.0.1:1/users/{{id}}",
                "header": [{"key": "X-Key", "value": "{{key}}"}],
                "body": {"mode": "raw", "raw": "{\"id\": {{id}}}", "options": {"raw": {"language": "json"}}}
            }}
        ]},
        {"name": "Read", "request": "http://127.0.0.1:1/{{nobody}}"}
    ]))
}

fn own_lines(text: &str) -> String {
    let system = [
        "User-Agent",
        "Postman-Token",
        "Accept",
        "Cache-Control",
        "Connection",
    ];
    let kept = text
        .lines()
        .filter(|line| !system.iter().any(|name| line.starts_with(name)));
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn list_prints_what_would_run_in_order() {
    let outcome = Postrider::new()
        .file("c.json", sample().to_string())
        .arguments(&["list", "c.json", "--folder", "Read", "--folder", "Users"])
        .run()
        .expect_code(0);

    assert_snapshot!(outcome.stdout, @"
    POST Users / Create  http://127.0.0.1:1/users/{{id}}
    GET  Read  http://127.0.0.1:1/{{nobody}}
    ");
}

#[test]
fn a_dry_run_prints_the_resolved_requests_of_each_iteration_and_no_secret() {
    let mut environment = environment(&[("key", "very-secret")]);
    environment["values"][0]["type"] = json!("secret");

    let outcome = Postrider::with_collection(&sample())
        .file("e.json", environment.to_string())
        .file("d.csv", "id\n007\n8\n")
        .arguments(&[
            "-e",
            "e.json",
            "-d",
            "d.csv",
            "--folder",
            "Create",
            "--dry-run",
        ])
        .run()
        .expect_code(0);

    assert_snapshot!(own_lines(&outcome.stdout), @r#"
    # Iteration 1/2

    ## Users / Create

    POST http://127.0.0.1:1/users/007
    X-Key: ***
    Content-Type: application/json
    Host: 127.0.0.1:1
    Content-Length: 11

    {"id": 007}

    # Iteration 2/2

    ## Users / Create

    POST http://127.0.0.1:1/users/8
    X-Key: ***
    Content-Type: application/json
    Host: 127.0.0.1:1
    Content-Length: 9

    {"id": 8}
    "#);
}

#[test]
fn a_request_that_cannot_be_made_fails_the_dry_run() {
    let collection = collection(json!([{"name": "A", "request": "http://{{host}}/"}]));

    let outcome = Postrider::run_collection(&collection, &["--dry-run"]).expect_code(1);

    assert_snapshot!(outcome.stdout, @"
    ## A

    cannot be made: the host `{{host}}` holds a variable without a value
    ");
}
