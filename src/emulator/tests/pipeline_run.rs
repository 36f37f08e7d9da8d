use serde_json::{Value, json};

use super::client::{Ask, DATA, Reply, Running};

const NOBODY: &str = "99999999-9999-4999-8999-999999999999";
const VERSION: &str = "api-version=2020-12-01";

fn expected(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

fn create(running: &Running, pipeline: &str, more: &str) -> String {
    let path = format!("/pipelines/{pipeline}/createRun?{VERSION}{more}");
    let reply = running.post(DATA, &path, &running.data_token());
    assert_eq!(reply.status, 202, "{}", reply.json());
    reply.json()["runId"].as_str().unwrap().to_owned()
}

fn look(running: &Running, run: &str) -> Value {
    let reply = running.get(
        DATA,
        &format!("/pipelineruns/{run}?{VERSION}"),
        &running.data_token(),
    );
    assert_eq!(reply.status, 200);
    reply.json()
}

fn course(running: &Running, run: &str, looks: usize) -> Vec<String> {
    (0..looks)
        .map(|_| look(running, run)["status"].as_str().unwrap().to_owned())
        .collect()
}

fn query(running: &Running, path: &str, body: &Value) -> Reply {
    let ask = Ask::new("POST", DATA, &format!("{path}?{VERSION}"));
    running.send(ask.bearer(&running.data_token()).json(body))
}

fn whole_day() -> Value {
    json!({ "lastUpdatedAfter": "2026-01-01T00:00:00Z", "lastUpdatedBefore": "2026-01-02T00:00:00Z" })
}

#[test]
fn a_run_is_accepted_without_a_body_and_followed_to_its_end() {
    let running = Running::demo();

    let run = create(&running, "pl-demo", "&referencePipelineRunId=");

    assert_eq!(
        course(&running, &run, 4),
        ["Queued", "InProgress", "Succeeded", "Succeeded"]
    );
}

#[test]
fn a_run_has_the_members_of_azure() {
    let running = Running::demo();
    let run = create(&running, "pl-demo", "");

    let first = look(&running, &run);
    look(&running, &run);
    running
        .clock
        .advance(std::time::Duration::from_millis(1500));
    let last = look(&running, &run);

    assert_eq!(
        first,
        json!({
            "id": format!(
                "/SUBSCRIPTIONS/33333333-3333-4333-8333-333333333333/RESOURCEGROUPS/RG-DEMO/PROVIDERS\
                 /MICROSOFT.SYNAPSE/WORKSPACES/WS-DEMO/pipelineruns/{run}"
            ),
            "runId": run,
            "debugRunId": null,
            "runGroupId": run,
            "pipelineName": "pl-demo",
            "parameters": { "source": "landing", "days": "1" },
            "invokedBy": { "id": run.replace('-', ""), "name": "Manual", "invokedByType": "Manual" },
            "runStart": "2026-01-01T09:00:00.0000000Z",
            "runEnd": null,
            "durationInMs": null,
            "status": "Queued",
            "message": "",
            "output": null,
            "lastUpdated": "2026-01-01T09:00:00.0000000Z",
            "annotations": [],
            "runDimension": {},
            "isLatest": true,
        })
    );
    assert_eq!(last["runEnd"], "2026-01-01T09:00:01.5000000Z");
    assert_eq!(last["durationInMs"], 1500);
}

#[test]
fn an_empty_body_is_no_json_whatever_its_type() {
    let running = Running::demo();
    let ask = Ask::new(
        "POST",
        DATA,
        &format!("/pipelines/pl-demo/createRun?{VERSION}"),
    )
    .bearer(&running.data_token())
    .header("content-type", "application/json");

    assert_eq!(running.send(ask).status, 202);
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    let running = Running::demo();
    let ask = Ask::new(
        "POST",
        DATA,
        &format!("/pipelines/pl-demo/createRun?{VERSION}"),
    );

    let reply = running.send(ask.bearer(&running.data_token()).json(&json!([1])));

    assert_eq!(reply.wrapped(), expected(400, "BadRequest"));
}

#[test]
fn parameters_come_back_as_text() {
    let running = Running::demo();
    let ask = Ask::new(
        "POST",
        DATA,
        &format!("/pipelines/pl-demo/createRun?{VERSION}"),
    )
    .bearer(&running.data_token())
    .json(&json!({ "source": "x", "days": 3, "tables": ["orders", "lines"] }));

    let run = running.send(ask).json()["runId"]
        .as_str()
        .unwrap()
        .to_owned();

    assert_eq!(
        look(&running, &run)["parameters"],
        json!({ "source": "x", "days": "3", "tables": "[\"orders\",\"lines\"]" })
    );
}

#[test]
fn the_run_takes_the_id_of_the_request_and_a_second_request_starts_no_second_run() {
    let running = Running::demo();
    let ask = || {
        Ask::new(
            "POST",
            DATA,
            &format!("/pipelines/pl-demo/createRun?{VERSION}"),
        )
        .bearer(&running.data_token())
        .header("x-ms-client-request-id", "315eaa5c77e7d429073fa3e1cd2d0aa4")
    };

    let first = running.send(ask()).json();
    let second = running.send(ask()).json();

    assert_eq!(first["runId"], "315eaa5c-77e7-d429-073f-a3e1cd2d0aa4");
    assert_eq!(second, first);
    let found = query(&running, "/queryPipelineRuns", &whole_day()).json();
    assert_eq!(found["value"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_name_with_a_blank_is_found() {
    let running = Running::demo();

    let run = create(&running, "Pipeline%201", "");

    assert_eq!(look(&running, &run)["pipelineName"], "Pipeline 1");
}

#[test]
fn a_recovery_joins_the_group_and_becomes_its_latest() {
    let running = Running::demo();
    let first = create(&running, "pl-demo", "");
    let again = create(
        &running,
        "pl-demo",
        &format!("&referencePipelineRunId={first}&isRecovery=true&startActivityName=Load%20orders"),
    );

    let (first, second) = (look(&running, &first), look(&running, &again));

    assert_ne!(second["runId"], first["runId"]);
    assert_eq!(second["runGroupId"], first["runGroupId"]);
    assert_eq!(
        (&first["isLatest"], &second["isLatest"]),
        (&json!(false), &json!(true))
    );
}

#[test]
fn a_reference_hands_on_parameters_and_outdoes_the_body() {
    let running = Running::demo();
    let start = |more: &str, source: &str| {
        let path = format!("/pipelines/pl-demo/createRun?{VERSION}{more}");
        let ask = Ask::new("POST", DATA, &path).bearer(&running.data_token());
        running.send(ask.json(&json!({ "source": source }))).json()["runId"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = start("", "first");

    let second = look(
        &running,
        &start(&format!("&referencePipelineRunId={first}"), "second"),
    );

    assert_eq!(second["parameters"]["source"], "first");
    assert_ne!(second["runGroupId"], json!(first));
}

#[test]
fn a_reference_to_no_run_of_the_pipeline_is_refused() {
    let running = Running::demo();
    let other = create(&running, "pl-slow", "");
    for reference in [NOBODY, "nonsense", &other] {
        let path =
            format!("/pipelines/pl-demo/createRun?{VERSION}&referencePipelineRunId={reference}");

        let reply = running.post(DATA, &path, &running.data_token());

        assert_eq!(
            reply.wrapped(),
            expected(400, "ReferencedPipelineRunNotValid")
        );
        assert_eq!(reply.json()["error"]["target"], "pipeline/pl-demo/");
    }
}

#[test]
fn a_failed_run_tells_the_reason_and_so_does_its_activity() {
    let running = Running::demo();
    let run = create(&running, "pl-fails", "");
    course(&running, &run, 2);

    let failed = look(&running, &run);

    let path = format!("/pipelines/pl-fails/pipelineruns/{run}/queryActivityruns");
    let activities = query(&running, &path, &whole_day()).json();
    assert_eq!(failed["status"], "Failed");
    assert_eq!(
        failed["message"],
        "Operation on target Load orders failed: The file orders.csv was not found in container landing"
    );
    assert_eq!(
        activities["value"][1]["error"],
        json!({
            "errorCode": "2200",
            "message": "The file orders.csv was not found in container landing",
            "failureType": "UserError",
            "target": "Load orders",
            "details": [],
        })
    );
}

#[test]
fn activity_runs_can_be_filtered_and_lie_within_the_span() {
    let running = Running::demo();
    let run = create(&running, "pl-demo", "");
    course(&running, &run, 3);
    let path = format!("/pipelines/pl-demo/pipelineruns/{run}/queryActivityruns");
    let names = |body: &Value| -> Vec<Value> {
        let found = query(&running, &path, body).json();
        found["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| record["activityName"].clone())
            .collect()
    };
    let mut filtered = whole_day();
    filtered["filters"] =
        json!([{ "operand": "ActivityType", "operator": "Equals", "values": ["Copy"] }]);
    let outside = json!({ "lastUpdatedAfter": "2025-01-01", "lastUpdatedBefore": "2025-01-02" });

    assert_eq!(names(&whole_day()), ["Find files", "Load orders"]);
    assert_eq!(names(&filtered), ["Load orders"]);
    assert!(names(&outside).is_empty());
}

#[test]
fn runs_are_found_by_their_pipeline_and_status() {
    let running = Running::demo();
    let failing = create(&running, "pl-fails", "");
    create(&running, "pl-demo", "");
    course(&running, &failing, 3);
    let mut body = whole_day();
    body["filters"] = json!([
        { "operand": "PipelineName", "operator": "Equals", "values": ["pl-fails"] },
        { "operand": "Status", "operator": "In", "values": ["Failed", "Cancelled"] },
    ]);

    let found = query(&running, "/queryPipelineRuns", &body).json();

    assert_eq!(found["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["value"][0]["runId"], json!(failing));
    assert!(found.get("continuationToken").is_none());
}

#[test]
fn a_query_without_its_span_is_refused() {
    let reply = query(&Running::demo(), "/queryPipelineRuns", &json!({}));

    assert_eq!(reply.wrapped(), expected(400, "BadRequest"));
}

#[test]
fn a_cancelled_run_is_cancelling_first() {
    let running = Running::demo();
    let run = create(&running, "pl-slow", "");
    course(&running, &run, 2);

    let reply = running.post(
        DATA,
        &format!("/pipelineruns/{run}/cancel?{VERSION}"),
        &running.data_token(),
    );

    assert_eq!(reply.status, 200);
    assert!(reply.is_empty());
    assert_eq!(reply.header("content-length"), Some("0"));
    assert_eq!(course(&running, &run, 2), ["Canceling", "Cancelled"]);
}

#[test]
fn cancelling_a_finished_run_is_taken_and_changes_nothing() {
    let running = Running::demo();
    let run = create(&running, "pl-demo", "");
    course(&running, &run, 3);

    let reply = running.post(
        DATA,
        &format!("/pipelineruns/{run}/cancel?{VERSION}"),
        &running.data_token(),
    );

    assert_eq!(reply.status, 200);
    assert_eq!(course(&running, &run, 1), ["Succeeded"]);
}

#[test]
fn an_activity_query_under_another_pipeline_finds_no_run() {
    let running = Running::demo();
    let run = create(&running, "pl-demo", "");

    let reply = query(
        &running,
        &format!("/pipelines/pl-slow/pipelineruns/{run}/queryActivityruns"),
        &whole_day(),
    );

    assert_eq!(reply.flat(), expected(404, "PipelineRunNotFound"));
}
