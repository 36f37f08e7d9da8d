use serde_json::{Value, json};

use super::client::{Ask, DATA, Reply, Running};

const RUN: &str = "/notebooks/runs/00000000-0000-4000-8000-000000000001";
const VERSION: &str = "api-version=2022-03-01-preview";

fn start(running: &Running, notebook: &str) -> Reply {
    let body = json!({
        "notebook": notebook, "sparkPool": "sparkpool1", "honorSessionTimeToLive": false,
        "sessionOptions": { "driverCores": 4 }, "parameters": { "p": { "type": "String", "value": "x" } },
    });
    let ask = Ask::new("PUT", DATA, &format!("{RUN}?{VERSION}"));
    running.send(ask.bearer(&running.data_token()).json(&body))
}

fn look(running: &Running) -> Value {
    let path = format!("{RUN}?{VERSION}");
    running.get(DATA, &path, &running.data_token()).json()["result"].clone()
}

fn cancel(running: &Running) -> Reply {
    let path = format!("{RUN}/cancel?{VERSION}");
    running.post(DATA, &path, &running.data_token())
}

#[test]
fn a_run_starts_under_the_id_of_the_caller_and_hands_back_its_exit_value() {
    let running = Running::demo();

    let started = start(&running, "nb-demo");

    assert_eq!(started.status, 202);
    let result = &started.json()["result"];
    assert_eq!(result["runId"], "00000000-0000-4000-8000-000000000001");
    assert_eq!(
        (&result["runStatus"], &result["sessionId"]),
        (&json!("Starting"), &json!(-1))
    );
    let (second, third) = (look(&running), look(&running));
    assert_eq!(
        (
            &second["runStatus"],
            &second["sessionId"],
            &second["exitValue"]
        ),
        (&json!("Running"), &json!(0), &Value::Null)
    );
    assert_eq!(
        (&third["runStatus"], &third["exitValue"]),
        (&json!("Succeeded"), &json!("42 rows"))
    );
}

#[test]
fn a_failed_run_tells_its_exception() {
    let running = Running::demo();
    start(&running, "nb-fails");
    look(&running);

    let result = look(&running);

    assert_eq!(result["runStatus"], "Failed");
    assert_eq!(result["error"]["ename"], "ValueError");
    assert_eq!(result["exitValue"], Value::Null);
}

#[test]
fn the_same_request_sent_again_starts_no_second_run() {
    let running = Running::demo();
    start(&running, "nb-demo");
    look(&running);

    let again = start(&running, "nb-demo");

    assert_eq!(again.status, 202);
    assert_eq!(again.json()["result"]["runStatus"], "Running");
}

#[test]
fn a_run_can_be_cancelled_until_it_has_ended() {
    let running = Running::demo();
    start(&running, "nb-slow");

    let cancelled = cancel(&running);

    assert_eq!(cancelled.status, 200);
    assert_eq!(cancelled.json()["result"]["runStatus"], "Cancelled");
    assert_eq!(look(&running)["runStatus"], "Cancelled");
}

#[test]
fn the_snapshot_repeats_what_the_run_was_started_with_and_moves_nothing() {
    let running = Running::demo();
    start(&running, "nb-demo");

    let path = format!("{RUN}/snapshot?{VERSION}");
    let snapshot = running.get(DATA, &path, &running.data_token()).json();

    assert_eq!(snapshot["result"]["runStatus"], "Starting");
    let snapshot = &snapshot["result"]["snapshot"];
    assert_eq!(snapshot["notebook"], "nb-demo");
    assert_eq!(snapshot["parameters"]["p"]["value"], "x");
    assert_eq!(snapshot["sessionOptions"]["driverCores"], 4);
}

#[test]
fn what_is_unknown_or_missing_is_refused() {
    let running = Running::demo();
    let token = running.data_token();
    let put = |path: &str, body: &Value| {
        let ask = Ask::new("PUT", DATA, &format!("{path}?{VERSION}"));
        running.send(ask.bearer(&token).json(body))
    };

    assert_eq!(
        start(&running, "nb-nope").flat(),
        (404, "NotebookNotFound".to_owned())
    );
    assert_eq!(
        put(RUN, &json!({ "notebook": "nb-demo", "sparkPool": "nope" })).flat(),
        (404, "SparkPoolNotFound".to_owned())
    );
    assert_eq!(
        put(RUN, &json!({ "notebook": "nb-demo" })).wrapped(),
        (400, "BadRequest".to_owned())
    );
    assert_eq!(
        put("/notebooks/runs/one", &json!({})).wrapped(),
        (400, "BadRequest".to_owned())
    );
    assert_eq!(
        cancel(&running).flat(),
        (404, "NotebookRunNotFound".to_owned())
    );
}
