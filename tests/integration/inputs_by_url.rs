//! Inputs that are fetched from a server.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Postrider, Request, Server, collection, environment, get};

fn answer(request: &Request) -> Answer {
    match request.target() {
        "/c.json" => Answer::json(&collection(json!([get("A", "{{base}}/{{v}}/{{row}}")]))),
        "/e.json?apikey=the-api-key" => Answer::json(&environment(&[("v", "from-environment")])),
        "/d.csv" => Answer::ok("row\n1\n2\n"),
        "/moved" => Answer::redirect("302 Found", "/c.json"),
        "/missing.json?apikey=the-api-key" => Answer::status("404 Not Found"),
        _ => Answer::ok(""),
    }
}

#[test]
fn collections_environments_and_data_are_fetched() {
    let server = Server::start(answer);
    let base = format!("base={}", server.url(""));

    Postrider::new()
        .arguments(&["run", &server.url("/moved"), "--env-var", &base])
        .arguments(&[
            "-e",
            &server.url("/e.json?apikey=the-api-key"),
            "-d",
            &server.url("/d.csv"),
        ])
        .run()
        .expect_code(0);

    let lines = server.lines();
    assert_eq!(
        lines[lines.len() - 2..],
        ["GET /from-environment/1", "GET /from-environment/2"]
    );
}

#[test]
fn a_server_that_does_not_have_it_is_told_without_the_key() {
    let server = Server::start(answer);

    let outcome = Postrider::new()
        .arguments(&["run", &server.url("/missing.json?apikey=the-api-key")])
        .run()
        .expect_code(3);

    let message = outcome
        .message()
        .replace(&server.port().to_string(), "PORT");
    assert_snapshot!(message, @"
    exit code: 3
    error: cannot fetch `http://127.0.0.1:<port>/missing.json?apikey=***`: the server answered 404 Not Found

    hint: check the URL, or download the file and name it
    ");
}

#[test]
fn a_collection_can_be_listed_from_a_server() {
    let server = Server::start(answer);

    let outcome = Postrider::new()
        .arguments(&["list", &server.url("/c.json")])
        .run()
        .expect_code(0);

    assert_snapshot!(outcome.stdout, @"GET A  {{base}}/{{v}}/{{row}}");
}
