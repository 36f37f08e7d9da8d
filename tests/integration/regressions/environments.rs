//! What counts in an environment, and what is left of it after a run.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

// github.com/postmanlabs/postman-app-support/issues/4315 and github.com/usebruno/bruno/issues/8853
#[test]
fn a_variable_is_off_only_where_enabled_is_false() {
    let server = server();
    let environment = json!({"name": "quiet", "values": [
        {"key": "a", "value": "1"},
        {"key": "b", "value": "2", "enabled": null},
        {"key": "c", "value": "3", "enabled": false}
    ]});

    let collection = collection(json!([get("A", server.url("/{{a}}/{{b}}/{{c}}"))]));
    Postrider::with_collection(&collection)
        .file("e.json", environment.to_string())
        .arguments(&["-e", "e.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /1/2/%7B%7Bc%7D%7D"]);
}

/// A run whose script sets a global and a variable of the environment, and which writes both back.
fn run_with_exports(server: &Server) -> Outcome {
    let mut item = get("A", server.url("/"));
    item["event"] = json!([{"listen": "test", "script": {
        "exec": "pm.globals.set('shared', 'g2'); pm.environment.set('fresh', 'e2');"
    }}]);
    let environment = json!({
        "id": "11111111-1111-4111-8111-111111111111", "name": "scopes", "values": [
            {"key": "shared", "value": "e1", "enabled": true},
            {"key": "idle", "value": "keep", "enabled": false, "description": "note"}
        ]
    });
    let globals = json!({"values": [
        {"key": "shared", "value": "g1", "enabled": true},
        {"key": "only_global", "value": "g", "enabled": true, "description": {"content": "why"}}
    ]});
    Postrider::with_collection(&collection(json!([item])))
        .file("e.json", environment.to_string())
        .file("g.json", globals.to_string())
        .arguments(&["-e", "e.json", "--export-environment", "e.json"])
        .arguments(&["-g", "g.json", "--export-globals", "g2.json"])
        .run()
        .expect_code(0)
}

// github.com/postmanlabs/newman/issues/1965
#[test]
fn an_environment_is_written_back_whole_and_without_the_globals() {
    let outcome = run_with_exports(&server());

    let environment = outcome.json("e.json");
    assert_eq!(environment["id"], "11111111-1111-4111-8111-111111111111");
    assert_eq!(environment["name"], "scopes");
    assert_eq!(
        environment["values"],
        json!([
            {"type": "any", "value": "e1", "key": "shared", "enabled": true},
            {"type": "any", "value": "keep", "key": "idle", "description": "note", "enabled": false},
            {"type": "any", "value": "e2", "key": "fresh", "enabled": true}
        ])
    );
}

// github.com/postmanlabs/newman/issues/1965
#[test]
fn globals_are_written_back_without_the_environment() {
    let outcome = run_with_exports(&server());

    assert_eq!(
        outcome.json("g2.json")["values"],
        json!([
            {"type": "any", "value": "g2", "key": "shared", "enabled": true},
            {
                "type": "any", "value": "g", "key": "only_global",
                "description": {"content": "why"}, "enabled": true
            }
        ])
    );
}

#[test]
fn an_environment_of_yaml_keeps_its_descriptions() {
    let server = server();
    let environment = "values:\n  - {key: a, value: '1', description: note, enabled: false}\n";

    let outcome = Postrider::with_collection(&collection(json!([get("A", server.url("/"))])))
        .file("e.yaml", environment)
        .arguments(&["-e", "e.yaml", "--export-environment", "e.json"])
        .run()
        .expect_code(0);

    assert_eq!(
        outcome.json("e.json")["values"],
        json!([{"type": "any", "value": "1", "key": "a", "description": "note", "enabled": false}])
    );
}

// github.com/postmanlabs/newman/issues/3070 and github.com/postmanlabs/postman-app-support/issues/10654
#[test]
fn a_secret_is_sent_and_is_in_no_output_in_any_form() {
    let server = Server::start(|request| Answer::ok(request.head.clone()));
    let request = json!({
        "method": "GET", "url": server.url("/?k={{apiKey}}"),
        "header": [{"key": "X-Key", "value": "{{apiKey}}"}],
        "auth": {"type": "basic", "basic": {"username": "", "password": "{{apiKey}}"}}
    });
    let environment = json!({"values": [
        {"key": "apiKey", "value": "s3cr3t Plum/42", "type": "secret", "enabled": true}
    ]});

    let outcome =
        Postrider::with_collection(&collection(json!([{"name": "A", "request": request}])))
            .file("e.json", environment.to_string())
            .arguments(&["-e", "e.json", "--verbose", "-r", "cli,json,junit"])
            .arguments(&[
                "--reporter-json-export",
                "r.json",
                "--reporter-junit-export",
                "r.xml",
            ])
            .arguments(&[
                "--export-environment",
                "e2.json",
                "--export-collection",
                "c2.json",
            ])
            .run()
            .expect_code(0);

    assert_eq!(server.request().header("X-Key"), Some("s3cr3t Plum/42"));
    let files = ["r.json", "r.xml", "e2.json", "c2.json"].map(|name| outcome.read(name));
    let streams = [outcome.stdout, outcome.stderr];
    // Base64 of the value behind a colon, as basic authorization sends it.
    for form in [
        "s3cr3t Plum",
        "s3cr3t%20Plum",
        "s3cr3t+Plum",
        "OnMzY3IzdCBQbHVtLzQy",
    ] {
        for text in files.iter().chain(&streams) {
            assert!(!text.contains(form), "`{form}` is in:\n{text}");
        }
    }
}

// github.com/usebruno/bruno/issues/8038
#[test]
fn wrapped_environments_and_globals_are_unwrapped() {
    let server = server();
    let values = |key: &str| -> Value { json!({"values": [{"key": key, "value": "1"}]}) };

    let collection = collection(json!([get("A", server.url("/{{a}}/{{b}}"))]));
    Postrider::with_collection(&collection)
        .file("e.json", json!({"environment": values("a")}).to_string())
        .file("g.json", json!({"globals": values("b")}).to_string())
        .arguments(&["-e", "e.json", "-g", "g.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /1/1"]);
}
