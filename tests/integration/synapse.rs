//! The sample collection, whose scripts chain its requests, against the emulator inside the process.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{CLIENT_SECRET, Outcome, run_synapse};

fn run(arguments: &[&str]) -> Outcome {
    run_synapse()
        .arguments(&["--emulator"])
        .arguments(arguments)
        .run()
}

/// Runs with a JSON report and gives each failure as request, test and message.
fn failures(arguments: &[&str]) -> Vec<[String; 3]> {
    let report = ["-r", "json", "--reporter-json-export", "report.json"];
    let outcome = run(&[arguments, &report].concat()).expect_code(1);
    let report = outcome.json("report.json");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let failures = report["run"]["failures"].as_array().unwrap();
    failures
        .iter()
        .map(|it| {
            [
                text(&it["source"]["name"]),
                text(&it["error"]["test"]),
                text(&it["error"]["message"]),
            ]
        })
        .collect()
}

#[test]
fn the_six_steps_run_end_to_end_from_one_command() {
    assert_snapshot!(run(&[]).to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Azure Synapse

    ❏ Management plane
    ↳ Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  Azure grants a management token

    ↳ Get Workspace Details
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2021-06-01 [200 OK, <size>, <time>]
      ✓  the workspace is there
      ✓  the workspace is ready
      ┌
      │ 'ws-demo in australiaeast, data plane at https://ws-de
      │ mo.dev.azuresynapse.net'
      └

    ❏ Data plane
    ↳ Get Data Plane Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  Azure grants a data plane token

    ↳ Execute Pipeline
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-demo/createRun?api-version=2020-12-01 [202 Accepted, <size>, <time>]
      ✓  the pipeline run is accepted

    ↳ Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/00000000-0000-0000-0000-000000000000?api-version=2020-12-01 [200 OK, <size>, <time>]
      ✓  the pipeline run ends in time
      ┌
      │ 'run 00000000-0000-0000-0000-000000000000 is Queued'
      └

    Attempting to set next request to Get Pipeline Run

    ↳ Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/00000000-0000-0000-0000-000000000000?api-version=2020-12-01 [200 OK, <size>, <time>]
      ✓  the pipeline run ends in time
      ┌
      │ 'run 00000000-0000-0000-0000-000000000000 is InProgres
      │ s'
      └

    Attempting to set next request to Get Pipeline Run

    ↳ Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/00000000-0000-0000-0000-000000000000?api-version=2020-12-01 [200 OK, <size>, <time>]
      ✓  the pipeline run succeeded

    ↳ Run Spark Job
      POST https://ws-demo.dev.azuresynapse.net/sparkJobDefinitions/job-demo/execute?api-version=2020-12-01 [202 Accepted, <size>, <time>]
      ✓  the Spark job is accepted

    ↳ Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/0?detailed=true [200 OK, <size>, <time>]
      ✓  the Spark batch ends in time
      ┌
      │ 'batch 0 is starting'
      └

    Attempting to set next request to Get Spark Batch

    ↳ Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/0?detailed=true [200 OK, <size>, <time>]
      ✓  the Spark batch ends in time
      ┌
      │ 'batch 0 is running'
      └

    Attempting to set next request to Get Spark Batch

    ↳ Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/0?detailed=true [200 OK, <size>, <time>]
      ✓  the Spark batch succeeded

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 11 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 11 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 12 │ 0 │
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
fn the_steps_can_be_repeated() {
    run(&["-n", "3", "--silent"]).expect_code(0);
}

#[test]
fn one_plane_runs_by_itself() {
    run(&["--folder", "Management plane", "--silent"]).expect_code(0);
    run(&["--folder", "Data plane", "--silent"]).expect_code(0);
}

#[test]
fn a_wrong_secret_fails_with_azures_reason() {
    let arguments = [
        "--env-var",
        "clientSecret=not-the-secret",
        "--bail",
        "--reporter-cli-no-summary",
    ];

    assert_snapshot!(run(&arguments).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse

    ❏ Management plane
    ↳ Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [401 Unauthorized, <size>, <time>]
      1. Azure grants a management token

    The run was stopped at a failure, as --bail asks.

      #  failure         detail

     1.  AssertionError  Azure grants a management token
                         AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'. Trace ID: 00000000-0000-0000-0000-000000000000 Correlation ID: 00000000-0000-0000-0000-000000000000 Timestamp: 0000-00-00 00:00:00Z: expected 401 to equal 200
                         at assertion:0 in test-script:17:45
                         inside "Management plane / Get Management Token"
    "#);
}

#[test]
fn after_a_wrong_secret_every_step_says_what_it_lacks() {
    let failures = failures(&["--env-var", "clientSecret=not-the-secret"]);

    let tests: Vec<&str> = failures.iter().map(|[_, test, _]| test.as_str()).collect();
    assert_eq!(
        tests,
        [
            "Azure grants a management token",
            "a management token is at hand",
            "Azure grants a data plane token",
            "a data plane token is at hand",
            "a pipeline run was started",
            "a data plane token is at hand",
            "a Spark job was started"
        ]
    );
}

#[test]
fn an_unknown_pipeline_fails_where_it_is_started() {
    let failures = failures(&["--env-var", "pipelineName=pl-unknown"]);

    let [request, test, message] = &failures[0];
    assert_eq!(
        (request.as_str(), test.as_str()),
        ("Execute Pipeline", "the pipeline run is accepted")
    );
    assert_snapshot!(message, @"The Pipeline pl-unknown was not found in (subscription=33333333-3333-4333-8333-333333333333 resourceGroup=rg-demo workspace=ws-demo): expected 404 to equal 202");
}

#[test]
fn a_pipeline_that_fails_is_followed_to_its_end_and_told_with_its_reason() {
    let failures = failures(&["--env-var", "pipelineName=pl-fails"]);

    assert_eq!(failures.len(), 1, "{failures:?}");
    let [request, test, message] = &failures[0];
    assert_eq!(
        (request.as_str(), test.as_str()),
        ("Get Pipeline Run", "the pipeline run succeeded")
    );
    assert_snapshot!(message, @"Operation on target Load orders failed: The file orders.csv was not found in container landing: expected 'Failed' to equal 'Succeeded'");
}

#[test]
fn a_spark_job_that_fails_is_told_with_its_reason() {
    let failures = failures(&["--env-var", "sparkJobDefinition=job-fails"]);

    assert_eq!(failures.len(), 1, "{failures:?}");
    let [request, test, message] = &failures[0];
    assert_eq!(
        (request.as_str(), test.as_str()),
        ("Get Spark Batch", "the Spark batch succeeded")
    );
    assert_snapshot!(message, @"The application broken.py ended with exit code 1: ModuleNotFoundError: No module named 'wordlist': expected 'Failed' to equal 'Succeeded'");
}

#[test]
fn a_run_that_takes_too_long_is_given_up() {
    let failures = failures(&[
        "--env-var",
        "pipelineName=pl-slow",
        "--env-var",
        "pollLimit=3",
    ]);

    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_snapshot!(failures[0].join(" | "), @"Get Pipeline Run | the pipeline run ends in time | the run is still InProgress; raise pollLimit or the delay between requests: expected +0 to be above +0");
}

#[test]
fn a_slow_run_is_followed_until_it_ends() {
    let report = ["-r", "json", "--reporter-json-export", "report.json"];
    let arguments = [&["--env-var", "pipelineName=pl-slow"], &report[..]].concat();
    let outcome = run(&arguments).expect_code(0);

    let report = outcome.json("report.json");
    let executions = report["run"]["executions"].as_array().unwrap();
    let polls = executions
        .iter()
        .filter(|it| it["item"]["name"] == "Get Pipeline Run")
        .count();
    assert_eq!(polls, 22);
}

#[test]
fn a_token_for_the_wrong_audience_is_refused_with_azures_reason() {
    use crate::support::{ENVIRONMENT, Postrider, packaged, packaged_json};

    let mut collection = packaged_json("collections/synapse.postman_collection.json");
    let text = collection.to_string();
    let swapped = text
        .replace(
            "https://management.azure.com/.default",
            "scope of the other plane",
        )
        .replace(
            "https://dev.azuresynapse.net/.default",
            "https://management.azure.com/.default",
        )
        .replace(
            "scope of the other plane",
            "https://dev.azuresynapse.net/.default",
        );
    assert_ne!(text, swapped);
    collection = serde_json::from_str(&swapped).unwrap();

    let outcome = Postrider::with_collection(&collection)
        .arguments(&[
            "-e",
            &packaged(ENVIRONMENT),
            "--emulator",
            "--reporter-cli-no-summary",
        ])
        .run();

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Azure Synapse

    ❏ Management plane
    ↳ Get Management Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  Azure grants a management token

    ↳ Get Workspace Details
      GET https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo?api-version=2021-06-01 [401 Unauthorized, <size>, <time>]
      1. the workspace is there

    ❏ Data plane
    ↳ Get Data Plane Token
      POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token [200 OK, <size>, <time>]
      ✓  Azure grants a data plane token

    ↳ Execute Pipeline
      POST https://ws-demo.dev.azuresynapse.net/pipelines/pl-demo/createRun?api-version=2020-12-01 [401 Unauthorized, <size>, <time>]
      2. the pipeline run is accepted

    ↳ Get Pipeline Run
      GET https://ws-demo.dev.azuresynapse.net/pipelineruns/%7B%7BrunId%7D%7D?api-version=2020-12-01 [401 Unauthorized, <size>, <time>]
      3. a pipeline run was started

    ↳ Run Spark Job
      POST https://ws-demo.dev.azuresynapse.net/sparkJobDefinitions/job-demo/execute?api-version=2020-12-01 [401 Unauthorized, <size>, <time>]
      4. the Spark job is accepted

    ↳ Get Spark Batch
      GET https://ws-demo.dev.azuresynapse.net/livyApi/versions/2019-11-01-preview/sparkPools/%7B%7BbatchPool%7D%7D/batches/%7B%7BbatchId%7D%7D?detailed=true [401 Unauthorized, <size>, <time>]
      5. a Spark job was started

      #  failure         detail

     1.  AssertionError  the workspace is there
                         The access token has been obtained for wrong audience or resource 'https://dev.azuresynapse.net'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'.: expected 401 to equal 200
                         at assertion:0 in test-script:17:48
                         inside "Management plane / Get Workspace Details"

     2.  AssertionError  the pipeline run is accepted
                         Token Authentication failed with SecurityTokenInvalidAudienceException - IDX10214: Audience validation failed. Audiences: 'https://management.azure.com'. Did not match: validationParameters.ValidAudience: 'https://dev.azuresynapse.net'.: expected 401 to equal 202
                         at assertion:0 in test-script:21:48
                         inside "Data plane / Execute Pipeline"

     3.  AssertionError  a pipeline run was started
                         Execute Pipeline started no run; its own failure says why: expected undefined to be truthy
                         at assertion:0 in test-script:15:19
                         inside "Data plane / Get Pipeline Run"

     4.  AssertionError  the Spark job is accepted
                         Token Authentication failed with SecurityTokenInvalidAudienceException - IDX10214: Audience validation failed. Audiences: 'https://management.azure.com'. Did not match: validationParameters.ValidAudience: 'https://dev.azuresynapse.net'.: expected 401 to equal 202
                         at assertion:0 in test-script:22:48
                         inside "Data plane / Run Spark Job"

     5.  AssertionError  a Spark job was started
                         Run Spark Job started no batch; its own failure says why: expected false to equal true
                         at assertion:0 in test-script:17:98
                         inside "Data plane / Get Spark Batch"
    --- stderr
    warning: the variable `batchId` in `Data plane / Get Spark Batch` has no value
    warning: the variable `batchPool` in `Data plane / Get Spark Batch` has no value
    warning: the variable `runId` in `Data plane / Get Pipeline Run` has no value
    "#);
}

#[test]
fn secret_and_tokens_appear_in_no_report() {
    let outcome = run(&[
        "--verbose",
        "-r",
        "cli,json,junit",
        "--reporter-json-export",
        "report.json",
        "--reporter-junit-export",
        "report.xml",
    ])
    .expect_code(0);

    let report = outcome.json("report.json");
    let bodies: Vec<Vec<u8>> = report["run"]["executions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| serde_json::from_value(it["response"]["stream"]["data"].clone()).unwrap())
        .collect();
    let bodies: Vec<String> = bodies
        .iter()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let everything = [
        outcome.stdout.clone(),
        outcome.stderr.clone(),
        outcome.read("report.json"),
        outcome.read("report.xml"),
        bodies.join("\n"),
    ]
    .join("\n");
    for secret in [
        CLIENT_SECRET,
        "emulator%7Eonly.secret",
        "ZW11bGF0b3J",
        "eyJ",
    ] {
        assert!(!everything.contains(secret), "{secret} is shown");
    }
    assert_eq!(report["environment"]["values"][2]["key"], "clientSecret");
    assert_eq!(report["environment"]["values"][2]["value"], json!("***"));
}
