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

/// The messages of all failures, each behind the name of its request.
fn failures(items: Value) -> Vec<String> {
    let arguments = [
        "--timeout-script",
        "300",
        "-r",
        "json",
        "--reporter-json-export",
        "report.json",
    ];
    let outcome = Postrider::run_collection(&collection(items), &arguments).expect_code(1);
    let report = outcome.json("report.json");
    let failures = report["run"]["failures"].as_array().unwrap();
    failures
        .iter()
        .map(|failure| {
            let name = failure["source"]["name"].as_str().unwrap();
            format!("{name}: {}", failure["error"]["message"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn every_hostile_script_is_one_failure_and_the_run_goes_on() {
    let hostile = [
        ("loop", "for (;;) {}"),
        (
            "caught loop",
            "try { for (;;) {} } catch (e) {} finally { for (;;) {} }",
        ),
        (
            "loop of errors",
            "for (;;) { try { null.x; } catch (e) {} }",
        ),
        ("loop in a timer", "setTimeout(() => { for (;;) {} }, 1);"),
        ("loop in eval", "eval('for (;;) {}');"),
        ("loop of promises", "for (;;) await null;"),
        ("timers without end", "setInterval(() => {}, 1);"),
        ("pattern", "/^(a+)+$/.test('a'.repeat(60) + 'b');"),
        ("recursion", "(function again() { [1].map(again); })();"),
        ("buffer", "new ArrayBuffer(2 ** 31);"),
        ("strings", "let text = 'x'; for (;;) text += text;"),
        ("module", "await import('std');"),
        ("zero", "\0"),
        (
            "conversion",
            "pm.test({ toString() { throw new Error('no'); } });",
        ),
        (
            "ruin",
            "Array.prototype.push = null; Promise = JSON = null; Function.prototype.call = () => 1; throw new Error('ruined');",
        ),
    ];
    let server = Server::start(|_| Answer::json(&json!({"a": [1]})));
    let items: Vec<Value> = hostile
        .iter()
        .map(|(name, script)| {
            let innocent = "pm.test('a', () => pm.expect(pm.response.json().a).to.eql([1]));";
            let mut item = get(name, server.url("/"));
            item["event"] = json!([
                {"listen": "prerequest", "script": {"exec": [script]}},
                {"listen": "test", "script": {"exec": [innocent]}}
            ]);
            item
        })
        .collect();

    let failures = failures(json!(items));

    assert_eq!(server.requests().len(), hostile.len());
    assert_snapshot!(failures.join("\n"), @"
    loop: sandbox: synchronous script execution timeout
    caught loop: sandbox: synchronous script execution timeout
    loop of errors: sandbox: synchronous script execution timeout
    loop in a timer: sandbox: synchronous script execution timeout
    loop in eval: sandbox: synchronous script execution timeout
    loop of promises: sandbox: synchronous script execution timeout
    timers without end: sandbox: asynchronous script execution timeout
    pattern: sandbox: synchronous script execution timeout
    recursion: Maximum call stack size exceeded
    buffer: invalid array buffer length
    strings: string too long
    module: could not load module 'std'
    zero: Invalid or unexpected token
    conversion: no
    ruin: ruined
    ");
}
