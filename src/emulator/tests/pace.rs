use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Ask, DATA, Running};
use crate::emulator::Scenario;

const VERSION: &str = "api-version=2020-12-01";
const STEP: Duration = Duration::from_secs(2);

fn by_time() -> Running {
    let mut scenario = Scenario::demo();
    scenario.move_by_time(STEP);
    Running::with(scenario)
}

fn start(running: &Running, pipeline: &str, query: &str) -> String {
    let path = format!("/pipelines/{pipeline}/createRun?{VERSION}{query}");
    running.post(DATA, &path, &running.data_token()).json()["runId"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn run(running: &Running, id: &str) -> Value {
    let path = format!("/pipelineruns/{id}?{VERSION}");
    running.get(DATA, &path, &running.data_token()).json()
}

#[test]
fn looks_move_nothing_where_time_does() {
    let running = by_time();
    let id = start(&running, "pl-demo", "");

    for _ in 0..5 {
        assert_eq!(run(&running, &id)["status"], "Queued");
    }
}

#[test]
fn a_run_goes_one_state_on_each_step_and_ends_at_the_moment_it_should() {
    let running = by_time();
    let id = start(&running, "pl-demo", "");

    running.clock.advance(STEP);
    assert_eq!(run(&running, &id)["status"], "InProgress");
    running.clock.advance(STEP * 10);

    let ended = run(&running, &id);
    assert_eq!(ended["status"], "Succeeded");
    assert_eq!(ended["durationInMs"], 4000);
}

#[test]
fn queries_see_what_time_has_done() {
    let running = by_time();
    start(&running, "pl-fails", "");
    running.clock.advance(STEP * 2);

    let body = json!({ "lastUpdatedAfter": "2026-01-01T00:00:00Z", "lastUpdatedBefore": "2026-01-02T00:00:00Z" });
    let ask = Ask::new("POST", DATA, &format!("/queryPipelineRuns?{VERSION}"));
    let found = running.send(ask.bearer(&running.data_token()).json(&body));

    assert_eq!(found.json()["value"][0]["status"], "Failed");
}

#[test]
fn a_cancelled_run_takes_a_step_to_end() {
    let running = by_time();
    let id = start(&running, "pl-slow", "");
    running.clock.advance(STEP);

    let path = format!("/pipelineruns/{id}/cancel?{VERSION}");
    running.post(DATA, &path, &running.data_token());

    assert_eq!(run(&running, &id)["status"], "Canceling");
    running.clock.advance(STEP);
    assert_eq!(run(&running, &id)["status"], "Cancelled");
}

#[test]
fn a_batch_moves_by_time_as_well() {
    let running = by_time();
    let batches = "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches";
    let body = json!({ "name": "wordcount", "file": "local:///wordcount.py" });
    let ask = Ask::new("POST", DATA, batches);
    running.send(ask.bearer(&running.data_token()).json(&body));

    running.clock.advance(STEP * 3);

    let path = format!("{batches}/0");
    let batch = running.get(DATA, &path, &running.data_token()).json();
    assert_eq!(batch["state"], "success");
}

#[test]
fn a_recovery_of_the_pipeline_that_recovers_succeeds_and_a_fresh_run_fails() {
    let running = by_time();
    let failed = start(&running, "pl-recovers", "");
    running.clock.advance(STEP * 2);
    assert_eq!(run(&running, &failed)["status"], "Failed");

    let query =
        format!("&referencePipelineRunId={failed}&isRecovery=true&startActivityName=Load%20orders");
    let recovered = start(&running, "pl-recovers", &query);
    running.clock.advance(STEP * 2);

    let recovered = run(&running, &recovered);
    assert_eq!(recovered["status"], "Succeeded");
    assert_eq!(recovered["runGroupId"], failed.as_str());
}

#[test]
fn a_batch_in_a_full_pool_waits_and_is_listed_among_the_applications() {
    let running = Running::demo();
    let token = running.data_token();
    let batches = "/livyApi/versions/2019-11-01-preview/sparkPools/full/batches";
    let body = json!({ "name": "waits", "file": "local:///waits.py" });
    running.send(Ask::new("POST", DATA, batches).bearer(&token).json(&body));

    let states: Vec<Value> = (0..3)
        .map(|_| running.get(DATA, &format!("{batches}/0"), &token).json()["state"].clone())
        .collect();
    let path = format!("/monitoring/workloadTypes/spark/Applications?{VERSION}");
    let applications = running.get(DATA, &path, &token).json();

    assert_eq!(states, ["not_started", "not_started", "not_started"]);
    assert_eq!(applications["nJobs"], 1);
    assert_eq!(applications["sparkJobs"][0]["name"], "waits");
    assert_eq!(applications["sparkJobs"][0]["compute"], "full");
}
