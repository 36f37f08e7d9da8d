//! Which requests are sent, and when a run ends.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Answers 500 at `/bad`, stops in the middle of its answer at `/broken`, and says yes elsewhere.
fn server() -> Server {
    Server::start(|request| match request.target() {
        "/bad" => Answer::status("500 Internal Server Error"),
        "/broken" => Answer::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".to_vec()),
        _ => Answer::ok(""),
    })
}

/// A folder with two requests and another one within, between two requests.
fn items(server: &Server) -> Value {
    json!([
        get("first", server.url("/first")),
        {"name": "outer", "item": [
            get("a", server.url("/outer/a")),
            {"name": "inner", "item": [get("b", server.url("/outer/inner/b"))]},
            get("c", server.url("/outer/c"))
        ]},
        get("last", server.url("/last"))
    ])
}

/// Runs three requests of which the second is bad, with a rule that says so.
fn run_with_failure(server: &Server, second: &str, arguments: &[&str]) -> Outcome {
    let items = json!([
        get("A", server.url("/1")),
        get("B", server.url(second)),
        get("C", server.url("/3"))
    ]);
    let rules = "version: 1\nrules:\n  - request: B\n    expect: {status: 200}\n";
    Postrider::with_collection(&collection(items))
        .file("rules.yaml", rules)
        .arguments(&["--rules", "rules.yaml"])
        .arguments(arguments)
        .run()
}

#[test]
fn requests_are_sent_in_the_order_of_the_collection() {
    let server = server();

    Postrider::run_collection(&collection(items(&server)), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        [
            "GET /first",
            "GET /outer/a",
            "GET /outer/inner/b",
            "GET /outer/c",
            "GET /last"
        ]
    );
}

#[test]
fn the_whole_selection_runs_as_often_as_asked() {
    let server = server();
    let items = json!([get("A", server.url("/a")), get("B", server.url("/b"))]);

    Postrider::run_collection(&collection(items), &["-n", "3"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a", "GET /b"].repeat(3));
}

#[test]
fn a_folder_runs_with_everything_in_it() {
    let server = server();

    Postrider::run_collection(&collection(items(&server)), &["--folder", "outer"]).expect_code(0);

    assert_eq!(
        server.lines(),
        ["GET /outer/a", "GET /outer/inner/b", "GET /outer/c"]
    );
}

#[test]
fn folders_and_requests_may_be_named_together_and_keep_their_order() {
    let server = server();

    let arguments = ["--folder", "last", "--folder", "inner"];
    Postrider::run_collection(&collection(items(&server)), &arguments).expect_code(0);

    assert_eq!(server.lines(), ["GET /outer/inner/b", "GET /last"]);
}

#[test]
fn a_name_that_two_folders_have_selects_the_first_and_is_told() {
    let server = server();
    let folder = |name: &str, path: &str| {
        let inner = json!({"name": "Users", "item": [get("List", server.url(path))]});
        json!({"name": name, "item": [inner]})
    };
    let items = json!([folder("Old", "/old"), folder("New", "/new")]);

    let outcome = Postrider::run_collection(&collection(items), &["--folder", "Users"]);

    assert_snapshot!(outcome.message(), @r"
    exit code: 0
    warning: `--folder Users` selects `Old / Users` and leaves out `New / Users`, which has the same name (rename one of them, or select by id)
    ");
    assert_eq!(server.lines(), ["GET /old"]);
}

#[test]
fn a_request_that_is_selected_twice_runs_once() {
    let server = server();

    let arguments = ["--folder", "outer", "--folder", "inner"];
    Postrider::run_collection(&collection(items(&server)), &arguments).expect_code(0);

    assert_eq!(
        server.lines(),
        ["GET /outer/a", "GET /outer/inner/b", "GET /outer/c"]
    );
}

#[test]
fn a_failure_does_not_end_the_run() {
    for second in ["/bad", "/broken"] {
        let server = server();

        run_with_failure(&server, second, &[]).expect_code(1);

        assert_eq!(server.requests().len(), 3, "{second}");
    }
}

#[test]
fn bail_stops_after_the_first_failure() {
    for second in ["/bad", "/broken"] {
        let server = server();

        run_with_failure(&server, second, &["--bail"]).expect_code(1);

        assert_eq!(server.requests().len(), 2, "{second}");
    }
}

#[test]
fn bail_ends_the_iterations_as_well() {
    let server = server();

    run_with_failure(&server, "/bad", &["-n", "5", "--bail", "failure"]).expect_code(1);

    assert_eq!(server.requests().len(), 2);
}

#[test]
fn bail_in_folder_mode_goes_on_after_a_failed_assertion() {
    let server = server();

    run_with_failure(&server, "/bad", &["--bail", "folder"]).expect_code(1);

    assert_eq!(server.requests().len(), 3);
}

#[test]
fn bail_in_folder_mode_stops_at_a_request_error() {
    let server = server();

    run_with_failure(&server, "/broken", &["--bail", "folder"]).expect_code(1);

    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_run_that_was_stopped_says_why() {
    let server = server();

    let outcome = run_with_failure(&server, "/bad", &["--bail"]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/1 [200 OK, <size>, <time>]

    → B
      GET http://127.0.0.1:<port>/bad [500 Internal Server Error, <size>, <time>]
      1. status is 200

    The run was stopped at a failure, as --bail asks.

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 2 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 1 │ 1 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘

      #  failure         detail

     1.  AssertionError  status is 200
                         expected status 200 but got 500 Internal Server Error; the body is empty
                         at assertion:0 in test-script
                         inside "B"
    "#);
}

#[test]
fn the_delay_comes_before_each_request() {
    let server = server();
    let items = json!([get("A", server.url("/a")), get("B", server.url("/b"))]);
    let started = Instant::now();

    Postrider::run_collection(&collection(items), &["--delay-request", "150"]).expect_code(0);

    assert!(
        started.elapsed() >= Duration::from_millis(300),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn an_error_status_alone_is_no_failure() {
    let server = server();

    Postrider::run_collection(&collection(json!([get("A", server.url("/bad"))])), &[])
        .expect_code(0);
}
