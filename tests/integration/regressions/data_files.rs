//! Types and line ends of data files.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection, get};

/// Runs a request with this test script for each row of a CSV file; gives the targets.
fn run_rows(csv: &str, path: &str, test: &str) -> Vec<String> {
    let server = Server::start(|_| Answer::ok(""));
    let mut item = get("A", server.url(path));
    item["event"] = json!([{"listen": "test", "script": {"exec": test}}]);
    Postrider::with_collection(&collection(json!([item])))
        .file("d.csv", csv)
        .arguments(&["-d", "d.csv"])
        .run()
        .expect_code(0);
    server.lines()
}

// github.com/postmanlabs/newman/issues/1100 and github.com/postmanlabs/newman/issues/1054
#[test]
fn a_script_gets_a_quoted_cell_as_a_text_and_a_bare_number_as_a_number() {
    let test = "pm.test('quoted', () => pm.expect(pm.iterationData.get('last')).to.equal('7747'));\n\
                pm.test('bare', () => pm.expect(pm.iterationData.get('quantity')).to.equal(42));";

    let targets = run_rows(
        "last,quantity\n\"7747\",42\n",
        "/{{last}}/{{quantity}}",
        test,
    );

    assert_eq!(targets, ["GET /7747/42"]);
}

// github.com/postmanlabs/newman/issues/1100
#[test]
fn a_cell_that_looks_like_a_number_is_sent_as_it_is_written() {
    let csv = "id\n007\n+1\n1e5\n2.50\n12345678901234567890\n\"1e5\"\n";

    assert_eq!(
        run_rows(csv, "/?id={{id}}", ""),
        [
            "GET /?id=007",
            "GET /?id=+1",
            "GET /?id=1e5",
            "GET /?id=2.50",
            "GET /?id=12345678901234567890",
            "GET /?id=1e5",
        ]
    );
}

#[test]
fn each_kind_of_line_end_ends_a_row() {
    for end in ["\n", "\r\n", "\r"] {
        let csv = ["a,b", "1,2", "3,\"4\"", ""].join(end);

        let targets = run_rows(&csv, "/{{a}}/{{b}}", "");

        assert_eq!(targets, ["GET /1/2", "GET /3/4"], "{end:?}");
    }
}

#[test]
fn a_null_of_a_data_file_is_no_value_and_its_own_name_is_no_advice() {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([get("A", server.url("/{{token}}"))]));

    let outcome = Postrider::with_collection(&collection)
        .file("d.json", r#"[{"token": null}]"#)
        .arguments(&["-d", "d.json"])
        .run();

    assert_eq!(
        outcome.message(),
        "exit code: 0\nwarning: the variable `token` in `A` has no value\n"
    );
    assert_eq!(server.lines(), ["GET /%7B%7Btoken%7D%7D"]);
}

#[test]
fn a_list_of_objects_is_json_even_in_a_file_called_csv() {
    assert_eq!(
        run_rows("[\n  {\"v\": 1}, {\"v\": \"2\"}\n]", "/{{v}}", ""),
        ["GET /1", "GET /2"]
    );
}

#[test]
fn a_data_file_that_holds_an_object_is_an_error() {
    let collection = collection(json!([get("A", "http://127.0.0.1:9/")]));

    let outcome = Postrider::with_collection(&collection)
        .file("d.json", "{\"v\": 1}\n{\"v\": 2}\n")
        .arguments(&["-d", "d.json"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the iteration data `d.json`: it holds an object, where a list of rows belongs

    hint: write a list of objects, one for each iteration; a file with one object on each line is called `.jsonl`
    ");
}
