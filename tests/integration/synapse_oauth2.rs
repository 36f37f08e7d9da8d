//! The article's flow with authorizations in place of requests for tokens.

use insta::assert_snapshot;

use crate::support::{ENVIRONMENT, OAUTH2, Outcome, Postrider, packaged};

fn flow(arguments: &[&str]) -> Outcome {
    Postrider::new()
        .arguments(&["run", &packaged(OAUTH2), "-e", &packaged(ENVIRONMENT)])
        .arguments(&["--emulator"])
        .arguments(arguments)
        .run()
}

#[test]
fn each_plane_has_a_token_of_its_own_that_nobody_asked_for_in_the_collection() {
    assert_snapshot!(flow(&[]).to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Azure Synapse, with OAuth 2

    ❏ Management plane
    ↳ Get Workspace Details
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  the workspace is ready

    ❏ Data plane
    ↳ Execute Pipeline
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-demo/createRun?api-version=2019-06-01-preview&referencePipelineRunId= [202 Accepted, <size>, <time>]
      ✓  the pipeline is started

    ↳ Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/00000000-0000-0000-0000-000000000000?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  the run is known

    ↳ Run Spark Job
      POST https://ws-demo.dev.azuresynapse.net/sparkJobDefinitions/job-demo/execute?api-version=2019-06-01-preview [202 Accepted, <size>, <time>]
      ✓  the Spark job is accepted

    ↳ Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/0?detailed=true [200 OK, <size>, <time>]
      ✓  the batch is known

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 7 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 5 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 5 │ 0 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘
    ");
}

#[test]
fn the_tokens_serve_the_whole_run() {
    let arguments = ["-n", "3", "-r", "json", "--reporter-json-export", "r.json"];
    let outcome = flow(&arguments).expect_code(0);

    let report = outcome.json("r.json");
    assert_eq!(report["run"]["stats"]["requests"]["total"], 3 * 5 + 2);
    assert!(!report.to_string().contains("emulator~only"));
}

#[test]
fn a_wrong_secret_fails_with_azures_reason_before_anything_else_is_sent() {
    let arguments = [
        "--env-var",
        "clientSecret=wrong-secret",
        "--bail",
        "--reporter-cli-no-summary",
    ];

    assert_snapshot!(flow(&arguments).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse, with OAuth 2

    ❏ Management plane
    ↳ Get Workspace Details
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [401 Unauthorized, <size>, <time>]
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2019-06-01-preview [errored]
         cannot get a token from https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token: the server answered 401 Unauthorized, invalid_client: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'.
         hint: the server says more at https://login.microsoftonline.com/error?code=7000215

    The run was stopped at a failure, as --bail asks.

      #  failure  detail

     1.  Error    cannot get a token from https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token: the server answered 401 Unauthorized, invalid_client: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'.
                  at request
                  inside "Management plane / Get Workspace Details"
                  hint: the server says more at https://login.microsoftonline.com/error?code=7000215
    "#);
}
