//! One row of variables for each iteration.

use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection, get};

/// The targets of a run over a data file that asks for `/{{v}}`.
fn targets(file_name: &str, content: &str, arguments: &[&str]) -> Vec<String> {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([get("A", server.url("/{{v}}"))]));
    Postrider::with_collection(&collection)
        .file(file_name, content)
        .arguments(&["-d", file_name])
        .arguments(arguments)
        .run()
        .expect_code(0);
    server
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect()
}

/// What is said about a data file that cannot be used.
fn message(file_name: &str, content: &str) -> String {
    let collection = collection(json!([get("A", "http://127.0.0.1:1/")]));
    Postrider::with_collection(&collection)
        .file(file_name, content)
        .arguments(&["-d", file_name])
        .run()
        .expect_code(3)
        .message()
}

#[test]
fn each_row_is_one_iteration() {
    assert_eq!(targets("d.csv", "v\n1\nx y\n", &[]), ["/1", "/x%20y"]);
    assert_eq!(
        targets("d.json", r#"[{"v": true}, {"v": "2"}]"#, &[]),
        ["/true", "/2"]
    );
    assert_eq!(
        targets("d.jsonl", "{\"v\": 1}\n{\"v\": 2}\n", &[]),
        ["/1", "/2"]
    );
}

#[test]
fn whole_numbers_are_sent_as_they_stand() {
    let csv = "v\n007\n12345678901234567890123\n";
    let json = r#"[{"v": 12345678901234567890123}]"#;

    assert_eq!(
        targets("d.csv", csv, &[]),
        ["/007", "/12345678901234567890123"]
    );
    assert_eq!(targets("d.json", json, &[]), ["/12345678901234567890123"]);
}

#[test]
fn the_last_row_repeats_when_there_are_more_iterations() {
    assert_eq!(
        targets("d.csv", "v\n1\n2\n", &["-n", "3"]),
        ["/1", "/2", "/2"]
    );
    assert_eq!(targets("d.csv", "v\n1\n2\n", &["-n", "1"]), ["/1"]);
}

#[test]
fn broken_data_is_told_with_its_place() {
    insta::assert_snapshot!(message("d.json", "[{\"v\": 1},\n]"), @"
    exit code: 3
    error: cannot load the iteration data `d.json`: it is not valid JSON
      caused by: line 2, column 1: trailing comma

    hint: check the JSON near line 2
    ");
    insta::assert_snapshot!(message("d.csv", "v\n\"x\n"), @r#"
    exit code: 3
    error: cannot load the iteration data `d.csv`: it is not valid CSV: line 2: the quote that begins here is never closed

    hint: close the quote, or write two quotes where one is meant
    "#);
}

#[test]
fn many_rows_take_many_iterations() {
    let rows: String = (0..2000).map(|row| format!("{row}\n")).collect();

    assert_eq!(targets("d.csv", &format!("v\n{rows}"), &[]).len(), 2000);
}
