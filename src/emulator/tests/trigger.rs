use serde_json::{Value, json};

use super::client::{Ask, DATA, Reply, Running};

const VERSION: &str = "api-version=2020-12-01";

fn get(running: &Running, path: &str) -> Value {
    let path = format!("{path}?{VERSION}");
    running.get(DATA, &path, &running.data_token()).json()
}

fn post(running: &Running, path: &str) -> Reply {
    let path = format!("{path}?{VERSION}");
    running.post(DATA, &path, &running.data_token())
}

fn state(running: &Running, name: &str) -> Value {
    get(running, &format!("/triggers/{name}"))["properties"]["runtimeState"].clone()
}

fn firings(running: &Running) -> Vec<Value> {
    let body = json!({
        "lastUpdatedAfter": "2026-01-01T00:00:00Z", "lastUpdatedBefore": "2026-01-02T00:00:00Z",
        "filters": [{ "operand": "TriggerName", "operator": "Equals", "values": ["tr-nightly"] }],
    });
    let ask = Ask::new("POST", DATA, &format!("/queryTriggerRuns?{VERSION}"));
    let reply = running.send(ask.bearer(&running.data_token()).json(&body));
    reply.json()["value"].as_array().unwrap().clone()
}

#[test]
fn a_trigger_is_stopped_and_started() {
    let running = Running::demo();
    assert_eq!(state(&running, "tr-nightly"), "Started");

    let stopped = post(&running, "/triggers/tr-nightly/stop");
    assert_eq!((stopped.status.as_u16(), stopped.is_empty()), (200, true));
    assert_eq!(state(&running, "tr-nightly"), "Stopped");

    let started = post(&running, "/triggers/tr-nightly/start");
    assert_eq!((started.status.as_u16(), started.is_empty()), (200, true));
    assert_eq!(state(&running, "tr-nightly"), "Started");
}

#[test]
fn a_trigger_that_is_started_fires_once_and_its_run_names_it() {
    let running = Running::demo();
    post(&running, "/triggers/tr-nightly/start");
    assert!(firings(&running).is_empty());

    post(&running, "/triggers/tr-nightly/stop");
    post(&running, "/triggers/tr-nightly/start");

    let firings = firings(&running);
    assert_eq!(firings.len(), 1);
    let id = firings[0]["triggeredPipelines"]["pl-demo"]
        .as_str()
        .unwrap();
    let run = get(&running, &format!("/pipelineruns/{id}"));
    assert_eq!(run["invokedBy"]["name"], "tr-nightly");
    assert_eq!(run["invokedBy"]["invokedByType"], "ScheduleTrigger");
}

#[test]
fn a_firing_is_repeated_and_its_pipelines_are_cancelled() {
    let running = Running::demo();
    post(&running, "/triggers/tr-nightly/stop");
    post(&running, "/triggers/tr-nightly/start");
    let first = firings(&running)[0].clone();
    let id = first["triggerRunId"].as_str().unwrap();

    let rerun = post(
        &running,
        &format!("/triggers/tr-nightly/triggerRuns/{id}/rerun"),
    );
    let cancel = post(
        &running,
        &format!("/triggers/tr-nightly/triggerRuns/{id}/cancel"),
    );

    assert_eq!((rerun.status.as_u16(), cancel.status.as_u16()), (200, 200));
    assert_eq!(firings(&running).len(), 2);
    let run = first["triggeredPipelines"]["pl-demo"].as_str().unwrap();
    assert_eq!(
        get(&running, &format!("/pipelineruns/{run}"))["status"],
        "Canceling"
    );
}

#[test]
fn events_are_subscribed_to_by_event_triggers_only() {
    let running = Running::demo();
    let status = || {
        post(&running, "/triggers/tr-landing/getEventSubscriptionStatus").json()["status"].clone()
    };
    assert_eq!(status(), "Disabled");

    let subscribed = post(&running, "/triggers/tr-landing/subscribeToEvents");

    assert_eq!(subscribed.status, 200);
    assert_eq!(
        (status(), status()),
        (json!("Provisioning"), json!("Enabled"))
    );
    post(&running, "/triggers/tr-landing/unsubscribeFromEvents");
    assert_eq!(status(), "Disabled");
    assert_eq!(
        post(&running, "/triggers/tr-nightly/subscribeToEvents").wrapped(),
        (400, "BadRequest".to_owned())
    );
}

#[test]
fn unknown_triggers_and_firings_are_named() {
    let running = Running::demo();

    assert_eq!(
        post(&running, "/triggers/nope/start").flat(),
        (404, "TriggerNotFound".to_owned())
    );
    assert_eq!(
        post(&running, "/triggers/tr-nightly/triggerRuns/1/rerun").flat(),
        (404, "TriggerRunNotFound".to_owned())
    );
}
