//! The comparison finds what it is there to find: one run, and the same run with one thing changed.

use std::fs;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::case::Case;
use crate::compare::compare;
use crate::observation::observe;
use crate::program::{Mode, Run, run};
use crate::server::Servers;

const SCRIPT: &str = "pm.environment.set('count', 2);
console.log('a line', pm.response.code);
pm.test('an assertion', () => pm.expect(pm.response.json().json).to.eql({ a: 1 }));
pm.test('another', () => pm.expect(1).to.equal(2));";

/// One request with something of every kind that is compared.
static SAMPLE: LazyLock<Run> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let write = |suffix: &str, content: Value| {
        let file = folder.path().join(format!("sample{suffix}"));
        fs::write(file, content.to_string()).unwrap();
    };
    write(
        ".postman_collection.json",
        json!({
            "info": {
                "name": "Sample",
                "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
            },
            "item": [{
                "name": "Request",
                "event": [{"listen": "test", "script": {"exec": SCRIPT}}],
                "request": {
                    "method": "POST",
                    "url": "https://postman-echo.com/post?q=1",
                    "header": [
                        {"key": "X-Header", "value": "value"},
                        {"key": "Content-Type", "value": "application/json"}
                    ],
                    "body": {"mode": "raw", "raw": "{\"a\":1}"}
                }
            }]
        }),
    );
    let environment = json!({"name": "Sample", "values": [{"key": "count", "value": 1}]});
    write(".postman_environment.json", environment);
    run(
        &Case::read(folder.path(), "planted", "sample"),
        Mode::Own,
        &Servers::start(),
    )
});

/// The paths of the differences that a change makes.
fn differences(change: impl FnOnce(&mut Run)) -> Vec<String> {
    let facts = observe(&SAMPLE);
    let mut changed = SAMPLE.clone();
    change(&mut changed);
    let lines = compare(&facts, &observe(&changed));
    let path = |line: String| line.split([' ', ':']).next().unwrap_or_default().to_owned();
    lines.into_iter().map(path).collect()
}

/// The first execution of a run's report.
fn execution(run: &mut Run) -> &mut Value {
    &mut run.report.as_mut().unwrap()["run"]["executions"][0]
}

fn set_header(run: &mut Run, name: &str, value: &str) {
    let mut fields = run.requests[0].headers.iter_mut();
    let field = fields.find(|(own, _)| own.eq_ignore_ascii_case(name));
    value.clone_into(&mut field.unwrap().1);
}

#[test]
fn a_run_is_equal_to_itself() {
    assert_eq!(SAMPLE.exit, 1, "{}", SAMPLE.stderr);
    assert_eq!(SAMPLE.requests.len(), 1);

    assert_eq!(differences(|_| {}), [""; 0]);
}

#[test]
fn another_exit_code_is_found() {
    assert_eq!(differences(|run| run.exit = 0.into()), ["exit"]);
}

#[test]
fn a_missing_report_is_found() {
    let found = differences(|run| run.report = None);

    assert!(found.contains(&"report".to_owned()), "{found:?}");
}

#[test]
fn changed_requests_are_found() {
    let found = differences(|run| run.requests[0].method = "PUT".to_owned());
    assert_eq!(found, ["wire[0].method"]);

    let found = differences(|run| run.requests[0].target = "/post?q=2".to_owned());
    assert_eq!(found, ["wire[0].target"]);

    let found = differences(|run| run.requests[0].body[1] ^= 1);
    assert_eq!(found, ["wire[0].body"]);

    let found = differences(|run| run.requests[0].server_name = None);
    assert_eq!(found, ["wire[0].serverName"]);
}

#[test]
fn changed_headers_are_found() {
    let found = differences(|run| set_header(run, "x-header", "valeu"));
    assert_eq!(found, ["wire[0].headers.x-header"]);

    let more = ("X-More".to_owned(), String::new());
    let found = differences(|run| run.requests[0].headers.push(more));
    assert_eq!(found, ["wire[0].headers.x-more"]);

    let found = differences(|run| {
        let headers = &mut run.requests[0].headers;
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("accept"));
    });
    assert_eq!(found, ["wire[0].headers.accept"]);

    let found = differences(|run| set_header(run, "user-agent", "something else"));
    assert!(
        found.contains(&"wire[0].headers.user-agent".to_owned()),
        "{found:?}"
    );
}

#[test]
fn requests_more_or_less_are_found() {
    let found = differences(|run| run.requests.clear());
    assert!(found.contains(&"wire.length".to_owned()), "{found:?}");

    let found = differences(|run| run.requests.push(run.requests[0].clone()));
    assert!(found.contains(&"wire.length".to_owned()), "{found:?}");
}

#[test]
fn changed_responses_are_found() {
    let found = differences(|run| execution(run)["response"]["code"] = 201.into());
    assert_eq!(found, ["executions[0].code"]);

    let found = differences(|run| {
        let byte = &mut execution(run)["response"]["stream"]["data"][3];
        *byte = (byte.as_u64().unwrap() ^ 1).into();
    });
    assert_eq!(found, ["executions[0].body"]);

    let found = differences(|run| execution(run)["request"]["url"]["path"] = json!(["elsewhere"]));
    assert_eq!(found, ["executions[0].url"]);
}

#[test]
fn changed_assertions_are_found() {
    let name = "executions[0].assertions[0].name";
    let found = differences(|run| execution(run)["assertions"][0]["assertion"] = "x".into());
    assert_eq!(found, [name]);

    let found = differences(|run| {
        execution(run)["assertions"].as_array_mut().unwrap().pop();
    });
    assert!(
        found.contains(&"executions[0].assertions.length".to_owned()),
        "{found:?}"
    );

    let made_up = json!({"name": "AssertionError", "message": "made up"});
    let found = differences(|run| execution(run)["assertions"][0]["error"] = made_up);
    assert_eq!(found, ["executions[0].assertions[0].error"]);

    let found = differences(|run| execution(run)["assertions"][0]["skipped"] = true.into());
    assert_eq!(found, ["executions[0].assertions[0].skipped"]);
}

#[test]
fn changed_failures_and_statistics_are_found() {
    let found = differences(|run| {
        run.report.as_mut().unwrap()["run"]["failures"][0]["error"]["test"] = "x".into();
    });
    assert_eq!(found, ["failures[0].test"]);

    let found = differences(|run| {
        run.report.as_mut().unwrap()["run"]["stats"]["requests"]["total"] = 2.into();
    });
    assert_eq!(found, ["stats.requests.total"]);
}

#[test]
fn changed_console_output_is_found() {
    let found = differences(|run| run.stdout = run.stdout.replace("a line", "some line"));

    assert_eq!(found, ["console[0]"]);
}

#[test]
fn a_changed_variable_is_found() {
    let found = differences(|run| {
        run.environment.as_mut().unwrap()["values"][0]["value"] = "2".into();
    });

    assert_eq!(found, ["variables.environment.count"]);
}

#[test]
fn what_may_differ_is_not_compared() {
    let found = differences(|run| {
        let headers = &mut run.requests[0].headers;
        headers.reverse();
        for (name, _) in headers.iter_mut() {
            *name = name.to_uppercase();
        }
    });
    assert_eq!(found, [""; 0]);

    let found = differences(|run| {
        set_header(run, "postman-token", "5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11");
        run.stdout = run.stdout.replace("postrider", "newman");
        run.report.as_mut().unwrap()["run"]["timings"] = Value::Null;
    });
    // The answer still echoes the token that was sent.
    assert_eq!(found, ["executions[0].body"]);
}
