//! Rehearsing failure: scenario files, and the flags of `postrider emulator`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Outcome, Postrider, packaged, run_synapse};

/// Runs the sample collection in a scenario, with a report in JSON.
fn run_in(scenario: &str, arguments: &[&str]) -> Outcome {
    run_synapse()
        .file("scenario.yaml", scenario)
        .arguments(&["--emulator", "--emulator-scenario", "scenario.yaml"])
        .arguments(&["-r", "json", "--reporter-json-export", "report.json"])
        .arguments(arguments)
        .run()
}

/// Each failure as test and message.
fn failures(outcome: &Outcome) -> Vec<String> {
    let report = outcome.json("report.json");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    report["run"]["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{}: {}",
                text(&it["error"]["test"]),
                text(&it["error"]["message"])
            )
        })
        .collect()
}

fn message(scenario: &str) -> String {
    Postrider::new()
        .file("scenario.yaml", scenario)
        .arguments(&["emulator", "--port", "0", "--scenario", "scenario.yaml"])
        .run()
        .message()
}

/// Starts an emulator with flags, and runs the sample collection against it.
fn run_against(flags: &[&str]) -> Outcome {
    let mut emulator = Postrider::new()
        .arguments(&["emulator", "--port", "0", "--ca-out", "ca.pem"])
        .arguments(flags)
        .spawn();
    let introduction = emulator.wait_for_stdout("Ctrl-C ends it.");
    let address = introduction.lines().next().unwrap();
    let port = address.rsplit(':').next().unwrap();
    let outcome = run_synapse()
        .arguments(&[
            "--ssl-extra-ca-certs",
            &emulator.path("ca.pem").to_string_lossy(),
            "--connect-to",
            &format!("*:443:127.0.0.1:{port}"),
        ])
        .arguments(&["-r", "json", "--reporter-json-export", "report.json"])
        .run();
    emulator.kill();
    outcome
}

#[test]
fn a_pipeline_of_a_scenario_fails_as_the_file_says() {
    let outcome = run_in(
        "version: 1\nworkspaces:\n  - name: ws-demo\n    pipelines:\n      - name: pl-orders\n        \
         activities: [{name: Fetch}, {name: Load}]\n        outcome: fails\n        \
         failure: {activity: Load, message: The table is locked}\n",
        &["--env-var", "pipelineName=pl-orders"],
    )
    .expect_code(1);

    assert_snapshot!(failures(&outcome).join("\n"), @"the pipeline run succeeded: Operation on target Load failed: The table is locked: expected 'Failed' to equal 'Succeeded'");
}

#[test]
fn a_call_that_a_scenario_throttles_is_told_with_the_reason() {
    let outcome = run_in(
        "version: 1\nfaults:\n  - {request: POST /pipelines/*/createRun, calls: [1], retryAfter: 3}\n",
        &["--folder", "Management plane", "--folder", "Data plane", "--bail"],
    )
    .expect_code(1);

    assert_snapshot!(failures(&outcome).join("\n"), @"the pipeline run is accepted: Your request has hit layered throttling rate-limit of 2 requests per 1 second(s). Please retry after 3 second(s): expected 429 to equal 202");
}

#[test]
fn a_role_taken_by_a_flag_is_missed_by_that_plane_only() {
    let failures = failures(&run_against(&["--without-role", "data"]).expect_code(1));

    assert!(
        failures
            .iter()
            .all(|failure| !failure.starts_with("the workspace")),
        "{failures:?}"
    );
    assert!(
        failures.iter().any(|failure| {
            failure.starts_with("the pipeline run is accepted")
                && failure.ends_with("expected 403 to equal 202")
        }),
        "{failures:?}"
    );
}

#[test]
fn the_nth_call_is_throttled_by_a_flag() {
    let failures =
        failures(&run_against(&["--throttle", "1", "--retry-after", "9"]).expect_code(1));

    // Login does not count: the first call is for the workspace.
    assert_snapshot!(failures.join("\n"), @"the workspace is there: Your request has hit layered throttling rate-limit of 2 requests per 1 second(s). Please retry after 9 second(s): expected 429 to equal 200");
}

#[test]
fn an_unknown_key_is_shown_with_its_place_and_a_near_one() {
    assert_snapshot!(message("version: 1\nworkspaces:\n  - name: ws-demo\n    pipeline: []\n"), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: line 4, column 5: unknown key `pipeline`
            pipeline: []
            ^

    hint: did you mean `pipelines`?
    ");
}

#[test]
fn an_unknown_outcome_is_shown_with_a_near_one() {
    assert_snapshot!(message("version: 1\nworkspaces:\n  - name: ws-demo\n    notebooks: [{name: nb, outcome: fail}]\n"), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: line 4, column 37: `fail` is none of `succeeds`, `fails`
           notebooks: [{name: nb, outcome: fail}]
                                           ^

    hint: did you mean `fails`?
    ");
}

#[test]
fn a_name_that_nothing_has_is_shown_with_a_near_one() {
    assert_snapshot!(message("version: 1\nworkspaces:\n  - name: ws-demo\n    sparkJobs: [{name: j, pool: sparkpool}]\n"), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: line 4, column 33: there is no Spark pool `sparkpool`
            sparkJobs: [{name: j, pool: sparkpool}]
                                        ^

    hint: did you mean `sparkpool1`?
    ");
}

#[test]
fn a_scenario_that_is_no_yaml_is_shown_with_its_place() {
    assert_snapshot!(message("version: 1\nfaults: \"a\n"), @r#"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: line 2, column 9: unclosed quote
        faults: "a
                ^

    hint: docs/emulator.md lists the keys of a scenario
    "#);
}

#[test]
fn an_empty_and_a_missing_scenario_are_told() {
    assert_snapshot!(message(""), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`: the file is empty

    hint: docs/emulator.md lists the keys of a scenario
    ");

    let missing = Postrider::new()
        .arguments(&["emulator", "--port", "0", "--scenario", "scenario.yaml"])
        .run();
    assert_snapshot!(missing.message(), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: cannot read `scenario.yaml`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_scenario_of_a_run_is_told_before_anything_is_sent() {
    let outcome = run_in("version: 3\n", &[]);

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the scenario `scenario.yaml`
      caused by: line 1, column 10: `version` is 3, where this postrider knows version 1
        version: 3
                 ^

    hint: write `version: 1`
    ");
    assert!(!outcome.has_file("report.json"));
}

#[test]
fn a_scenario_without_the_emulator_is_refused() {
    let outcome = run_synapse()
        .arguments(&["--emulator-scenario", "scenario.yaml"])
        .run();

    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("--emulator"), "{}", outcome.stderr);
}

#[test]
fn the_scenario_of_the_documentation_is_one() {
    let page = std::fs::read_to_string(packaged("docs/emulator.md")).unwrap();
    let (_, rest) = page.split_once("```yaml\n").unwrap();
    let (scenario, _) = rest.split_once("```").unwrap();

    let mut emulator = Postrider::new()
        .file("scenario.yaml", scenario)
        .arguments(&["emulator", "--port", "0", "--scenario", "scenario.yaml"])
        .spawn();
    emulator.wait_for_stdout("Ctrl-C ends it.");
    emulator.kill();
}
