//! Files that are written after a run.

use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection};

fn run(arguments: &[&str]) -> crate::support::Outcome {
    let server = Server::start(|_| Answer::ok(""));
    let item = json!({
        "name": "A",
        "request": server.url("/"),
        "event": [{"listen": "test", "script": {"exec": "pm.environment.set('learnt', 5)"}}]
    });
    let environment = json!({"name": "E", "values": [
        {"key": "plain", "value": "text", "type": "default"},
        {"key": "hidden", "value": "top-secret-value", "type": "secret"}
    ]});
    Postrider::with_collection(&collection(json!([item])))
        .file("e.json", environment.to_string())
        .arguments(&["-e", "e.json", "--export-environment", "out/e.json"])
        .arguments(arguments)
        .run()
        .expect_code(0)
}

#[test]
fn an_environment_is_exported_with_what_scripts_set_and_without_secrets() {
    let outcome = run(&[]);

    let exported = outcome.json("out/e.json");
    assert_eq!(exported["name"], "E");
    assert_eq!(exported["_postman_variable_scope"], "environment");
    assert_eq!(
        exported["values"],
        json!([
            {"type": "any", "value": "text", "key": "plain", "enabled": true},
            {"type": "secret", "value": "***", "key": "hidden", "enabled": true},
            {"type": "any", "value": 5, "key": "learnt", "enabled": true}
        ])
    );
}

#[test]
fn secrets_are_exported_on_demand() {
    let outcome = run(&["--show-secrets"]);

    assert_eq!(
        outcome.json("out/e.json")["values"][1]["value"],
        "top-secret-value"
    );
}

#[test]
fn the_collection_can_be_read_again() {
    let outcome = run(&["--export-collection", "out/c.json"]);

    let exported = outcome.json("out/c.json");
    assert_eq!(exported["info"]["name"], "Sample");
    assert_eq!(exported["item"][0]["name"], "A");
}
