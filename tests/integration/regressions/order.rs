//! Folders inside folders.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, get};

/// Three levels of folders with requests before, in and after each.
fn nested(server: &Server) -> Value {
    let request = |number: u8| get(&format!("r{number}"), server.url(&format!("/{number}")));
    let third = json!({"name": "L3", "item": [request(3)]});
    let second = json!({"name": "L2", "item": [request(2), third, request(4)]});
    collection(json!([
        {"name": "L1", "item": [request(1), second, request(5)]},
        {"name": "L4", "item": [request(6)]},
        request(7)
    ]))
}

fn targets(arguments: &[&str]) -> String {
    let server = Server::start(|_| Answer::ok(""));
    Postrider::run_collection(&nested(&server), arguments).expect_code(0);
    server
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect()
}

// github.com/postmanlabs/newman/issues/2363 and github.com/postmanlabs/newman/issues/2085
#[test]
fn requests_of_nested_folders_run_in_the_order_of_the_file() {
    assert_eq!(targets(&[]), "/1/2/3/4/5/6/7");
}

// github.com/postmanlabs/newman/issues/2363
#[test]
fn an_inner_folder_runs_with_the_folders_inside_it() {
    assert_eq!(targets(&["--folder", "L2"]), "/2/3/4");
}
