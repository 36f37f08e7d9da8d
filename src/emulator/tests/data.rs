use serde_json::json;

use super::client::{Ask, DATA, DATA_SCOPE, MANAGEMENT_SCOPE, Running, TOKEN_LIFETIME};
use crate::emulator::scenario::Scenario;

const NOBODY: &str = "99999999-9999-4999-8999-999999999999";
const VERSION: &str = "api-version=2020-12-01";

fn expected(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn the_id_of_the_request_is_repeated_where_asked() {
    let running = Running::demo();
    let ask = Ask::new("GET", DATA, &format!("/pipelines?{VERSION}"))
        .bearer(&running.data_token())
        .header("x-ms-client-request-id", "my-id")
        .header("x-ms-return-client-request-id", "true");

    assert_eq!(
        running.send(ask).header("x-ms-client-request-id"),
        Some("my-id")
    );
}

#[test]
fn pipelines_are_listed_and_read() {
    let running = Running::demo();
    let token = running.data_token();

    let listed = running
        .get(DATA, &format!("/pipelines?{VERSION}"), &token)
        .json();
    let read = running
        .get(DATA, &format!("/pipelines/pl-demo?{VERSION}"), &token)
        .json();

    let names: Vec<&str> = listed["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pipeline| pipeline["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "pl-demo",
            "Pipeline 1",
            "pl-fails",
            "pl-recovers",
            "pl-slow",
            "pl-cancelled"
        ]
    );
    assert_eq!(
        read["properties"]["parameters"]["days"],
        json!({ "type": "Int", "defaultValue": 1 })
    );
    assert_eq!(read["properties"]["activities"][1]["type"], "Copy");
}

#[test]
fn spark_pools_are_listed_and_read() {
    let running = Running::demo();
    let token = running.data_token();

    let listed = running
        .get(DATA, "/bigDataPools?api-version=2019-06-01-preview", &token)
        .json();
    let read = running
        .get(DATA, &format!("/bigDataPools/sparkpool1?{VERSION}"), &token)
        .json();
    let missing = running.get(DATA, &format!("/bigDataPools/nope?{VERSION}"), &token);

    assert_eq!(listed["value"][0], read);
    assert_eq!(missing.flat(), expected(404, "BigDataPoolNotFound"));
}

#[test]
fn what_is_missing_is_refused_in_the_flat_shape() {
    let running = Running::demo();
    let token = running.data_token();

    let pipeline = running.post(
        DATA,
        &format!("/pipelines/pl-nope/createRun?{VERSION}"),
        &token,
    );
    let run = running.get(DATA, &format!("/pipelineruns/{NOBODY}?{VERSION}"), &token);
    let no_guid = running.get(DATA, &format!("/pipelineruns/x?{VERSION}"), &token);

    assert_eq!(pipeline.flat(), expected(404, "PipelineNotFound"));
    assert_eq!(
        pipeline.json()["message"],
        "The Pipeline pl-nope was not found in (subscription=33333333-3333-4333-8333-333333333333 \
         resourceGroup=rg-demo workspace=ws-demo)"
    );
    assert_eq!(run.flat(), expected(404, "PipelineRunNotFound"));
    assert_eq!(no_guid.flat(), expected(404, "PipelineRunNotFound"));
}

#[test]
fn a_token_has_to_be_there_for_this_plane_and_fresh() {
    let running = Running::demo();
    let path = format!("/pipelines?{VERSION}");
    let management = running.token(MANAGEMENT_SCOPE);
    let good = running.token(DATA_SCOPE);

    let missing = running.send(Ask::new("GET", DATA, &path));
    let broken = running.get(DATA, &path, "a.b.c");
    let elsewhere = running.get(DATA, &path, &management);
    running.clock.advance(TOKEN_LIFETIME);
    let expired = running.get(DATA, &path, &good);

    assert_eq!(missing.flat(), expected(401, "AuthenticationFailed"));
    assert_eq!(broken.flat(), expected(401, "AuthenticationFailed"));
    assert_eq!(
        elsewhere.flat(),
        expected(401, "InvalidTokenAuthenticationAudience")
    );
    assert_eq!(expired.flat(), expected(401, "AuthenticationFailed"));
}

#[test]
fn a_principal_without_a_synapse_role_is_forbidden_in_the_wrapped_shape() {
    let mut scenario = Scenario::demo();
    for principal in scenario
        .tenants
        .iter_mut()
        .flat_map(|tenant| &mut tenant.principals)
    {
        principal.has_synapse_role = false;
    }
    let running = Running::with(scenario);

    let reply = running.get(
        DATA,
        &format!("/pipelines?{VERSION}"),
        &running.data_token(),
    );

    assert_eq!(reply.wrapped(), expected(403, "Unauthorized"));
}

#[test]
fn the_version_is_demanded_and_checked() {
    let running = Running::demo();
    let token = running.data_token();

    assert_eq!(
        running.get(DATA, "/pipelines", &token).wrapped(),
        expected(400, "MissingApiVersionParameter")
    );
    assert_eq!(
        running
            .get(DATA, "/pipelines?api-version=2000-01-01", &token)
            .wrapped(),
        expected(400, "InvalidApiVersionParameter")
    );
}

#[test]
fn public_mistakes_fail_as_they_do_at_azure() {
    let running = Running::demo();
    let token = running.data_token();

    let list = running.get(DATA, &format!("/pipelineruns?{VERSION}"), &token);
    let put = running
        .send(Ask::new("PUT", DATA, &format!("/queryPipelineRuns?{VERSION}")).bearer(&token));

    assert_eq!(list.flat(), expected(404, "NotFound"));
    assert_eq!(put.flat(), expected(405, "MethodNotAllowed"));
    assert_eq!(put.header("allow"), Some("POST"));
}

#[test]
fn an_unknown_workspace_is_not_found() {
    let running = Running::demo();

    let reply = running.get(
        "ws-nope.dev.azuresynapse.net",
        &format!("/pipelines?{VERSION}"),
        &running.data_token(),
    );

    assert_eq!(reply.flat(), expected(404, "WorkspaceNotFound"));
}
