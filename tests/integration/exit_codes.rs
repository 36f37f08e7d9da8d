//! The process's answer: `docs/exit-codes.md`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Postrider, Server, collection, get};

#[test]
fn zero_says_that_everything_ran_without_a_failure() {
    let server = Server::start(|_| Answer::ok(""));

    let outcome = Postrider::run_collection(&collection(json!([get("A", server.url("/"))])), &[]);

    assert_eq!(outcome.code, Some(0));
}

#[test]
fn one_says_that_something_failed() {
    let server = Server::start(|_| Answer::Close);

    let outcome = Postrider::run_collection(&collection(json!([get("A", server.url("/"))])), &[]);

    assert_eq!(outcome.code, Some(1));
}

#[test]
fn a_failure_can_be_kept_out_of_the_exit_code() {
    let server = Server::start(|_| Answer::Close);

    let outcome =
        Postrider::run_collection(&collection(json!([get("A", server.url("/"))])), &["-x"]);

    assert_eq!(outcome.code, Some(0));
}

#[test]
fn two_says_that_the_arguments_are_wrong() {
    let outcome = Postrider::new().arguments(&["run", "--no-such-flag"]).run();

    assert_eq!(outcome.code, Some(2));
}

#[test]
fn three_says_that_an_input_cannot_be_used() {
    let outcome = Postrider::new()
        .arguments(&["run", "no-such-file.json"])
        .run();

    assert_eq!(outcome.code, Some(3));
}

#[test]
fn four_says_that_there_was_nothing_to_run() {
    let outcome = Postrider::run_collection(&collection(json!([])), &[]);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 4
    --- stderr
    error: cannot select what to run
      caused by: the collection `Sample` holds no request

    hint: add a request to the collection, or select a folder that has one
    ");
}

#[test]
fn an_empty_folder_is_nothing_to_run() {
    let outcome = Postrider::run_collection(
        &collection(json!([{"name": "F", "item": []}, get("A", "http://127.0.0.1:9/")])),
        &["--folder", "F"],
    );

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 4
    --- stderr
    error: cannot select what to run
      caused by: the collection `Sample` holds no request

    hint: add a request to the collection, or select a folder that has one
    ");
}

#[test]
fn five_says_that_a_report_could_not_be_written() {
    let server = Server::start(|_| Answer::ok(""));
    let run = Postrider::with_collection(&collection(json!([get("A", server.url("/"))])));

    let outcome = run
        .file("occupied", "a file where a folder is needed")
        .arguments(&[
            "-r",
            "json,junit",
            "--reporter-json-export",
            "occupied/report.json",
        ])
        .arguments(&["--reporter-junit-export", "report.xml"])
        .run();

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 5
    --- stderr
    error: cannot write the json report
      caused by: cannot make the folder `occupied`
      caused by: File exists (os error 17)

    hint: check the path, its permissions and the free space
    ");
    assert!(
        outcome.has_file("report.xml"),
        "the other reporter is not affected"
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_interrupted_run_ends_with_130_and_still_writes_its_reports() {
    let server = Server::start(|request| match request.target() {
        "/hangs" => Answer::silence(),
        _ => Answer::ok("done"),
    });
    let items = json!([
        get("A", server.url("/a")),
        get("B", server.url("/hangs")),
        get("C", server.url("/c"))
    ]);

    let running = Postrider::with_collection(&collection(items))
        .arguments(&[
            "-r",
            "cli,json,junit",
            "--reporter-json-export",
            "report.json",
        ])
        .arguments(&["--reporter-junit-export", "report.xml"])
        .spawn();
    server.wait_for_requests(2);
    running.interrupt();
    let outcome = running.wait().expect_code(130);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 130
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

    → B

    The run was interrupted.

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 1 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 0 │ 0 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘
    ");
    let report = outcome.json("report.json");
    assert_eq!(report["run"]["executions"][0]["response"]["code"], 200);
    assert_eq!(report["run"]["error"]["message"], "the run was interrupted");
    let xml = outcome.read("report.xml");
    assert!(roxmltree::Document::parse(&xml).is_ok(), "{xml}");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_run_that_waits_for_its_delay_can_be_interrupted() {
    let collection = collection(json!([get("A", "http://127.0.0.1:9/")]));

    let mut running = Postrider::with_collection(&collection)
        .arguments(&["--delay-request", "600000"])
        .spawn();
    running.wait_for_stdout("Sample");
    running.interrupt();

    assert_eq!(running.wait().code, Some(130));
}

#[test]
fn interrupted_wins_over_failed() {
    let server = Server::start(|request| match request.target() {
        "/hangs" => Answer::silence(),
        _ => Answer::Close,
    });
    let items = json!([
        get("A", server.url("/broken")),
        get("B", server.url("/hangs"))
    ]);

    let running = Postrider::with_collection(&collection(items)).spawn();
    server.wait_for_requests(2);
    running.interrupt();

    assert_eq!(running.wait().code, Some(130));
}

#[test]
fn a_script_without_end_can_be_interrupted() {
    let server = Server::start(|_| Answer::ok(""));
    let mut item = get("A", server.url("/"));
    item["event"] = json!([{"listen": "test", "script": {"exec": ["while (true) {}"]}}]);

    let running = Postrider::with_collection(&collection(json!([item]))).spawn();
    server.wait_for_requests(1);
    running.interrupt();

    assert_eq!(running.wait().code, Some(130));
}
