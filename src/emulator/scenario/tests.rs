//! What a scenario file changes, and what is said about one that cannot be used.

use std::time::Duration;

use super::{PipelineEnd, Scenario};
use crate::emulator::state::Pace;

fn scenario(text: &str) -> Scenario {
    Scenario::from_yaml(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Message and hint.
fn refusal(text: &str) -> (String, String) {
    let Err(error) = Scenario::from_yaml(text) else {
        panic!("it was taken")
    };
    (error.to_string(), error.hint())
}

fn said(message: &str, hint: &str) -> (String, String) {
    (message.to_owned(), hint.to_owned())
}

const PAGE: &str = "docs/emulator.md lists the keys of a scenario";

#[test]
fn a_file_changes_what_it_names_and_nothing_else() {
    let scenario = scenario(
        "version: 1\nworkspaces:\n  - name: ws-demo\n    pipelines:\n      - name: PL-Demo\n        outcome: fails\n      - name: pl-new\n        steps: 3\n",
    );

    let workspace = &scenario.workspaces[0];
    assert!(matches!(
        workspace.pipeline("pl-demo").unwrap().end,
        PipelineEnd::Fails(_)
    ));
    assert_eq!(workspace.pipeline("pl-new").unwrap().steps_in_progress, 3);
    assert!(workspace.pipeline("pl-slow").is_some());
    assert_eq!(scenario.workspaces.len(), 1);
}

#[test]
fn a_failure_names_the_last_activity_unless_the_file_says_otherwise() {
    let text = |failure: &str| {
        format!(
            "version: 1\nworkspaces: [{{name: ws-demo, pipelines: [{{name: p, outcome: fails, \
             activities: [{{name: A}}, {{name: B}}], {failure}}}]}}]"
        )
    };
    let failing = |failure: &str| {
        let scenario = scenario(&text(failure));
        match &scenario.workspaces[0].pipeline("p").unwrap().end {
            PipelineEnd::Fails(failure) => failure.activity.clone(),
            _ => panic!("it does not fail"),
        }
    };

    assert_eq!(failing("steps: 1"), "B");
    assert_eq!(failing("failure: {activity: a}"), "A");
}

#[test]
fn a_new_workspace_has_a_pool_and_nothing_else() {
    let scenario = scenario("version: 1\nworkspaces: [{name: ws-two, resourceGroup: rg-two}]");

    let workspace = scenario.workspace("ws-two").unwrap();
    assert_eq!(workspace.spark_pools.len(), 1);
    assert!(workspace.pipelines.is_empty());
    assert!(scenario.subscriptions[0].resource_group("rg-two").is_some());
}

#[test]
fn settings_and_roles_are_taken_over() {
    let scenario = scenario(
        "version: 1\ntokenLifetime: 5\nstepMilliseconds: 250\nprincipals:\n  \
         - clientId: 22222222-2222-4222-8222-222222222222\n    synapseRole: false\n  \
         - clientId: other\n    secret: s~1\n",
    );

    let tenant = &scenario.tenants[0];
    let known = tenant
        .principal("22222222-2222-4222-8222-222222222222")
        .unwrap();
    assert!(known.reads_resources && !known.has_synapse_role);
    assert_eq!(known.secrets.len(), 2);
    assert!(tenant.principal("other").unwrap().has_synapse_role);
    assert_eq!(scenario.token_lifetime, Duration::from_secs(5));
    assert_eq!(scenario.pace, Pace::Time(Duration::from_millis(250)));
}

#[test]
fn an_unknown_key_is_told_with_its_place_and_a_near_one() {
    assert_eq!(
        refusal("version: 1\nworkspaces:\n  - name: ws-demo\n    pipeline: []\n"),
        said(
            "line 4, column 5: unknown key `pipeline`",
            "did you mean `pipelines`?"
        )
    );
    assert_eq!(
        refusal("version: 1\nxyz: 1\n"),
        said(
            "line 2, column 1: unknown key `xyz`",
            "the keys here are `version`, `tokenLifetime`, `stepMilliseconds`, `principals`, \
             `workspaces`, `faults`"
        )
    );
}

#[test]
fn an_unknown_outcome_is_told_with_a_near_one() {
    assert_eq!(
        refusal(
            "version: 1\nworkspaces: [{name: ws-demo, pipelines: [{name: p, outcome: failed}]}]"
        ),
        said(
            "line 2, column 61: `failed` is none of `succeeds`, `fails`, `recovers`, `cancelled`",
            "did you mean `fails`?"
        )
    );
}

#[test]
fn a_name_that_nothing_has_is_told_with_a_near_one() {
    assert_eq!(
        refusal(
            "version: 1\nworkspaces: [{name: ws-demo, sparkJobs: [{name: j, pool: sparkpol1}]}]"
        ),
        said(
            "line 2, column 58: there is no Spark pool `sparkpol1`",
            "did you mean `sparkpool1`?"
        )
    );
    assert_eq!(
        refusal(
            "version: 1\nworkspaces: [{name: ws-demo, triggers: [{name: t, pipelines: [zzz]}]}]"
        )
        .0,
        "line 2, column 63: there is no pipeline `zzz`"
    );
}

#[test]
fn values_out_of_their_range_are_told() {
    for (text, message) in [
        (
            "version: 2",
            "line 1, column 10: `version` is 2, where this postrider knows version 1",
        ),
        (
            "version: 1\nstepMilliseconds: 0",
            "line 2, column 19: `stepMilliseconds` is 0, where a number from 1 to what a century has belongs",
        ),
        (
            "version: 1\nfaults: [{status: 200}]",
            "line 2, column 19: `status` is 200, where a status from 400 to 599 belongs",
        ),
        (
            "version: 1\nfaults: [{request: createRun}]",
            "line 2, column 20: `request` is `createRun`, where a method and a path such as \
             `POST /pipelines/*/createRun` belongs",
        ),
        (
            "version: 1\nworkspaces: [{name: WS Two}]",
            "line 2, column 21: `name` is `WS Two`, where a part of a host name, of lower-case letters, \
             digits and dashes, belongs",
        ),
        (
            "workspaces: []",
            "line 1, column 1: the key `version` is missing",
        ),
    ] {
        assert_eq!(refusal(text).0, message);
    }
    assert_eq!(refusal("version: 1\nfaults: [{status: 200}]").1, PAGE);
}

#[test]
fn text_that_is_no_yaml_is_told_with_its_place() {
    assert_eq!(
        refusal("version: 1\nfaults: \"a\n"),
        said("line 2, column 9: unclosed quote", PAGE)
    );
}
