//! Files that are missing, broken or of another kind.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, get};

/// The message about a flag that names a file that is not there, in a run that would send a request.
fn about_missing(flag: &str, name: &str) -> String {
    let server = Server::start(|_| Answer::ok("")).never_called();
    let collection = collection(json!([get("A", server.url("/"))]));
    Postrider::run_collection(&collection, &[flag, name]).message()
}

/// The message about a collection file with this text.
fn about_collection(text: &str) -> String {
    let run = Postrider::new().file("collection.json", text);
    run.arguments(&["run", "collection.json"]).run().message()
}

// github.com/usebruno/bruno/issues/2122
#[test]
fn a_missing_environment_is_an_error_and_nothing_is_sent() {
    assert_snapshot!(about_missing("-e", "nowhere.json"), @"
    exit code: 3
    error: cannot load the environment `nowhere.json`
      caused by: cannot read `nowhere.json`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

// github.com/usebruno/bruno/issues/2122
#[test]
fn a_missing_data_file_is_an_error_and_nothing_is_sent() {
    assert_snapshot!(about_missing("-d", "nowhere.csv"), @"
    exit code: 3
    error: cannot load the iteration data `nowhere.csv`
      caused by: cannot read `nowhere.csv`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

// github.com/usebruno/bruno/issues/2122
#[test]
fn a_collection_that_ends_after_its_first_brace_is_an_error() {
    assert_snapshot!(about_collection("{"), @"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 1, column 1: EOF while parsing an object
        {
        ^

    hint: export the collection again from Postman, or check the JSON near line 1
    ");
}

// github.com/usebruno/bruno/issues/8038
#[test]
fn a_wrapped_collection_of_either_format_runs() {
    let server = Server::start(|_| Answer::ok(""));
    let v1 = json!({"id": "c", "name": "Old", "order": ["r"], "requests": [
        {"id": "r", "name": "R", "method": "GET", "url": server.url("/v1")}
    ]});
    let v2 = collection(json!([get("A", server.url("/v2"))]));

    for inner in [v1, v2] {
        Postrider::run_collection(&json!({ "collection": inner }), &[]).expect_code(0);
    }

    assert_eq!(server.lines(), ["GET /v1", "GET /v2"]);
}

#[test]
fn a_line_break_inside_a_text_is_shown_with_its_place() {
    assert_snapshot!(about_collection("{\"info\": {\"name\": \"a\nb\"}, \"item\": []}"), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 2, column 1: control character (\u0000-\u001F) found while parsing a string
        b"}, "item": []}
        ^

    hint: export the collection again from Postman, or check the JSON near line 2
    "#);
}

#[test]
fn a_comma_too_many_is_shown_with_its_place() {
    assert_snapshot!(about_collection("{\n  \"info\": {\"name\": \"x\",},\n  \"item\": []\n}"), @r#"
    exit code: 3
    error: cannot load the collection `collection.json`: it is not valid JSON
      caused by: line 2, column 24: trailing comma
          "info": {"name": "x",},
                               ^

    hint: export the collection again from Postman, or check the JSON near line 2
    "#);
}

#[test]
fn requests_under_another_name_are_not_taken_for_an_empty_collection() {
    assert_snapshot!(about_collection(r#"{"info": {"name": "x"}, "items": [{"name": "r"}]}"#), @"
    exit code: 3
    error: cannot load the collection `collection.json`
      caused by: the object has no member `item`, which holds the requests of a collection

    hint: export the collection from Postman as Collection v2.1; environments go to `-e`
    ");
}

#[test]
fn the_schema_of_a_collection_is_not_looked_at() {
    let server = Server::start(|_| Answer::ok(""));
    let item = json!([get("A", server.url("/"))]);
    let schema = |schema: &str| json!({"info": {"name": "x", "schema": schema}, "item": item});
    let forms: [Value; 5] = [
        schema("http://schema.getpostman.com/collection/v2/collection.json"),
        schema("https://schema.getpostman.com/json/collection/v9.0.0/collection.json"),
        json!({"info": {"name": "x"}, "item": item}),
        json!({"info": null, "item": item, "event": null, "variable": null, "auth": null}),
        json!({"item": item, "_my_meta": {}, "variables": [], "script": {"requests": {}}}),
    ];

    for form in &forms {
        Postrider::run_collection(form, &[]).expect_code(0);
    }

    assert_eq!(server.lines(), ["GET /"; 5]);
}
