//! Scripts that cannot be stopped, which must not stop the run.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, get};

/// Takes a long time, in one step of the engine.
const STUCK: &str = "console.log('begins'); Array(2 ** 31 - 1).join('');";

fn stuck(server: &Server) -> Value {
    let mut item = get("Stuck", server.url("/stuck"));
    item["event"] = json!([{"listen": "test", "script": {"exec": [STUCK]}}]);
    item
}

#[test]
fn the_run_goes_on_after_a_script_that_cannot_be_stopped() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([stuck(&server), get("Next", server.url("/next"))]);

    let arguments = ["--timeout-script", "200", "--reporter-cli-no-summary"];
    let outcome = Postrider::run_collection(&collection(items), &arguments);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → Stuck
      GET http://127.0.0.1:<port>/stuck [200 OK, <size>, <time>]
      ┌
      │ 'begins'
      │ 'later scripts start anew: what scripts have left in u
      │ ndeclared names is lost'
      └
      1⠄ Error in test-script
         sandbox not responding

    → Next
      GET http://127.0.0.1:<port>/next [200 OK, <size>, <time>]

      #  failure  detail

     1.  Error    sandbox not responding
                  at test-script
                  inside "Stuck"
    "#);
}

#[test]
fn ctrl_c_stops_a_script_that_cannot_be_stopped_and_writes_the_reports() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([stuck(&server), get("Next", server.url("/next"))]);
    let running = Postrider::with_collection(&collection(items))
        .arguments(&["-r", "json", "--reporter-json-export", "report.json"])
        .spawn();
    server.wait_for_requests(1);

    running.interrupt();
    let outcome = running.wait().expect_code(130);

    assert!(outcome.has_file("report.json"));
    assert_eq!(server.lines(), ["GET /stuck"]);
}

#[test]
fn the_time_of_the_run_ends_a_script_that_cannot_be_stopped() {
    let server = Server::start(|_| Answer::ok(""));
    let items = json!([stuck(&server), get("Next", server.url("/next"))]);

    let outcome = Postrider::run_collection(&collection(items), &["--timeout", "300"]);

    assert_eq!(outcome.code, Some(1));
    assert_eq!(server.lines(), ["GET /stuck"]);
}
