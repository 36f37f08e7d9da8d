//! The collection of what else an orchestrator does, against the emulator inside the process.

use serde_json::Value;

use crate::support::{ENVIRONMENT, OPERATIONS, Outcome, Postrider, packaged};

fn run(arguments: &[&str]) -> Outcome {
    Postrider::new()
        .arguments(&["run", &packaged(OPERATIONS), "-e", &packaged(ENVIRONMENT)])
        .arguments(&["--emulator", "-r", "json"])
        .arguments(&["--reporter-json-export", "report.json"])
        .arguments(arguments)
        .run()
}

/// Names of the requests in the order in which they were sent.
fn sent(outcome: &Outcome) -> Vec<String> {
    outcome.json("report.json")["run"]["executions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["item"]["name"].as_str().unwrap().to_owned())
        .collect()
}

fn failed_tests(outcome: &Outcome) -> Vec<String> {
    outcome.json("report.json")["run"]["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it: &Value| it["error"]["test"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_operation_succeeds() {
    let outcome = run(&[]).expect_code(0);

    let report = outcome.json("report.json");
    assert_eq!(report["run"]["stats"]["requests"]["total"], 36);
    assert_eq!(report["run"]["stats"]["assertions"]["total"], 29);
}

#[test]
fn each_folder_runs_with_the_tokens_alone() {
    for folder in ["Pipelines", "Triggers", "Spark", "SQL pool"] {
        run(&["--folder", "Tokens", "--folder", folder]).expect_code(0);
    }
}

#[test]
fn a_failed_run_is_explained_and_run_again_from_there() {
    let outcome = run(&["--folder", "Tokens", "--folder", "Pipelines"]).expect_code(0);

    let sent = sent(&outcome);
    let from = sent
        .iter()
        .position(|name| name == "Why Did It Fail")
        .unwrap();
    assert_eq!(
        sent[from..from + 3],
        [
            "Why Did It Fail",
            "Re-run From Failed Activity",
            "Get Recovered Run"
        ]
    );
    let report = outcome.json("report.json");
    let rerun = report["run"]["executions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["item"]["name"] == "Re-run From Failed Activity")
        .unwrap();
    let query = rerun["request"]["url"]["query"].as_array().unwrap();
    assert!(
        query
            .iter()
            .any(|it| it["key"] == "startActivityName" && it["value"] == "Load%20orders"),
        "{query:?}"
    );
}

#[test]
fn a_pipeline_that_fails_again_is_told() {
    let outcome = run(&[
        "--folder",
        "Tokens",
        "--folder",
        "Pipelines",
        "--env-var",
        "pipelineToRecover=pl-fails",
    ])
    .expect_code(1);

    assert_eq!(failed_tests(&outcome), ["the re-run succeeded"]);
}

#[test]
fn a_notebook_that_fails_is_told() {
    let outcome = run(&[
        "--folder",
        "Tokens",
        "--folder",
        "Spark",
        "--env-var",
        "notebookName=nb-fails",
    ])
    .expect_code(1);

    assert_eq!(failed_tests(&outcome), ["the notebook succeeded"]);
}
