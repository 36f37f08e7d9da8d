use std::time::Duration;

use serde_json::json;

use super::client::{Ask, DATA, DATA_SCOPE, MANAGEMENT, MANAGEMENT_SCOPE, Reply, Running};
use crate::emulator::Scenario;

const PIPELINES: &str = "/pipelines?api-version=2020-12-01";
const SUBSCRIPTIONS: &str = "/subscriptions?api-version=2022-12-01";
const CREATE_RUN: &str = "/pipelines/pl-demo/createRun?api-version=2020-12-01";

fn with_file(text: &str) -> Running {
    Running::with(Scenario::from_yaml(text).unwrap_or_else(|error| panic!("{error}")))
}

fn statuses(replies: &[Reply]) -> Vec<u16> {
    replies.iter().map(|reply| reply.status.as_u16()).collect()
}

#[test]
fn the_nth_call_to_both_planes_is_throttled_and_says_when_to_come_back() {
    let mut scenario = Scenario::demo();
    scenario.throttle(2, Duration::from_secs(7));
    let running = Running::with(scenario);
    let (data, management) = (running.data_token(), running.token(MANAGEMENT_SCOPE));

    let replies = [
        running.get(DATA, PIPELINES, &data),
        running.get(MANAGEMENT, SUBSCRIPTIONS, &management),
        running.get(DATA, PIPELINES, &data),
    ];

    assert_eq!(statuses(&replies), [200, 429, 200]);
    assert_eq!(replies[1].header("retry-after"), Some("7"));
    assert_eq!(
        replies[1].wrapped(),
        (429, "SubscriptionRequestsThrottled".to_owned())
    );
}

#[test]
fn a_fault_of_a_request_leaves_the_others_alone() {
    let running = with_file(
        "version: 1\nfaults:\n  - {request: POST /pipelines/*/createRun, calls: [1], retryAfter: 1}\n",
    );
    let token = running.data_token();

    let replies = [
        running.get(DATA, PIPELINES, &token),
        running.post(DATA, CREATE_RUN, &token),
        running.post(DATA, CREATE_RUN, &token),
    ];

    assert_eq!(statuses(&replies), [200, 429, 202]);
    assert_eq!(replies[1].flat(), (429, "TooManyRequests".to_owned()));
    assert!(
        replies[1].json()["message"]
            .as_str()
            .unwrap()
            .ends_with("Please retry after 1 second(s)")
    );
}

#[test]
fn a_fault_without_calls_is_always_due_and_says_what_the_file_says() {
    let running = with_file(
        "version: 1\nfaults: [{request: '* /pipelines/**', status: 503, message: Come back later}]",
    );
    let token = running.data_token();

    for _ in 0..2 {
        let reply = running.post(DATA, CREATE_RUN, &token);
        assert_eq!(reply.flat(), (503, "ServiceUnavailable".to_owned()));
        assert_eq!(reply.json()["message"], "Come back later");
        assert_eq!(reply.header("retry-after"), None);
    }
}

#[test]
fn the_login_plane_refuses_in_its_own_shape() {
    let running =
        with_file("version: 1\nfaults: [{request: POST /*/oauth2/v2.0/token, calls: [1]}]");

    let (first, second) = (
        running.token_request(DATA_SCOPE, &[]),
        running.token_request(DATA_SCOPE, &[]),
    );

    assert_eq!(
        first.login(),
        (429, "temporarily_unavailable".to_owned(), 90055)
    );
    assert_eq!(second.status, 200);
}

#[test]
fn an_application_without_role_signs_in_and_is_refused_by_both_planes() {
    let running = Running::demo();
    let token = |scope: &str| {
        let client = [("client_id", "23232323-2323-4323-8323-232323232323")];
        running.token_request(scope, &client).json()["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let workspace = format!(
        "/subscriptions/{}/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2021-06-01",
        super::client::known("subscriptionId")
    );

    let data = running.get(DATA, PIPELINES, &token(DATA_SCOPE));
    let management = running.get(MANAGEMENT, &workspace, &token(MANAGEMENT_SCOPE));

    assert_eq!(data.wrapped(), (403, "Unauthorized".to_owned()));
    assert_eq!(
        management.wrapped(),
        (403, "AuthorizationFailed".to_owned())
    );
}

#[test]
fn a_role_can_be_taken_from_everybody() {
    let mut scenario = Scenario::demo();
    scenario.remove_synapse_role();
    let running = Running::with(scenario);

    assert_eq!(
        running
            .get(DATA, PIPELINES, &running.data_token())
            .wrapped(),
        (403, "Unauthorized".to_owned())
    );
}

#[test]
fn a_workspace_of_a_file_answers_under_its_own_host() {
    let running = with_file(
        "version: 1\nworkspaces: [{name: ws-two, pipelines: [{name: pl-two, steps: 2}]}]",
    );
    let token = running.data_token();

    let listed = running.get("ws-two.dev.azuresynapse.net", PIPELINES, &token);
    let run = running.send(
        Ask::new(
            "POST",
            "ws-two.dev.azuresynapse.net",
            "/pipelines/pl-two/createRun?api-version=2020-12-01",
        )
        .bearer(&token)
        .json(&json!({})),
    );

    assert_eq!(listed.json()["value"][0]["name"], "pl-two");
    assert_eq!(run.status, 202);
}
