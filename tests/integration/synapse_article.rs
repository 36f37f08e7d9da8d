//! The article's flow against the emulator inside the process.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ENVIRONMENT, Outcome, Postrider, collection, packaged, run_article};

/// Runs the article's flow with the emulator inside, without the summary.
fn article(arguments: &[&str]) -> Outcome {
    run_article()
        .arguments(&["--emulator"])
        .arguments(arguments)
        .run()
}

/// The names of what failed, with the request each belongs to.
fn failures(outcome: &Outcome) -> Vec<(String, String)> {
    let report = outcome.json("report.json");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let failures = report["run"]["failures"].as_array().unwrap();
    failures
        .iter()
        .map(|it| (text(&it["source"]["name"]), text(&it["error"]["test"])))
        .collect()
}

#[test]
fn the_articles_flow_runs_end_to_end_with_its_rules() {
    assert_snapshot!(article(&[]).to_snapshot(), @r#"
    exit code: 0
    --- stdout
    postrider

    Azure Synapse, as in the article

    → Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture managementToken from $.access_token

    → Get Workspace Details
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.name equals "{{workspaceName}}"
      ✓  $.properties.provisioningState equals "Succeeded"

    → Get Data Plane Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture dataToken from $.access_token

    → Execute Pipeline
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-demo/createRun?api-version=2019-06-01-preview&referencePipelineRunId= [202 Accepted, <size>, <time>]
      ✓  status is 202
      ✓  capture runId from $.runId

    → Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/00000000-0000-0000-0000-000000000000?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.runId equals "{{runId}}"
      ✓  $.pipelineName equals "{{pipelineName}}"

    → Run Spark Job
      POST https://ws-demo.dev.azuresynapse.net/sparkJobDefinitions/job-demo/execute?api-version=2019-06-01-preview [202 Accepted, <size>, <time>]
      ✓  status is 202
      ✓  $.jobType equals "SparkBatch"
      ✓  capture batchId from $.id
      ✓  capture batchPool from $.computeName

    → Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/0?detailed=true [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.computeName equals "{{batchPool}}"
      ✓  $.jobType equals "SparkBatch"

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 7 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 21 │ 0 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘
    "#);
}

#[test]
fn the_flow_can_be_repeated() {
    article(&["-n", "2", "--silent"]).expect_code(0);
}

#[test]
fn the_real_host_names_stay_in_the_requests() {
    let arguments = ["-r", "json", "--reporter-json-export", "report.json"];
    let outcome = article(&arguments).expect_code(0);

    let report = outcome.json("report.json");
    let hosts: Vec<String> = report["run"]["executions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|execution| {
            let labels: Vec<String> =
                serde_json::from_value(execution["request"]["url"]["host"].clone()).unwrap();
            labels.join(".")
        })
        .collect();
    let data_plane = "ws-demo.dev.azuresynapse.net";
    assert_eq!(
        hosts,
        [
            "login.microsoftonline.com",
            "management.azure.com",
            "login.microsoftonline.com",
            data_plane,
            data_plane,
            data_plane,
            data_plane
        ]
    );
}

#[test]
fn a_wrong_secret_fails_and_azures_reason_is_shown() {
    let arguments = [
        "--env-var",
        "clientSecret=not-the-secret",
        "--bail",
        "--reporter-cli-no-summary",
    ];

    assert_snapshot!(article(&arguments).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse, as in the article

    → Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [401 Unauthorized, <size>, <time>]
      1. status is 200
      2. $.token_type equals "Bearer"
      3. capture managementToken from $.access_token

    The run was stopped at a failure, as --bail asks.

      #  failure         detail

     1.  AssertionError  status is 200
                         expected status 200 but got 401 Unauthorized; the body is {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a se…
                         at assertion:0 in test-script
                         inside "Get Management Token"

     2.  AssertionError  $.token_type equals "Bearer"
                         $.token_type leads to nothing; the body is {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a se…
                         at assertion:1 in test-script
                         inside "Get Management Token"

     3.  AssertionError  capture managementToken from $.access_token
                         $.access_token leads to nothing; the body is {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a se…
                         at assertion:2 in test-script
                         inside "Get Management Token"
    "#);
}

#[test]
fn an_unknown_pipeline_fails_where_it_is_started() {
    let arguments = [
        "--env-var",
        "pipelineName=pl-unknown",
        "-r",
        "json",
        "--reporter-json-export",
    ];

    let outcome = article(&[&arguments[..], &["report.json"]].concat()).expect_code(1);

    let failures = failures(&outcome);
    assert_eq!(
        failures.first(),
        Some(&("Execute Pipeline".to_owned(), "status is 202".to_owned())),
        "{failures:?}"
    );
}

#[test]
fn an_unknown_pipeline_is_named_in_the_message() {
    let arguments = [
        "--env-var",
        "pipelineName=pl-unknown",
        "--bail",
        "--reporter-cli-no-summary",
    ];

    assert_snapshot!(article(&arguments).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse, as in the article

    → Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture managementToken from $.access_token

    → Get Workspace Details
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2019-06-01-preview [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.name equals "{{workspaceName}}"
      ✓  $.properties.provisioningState equals "Succeeded"

    → Get Data Plane Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  status is 200
      ✓  $.token_type equals "Bearer"
      ✓  capture dataToken from $.access_token

    → Execute Pipeline
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-unknown/createRun?api-version=2019-06-01-preview&referencePipelineRunId= [404 Not Found, <size>, <time>]
      1. status is 202
      2. capture runId from $.runId

    The run was stopped at a failure, as --bail asks.

      #  failure         detail

     1.  AssertionError  status is 202
                         expected status 202 but got 404 Not Found; the body is {"code":"PipelineNotFound","message":"The Pipeline pl-unknown was not found in (subscription=00000000-0000-0000-0000-000000000000 resourceGroup=rg-demo workspace=ws-demo)"}
                         at assertion:0 in test-script
                         inside "Execute Pipeline"

     2.  AssertionError  capture runId from $.runId
                         $.runId leads to nothing; the body is {"code":"PipelineNotFound","message":"The Pipeline pl-unknown was not found in (subscription=00000000-0000-0000-0000-000000000000 resourceGroup=rg-demo workspace=ws-demo)"}
                         at assertion:1 in test-script
                         inside "Execute Pipeline"
    "#);
}

#[test]
fn a_token_for_the_other_plane_is_refused() {
    let arguments = ["-r", "json", "--reporter-json-export", "report.json"];
    let run = swapped_tokens()
        .arguments(&["--emulator"])
        .arguments(&arguments)
        .run();

    let outcome = run.expect_code(1);

    let report = outcome.json("report.json");
    let failed = &report["run"]["failures"][0];
    assert_eq!(failed["source"]["name"], "Get Workspace Details");
    let message = failed["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("401") && message.contains("InvalidAuthenticationTokenAudience"),
        "{message}"
    );
}

/// The flow with a data plane token where a management token belongs.
fn swapped_tokens() -> crate::support::Postrider {
    use crate::support::{ARTICLE, ARTICLE_RULES, ENVIRONMENT, Postrider, packaged, packaged_json};

    let mut collection = packaged_json(ARTICLE);
    let scope = &mut collection["item"][0]["request"]["body"]["urlencoded"][3]["value"];
    assert_eq!(*scope, json!("https://management.azure.com/.default"));
    *scope = json!("https://dev.azuresynapse.net/.default");
    Postrider::with_collection(&collection).arguments(&[
        "-e",
        &packaged(ENVIRONMENT),
        "--rules",
        &packaged(ARTICLE_RULES),
    ])
}

#[test]
fn a_missing_environment_says_which_variables_have_no_value() {
    use crate::support::{ARTICLE, Postrider, packaged};

    let outcome = Postrider::new()
        .arguments(&[
            "run",
            &packaged(ARTICLE),
            "--emulator",
            "--folder",
            "Get Management Token",
        ])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 0
    warning: the variable `clientId` in `Get Management Token` has no value
    warning: the variable `clientSecret` in `Get Management Token` has no value
    warning: the variable `tenantId` in `Get Management Token` has no value
    ");
}

/// A token request and a request whose bearer token its author has pasted by hand, and taken out again.
fn pasted(plane: &str, scope: &str, url: &str) -> [Value; 2] {
    let field = |key: &str, value: &str| json!({"key": key, "value": value, "type": "text"});
    [
        json!({
            "name": format!("Get {plane} Token"),
            "request": {
                "method": "POST",
                "url": "https://login.microsoftonline.com/{{tenantId}}/oauth2/v2.0/token",
                "body": {
                    "mode": "urlencoded",
                    "urlencoded": [
                        field("grant_type", "client_credentials"),
                        field("client_id", "{{clientId}}"),
                        field("client_secret", "{{clientSecret}}"),
                        field("scope", scope),
                    ]
                }
            }
        }),
        json!({
            "name": format!("Use {plane} Token"),
            "request": {
                "method": "GET",
                "url": url,
                "auth": {
                    "type": "bearer",
                    "bearer": [{"key": "token", "value": "", "type": "string"}]
                }
            }
        }),
    ]
}

#[test]
fn where_tokens_were_pasted_by_hand_and_none_is_there_the_planes_refuse() {
    let management = pasted(
        "Management",
        "https://management.azure.com/.default",
        "https://management.azure.com/subscriptions/{{subscriptionId}}/resourceGroups/{{resourceGroupName}}/providers/Microsoft.Synapse/workspaces/{{workspaceName}}?api-version=2019-06-01-preview",
    );
    let data = pasted(
        "Data Plane",
        "https://dev.azuresynapse.net/.default",
        "https://{{workspaceName}}.dev.azuresynapse.net/bigDataPools?api-version=2019-06-01-preview",
    );

    let outcome = Postrider::with_collection(&collection(json!([management, data].concat())))
        .arguments(&["-e", &packaged(ENVIRONMENT), "--emulator"])
        .arguments(&["-r", "json", "--reporter-json-export", "report.json"])
        .run()
        .expect_code(0);

    let report = outcome.json("report.json");
    let answers: Vec<(&Value, &Value)> = report["run"]["executions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["item"]["name"], &it["response"]["code"]))
        .collect();
    assert_eq!(
        answers,
        [
            (&json!("Get Management Token"), &json!(200)),
            (&json!("Use Management Token"), &json!(401)),
            (&json!("Get Data Plane Token"), &json!(200)),
            (&json!("Use Data Plane Token"), &json!(401)),
        ]
    );
}
