//! The courses that a pipeline run can take.

use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::pace::Course as _;
use super::pipeline_run::{ActivityStatus, Invoker, NewRun, PipelineRun, RunStatus};
use crate::emulator::scenario::{Parameter, Pipeline, Scenario};

const NOW: OffsetDateTime = datetime!(2026-01-01 09:00 UTC);

fn pipeline(name: &str) -> Pipeline {
    Scenario::demo().workspaces[0]
        .pipeline(name)
        .unwrap()
        .clone()
}

fn run_of(pipeline: &Pipeline, given: Value, start_activity: Option<&str>) -> PipelineRun {
    let Value::Object(given) = given else {
        panic!("not an object")
    };
    let new = NewRun {
        id: Uuid::from_u128(1),
        group: None,
        workspace: "ws-demo",
        pipeline,
        given,
        start_activity,
        invoker: Invoker::Manual,
    };
    PipelineRun::new(new, NOW)
}

fn run(name: &str) -> PipelineRun {
    run_of(&pipeline(name), json!({}), None)
}

/// Statuses seen by one who looks after each of `steps` steps, a second apart.
fn course(run: &mut PipelineRun, steps: u32) -> Vec<RunStatus> {
    (1..=steps)
        .map(|step| {
            run.advance(NOW + Duration::seconds(step.into()));
            run.status
        })
        .collect()
}

#[test]
fn a_run_shows_every_state_once_and_stays_at_the_end() {
    let mut run = run("pl-demo");

    let statuses = course(&mut run, 4);

    assert_eq!(
        statuses,
        [
            RunStatus::Queued,
            RunStatus::InProgress,
            RunStatus::Succeeded,
            RunStatus::Succeeded
        ]
    );
    assert_eq!(run.duration(), Some(Duration::seconds(3)));
}

#[test]
fn a_slow_pipeline_stays_in_progress_for_its_steps() {
    let mut run = run("pl-slow");

    let statuses = course(&mut run, 22);

    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == RunStatus::InProgress)
            .count(),
        20
    );
    assert_eq!(statuses.last(), Some(&RunStatus::Succeeded));
}

#[test]
fn a_failed_run_names_the_activity_and_its_reason() {
    let mut run = run("pl-fails");

    course(&mut run, 3);

    assert_eq!(run.status, RunStatus::Failed);
    assert_eq!(
        run.message,
        "Operation on target Load orders failed: The file orders.csv was not found in container landing"
    );
    let statuses: Vec<_> = run
        .activity_runs()
        .into_iter()
        .map(|activity| activity.status)
        .collect();
    assert!(matches!(
        statuses.as_slice(),
        [ActivityStatus::Succeeded, ActivityStatus::Failed { code, .. }] if code == "2200"
    ));
}

#[test]
fn somebody_else_cancels_a_pipeline_that_is_made_so() {
    let mut run = run("pl-cancelled");

    assert_eq!(
        course(&mut run, 4),
        [
            RunStatus::Queued,
            RunStatus::InProgress,
            RunStatus::Canceling,
            RunStatus::Cancelled
        ]
    );
}

#[test]
fn a_cancelled_run_passes_through_canceling() {
    let mut run = run("pl-demo");
    run.advance(NOW);
    run.cancel(NOW);

    assert_eq!(run.status, RunStatus::Canceling);
    assert_eq!(
        course(&mut run, 2),
        [RunStatus::Canceling, RunStatus::Cancelled]
    );
    assert!(run.ended.is_some());
    assert!(run.activity_runs().is_empty());
}

#[test]
fn cancelling_a_finished_run_changes_nothing() {
    let mut run = run("pl-demo");
    course(&mut run, 3);

    run.cancel(NOW);

    assert_eq!(run.status, RunStatus::Succeeded);
}

#[test]
fn defaults_fill_up_what_the_caller_did_not_give() {
    let run = run_of(&pipeline("pl-demo"), json!({"days": 3}), None);

    assert_eq!(
        Value::Object(run.parameters),
        json!({"days": 3, "source": "landing"})
    );
    assert_eq!(Value::Object(run.given), json!({"days": 3}));
}

#[test]
fn a_parameter_without_value_and_default_fails_the_run() {
    let mut pipeline = pipeline("pl-demo");
    pipeline.parameters = vec![Parameter {
        name: "day".to_owned(),
        kind: "Int".to_owned(),
        default: None,
    }];
    let mut run = run_of(&pipeline, json!({}), None);

    let statuses = course(&mut run, 2);

    assert_eq!(statuses, [RunStatus::Queued, RunStatus::Failed]);
    assert_eq!(
        run.message,
        "Operation on target pl-demo failed: The parameter 'day' has neither a value nor a default."
    );
    assert!(run.activity_runs().is_empty());
}

#[test]
fn a_recovery_begins_at_the_named_activity() {
    let mut run = run_of(&pipeline("pl-demo"), json!({}), Some("load ORDERS"));

    course(&mut run, 3);

    let names: Vec<_> = run
        .activity_runs()
        .into_iter()
        .map(|activity| activity.name)
        .collect();
    assert_eq!(names, ["Load orders"]);
}

#[test]
fn activities_share_the_time_of_the_run() {
    let mut run = run("pl-demo");

    course(&mut run, 4);

    let activities = run.activity_runs();
    assert_eq!(activities[0].ended, Some(activities[1].started));
    assert_eq!(activities[1].ended, run.ended);
}
