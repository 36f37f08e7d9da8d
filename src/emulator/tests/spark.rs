use serde_json::{Value, json};

use super::client::{Ask, DATA, Reply, Running};

const BATCHES: &str = "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches";
const VERSION: &str = "api-version=2020-12-01";

fn expected(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

fn submit(running: &Running, name: &str, query: &str) -> Value {
    let body = json!({
        "name": name, "file": "abfss://demo@demolake.dfs.core.windows.net/jobs/wordcount.py",
        "args": ["in", "out"], "conf": {}, "driverMemory": "28g", "driverCores": 4,
        "executorMemory": "28g", "executorCores": 4, "numExecutors": 2,
    });
    let ask = Ask::new("POST", DATA, &format!("{BATCHES}{query}"));
    let reply = running.send(ask.bearer(&running.data_token()).json(&body));
    assert_eq!(reply.status, 200);
    reply.json()
}

fn look(running: &Running, id: u32, query: &str) -> Value {
    running
        .get(
            DATA,
            &format!("{BATCHES}/{id}{query}"),
            &running.data_token(),
        )
        .json()
}

fn delete(running: &Running, id: u32) -> Reply {
    running.send(Ask::new("DELETE", DATA, &format!("{BATCHES}/{id}")).bearer(&running.data_token()))
}

fn execute(running: &Running, definition: &str) -> Reply {
    running.post(
        DATA,
        &format!("/sparkJobDefinitions/{definition}/execute?{VERSION}"),
        &running.data_token(),
    )
}

#[test]
fn a_plain_answer_has_livys_five_members() {
    let running = Running::demo();

    let created = submit(&running, "wordcount", "");

    assert_eq!(
        created,
        json!({ "id": 0, "appId": null, "appInfo": null, "state": "not_started", "log": null })
    );
}

#[test]
fn a_detailed_answer_writes_every_null_and_times_with_an_offset() {
    let running = Running::demo();

    let created = submit(&running, "wordcount", "?detailed=true");

    assert_eq!(
        created,
        json!({
            "livyInfo": {
                "notStartedAt": null, "startingAt": null, "runningAt": null, "deadAt": null,
                "successAt": null, "killedAt": null, "recoveringAt": null,
                "currentState": "not_started",
                "jobCreationRequest": {
                    "name": "wordcount", "file": "abfss://demo@demolake.dfs.core.windows.net/jobs/wordcount.py",
                    "args": ["in", "out"], "conf": {}, "driverMemory": "28g", "driverCores": 4,
                    "executorMemory": "28g", "executorCores": 4, "numExecutors": 2,
                },
            },
            "name": "wordcount", "workspaceName": "ws-demo", "computeName": "sparkpool1",
            "sparkPoolName": "sparkpool1",
            "submitterId": "44444444-4444-4444-8444-444444444444",
            "artifactId": "Livy", "jobType": "SparkBatch", "result": "Uncertain",
            "schedulerInfo": {
                "submittedAt": "2026-01-01T09:00:00.0000000+00:00",
                "queuedAt": "2026-01-01T09:00:00.0000000+00:00",
                "scheduledAt": null, "endedAt": null, "cancellationRequestedAt": null, "currentState": "Queued",
            },
            "pluginInfo": {
                "preparationStartedAt": null, "resourceAcquisitionStartedAt": null, "submissionStartedAt": null,
                "monitoringStartedAt": null, "cleanupStartedAt": null, "currentState": "Preparation",
            },
            "tags": {}, "id": 0, "appId": null, "appInfo": null, "state": "not_started", "log": null,
        })
    );
}

#[test]
fn every_look_moves_a_batch_on() {
    let running = Running::demo();
    submit(&running, "wordcount", "");

    let looks: Vec<Value> = (0..4)
        .map(|_| look(&running, 0, "?detailed=true"))
        .collect();

    let states: Vec<&str> = looks
        .iter()
        .map(|job| job["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["starting", "running", "success", "success"]);
    let scheduler: Vec<&str> = looks
        .iter()
        .map(|job| job["schedulerInfo"]["currentState"].as_str().unwrap())
        .collect();
    assert_eq!(scheduler, ["Scheduled", "Scheduled", "Ended", "Ended"]);
    assert_eq!(
        looks[0]["appInfo"],
        json!({ "driverLogUrl": null, "sparkUiUrl": null, "isSessionTimedOut": null })
    );
    assert_eq!(looks[1]["appId"], "application_1767258000000_0001");
    assert_eq!(looks[2]["result"], "Succeeded");
    assert!(looks[2]["livyInfo"]["successAt"].is_string());
    assert!(looks[2].get("errorInfo").is_none());
}

#[test]
fn a_job_shows_its_state_in_headers_too() {
    let running = Running::demo();
    submit(&running, "wordcount", "");

    let reply = running.get(DATA, &format!("{BATCHES}/0"), &running.data_token());

    assert_eq!(reply.header("x-ms-job-result"), Some("Uncertain"));
    assert_eq!(reply.header("x-ms-job-scheduler-state"), Some("Scheduled"));
    assert_eq!(reply.header("x-ms-job-ended-on"), None);
}

#[test]
fn a_failing_job_tells_why() {
    let running = Running::demo();
    submit(&running, "job-fails", "");

    let last = (0..3)
        .map(|_| look(&running, 0, "?detailed=true"))
        .last()
        .unwrap();

    assert_eq!(
        (&last["state"], &last["result"]),
        (&json!("dead"), &json!("Failed"))
    );
    assert_eq!(last["errorInfo"][0]["errorCode"], "LIVY_JOB_FAILED");
    assert_eq!(last["errorInfo"][0]["source"], "User");
}

#[test]
fn cancelling_ends_in_error_before_the_start_and_in_killed_after_it() {
    let running = Running::demo();
    submit(&running, "one", "");
    submit(&running, "two", "");
    look(&running, 1, "");

    let replies = [delete(&running, 0), delete(&running, 1)];

    assert!(
        replies
            .iter()
            .all(|reply| reply.status == 200 && reply.is_empty())
    );
    let (queued, started) = (
        look(&running, 0, "?detailed=true"),
        look(&running, 1, "?detailed=true"),
    );
    assert_eq!(
        (&queued["state"], &queued["result"]),
        (&json!("error"), &json!("Cancelled"))
    );
    assert_eq!(
        (&queued["log"], &queued["livyInfo"]["killedAt"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(
        (&started["state"], &started["result"]),
        (&json!("killed"), &json!("Cancelled"))
    );
    assert!(started["livyInfo"]["killedAt"].is_string());
    assert!(started["schedulerInfo"]["cancellationRequestedAt"].is_string());
}

#[test]
fn a_list_comes_in_pages_and_counts_itself() {
    let running = Running::demo();
    for _ in 0..22 {
        submit(&running, "wordcount", "");
    }
    let ids = |query: &str| {
        let body = running
            .get(DATA, &format!("{BATCHES}{query}"), &running.data_token())
            .json();
        let sessions = body["sessions"].as_array().unwrap();
        assert_eq!(body["total"], sessions.len());
        sessions
            .iter()
            .map(|job| job["id"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };

    assert_eq!(ids("").len(), 20);
    assert_eq!(ids("?from=20&size=50"), [1, 0]);
    assert_eq!(ids("?size=1"), [21]);
}

#[test]
fn what_is_missing_is_refused() {
    let running = Running::demo();
    let token = running.data_token();
    let other_pool = BATCHES.replace("sparkpool1", "nope");

    assert_eq!(
        running.get(DATA, &format!("{BATCHES}/7"), &token).flat(),
        expected(404, "SparkBatchNotFound")
    );
    assert_eq!(
        running.get(DATA, &other_pool, &token).flat(),
        expected(404, "SparkPoolNotFound")
    );
    assert_eq!(
        running.get(DATA, &format!("{BATCHES}/x"), &token).wrapped(),
        expected(400, "BadRequest")
    );
    assert_eq!(
        running
            .get(DATA, &format!("{BATCHES}/99999999999999999999999"), &token)
            .flat(),
        expected(404, "SparkBatchNotFound")
    );
    assert_eq!(
        execute(&running, "job-nope").flat(),
        expected(404, "SparkJobDefinitionNotFound")
    );
    assert_eq!(
        running
            .get(
                DATA,
                &format!("/operationResults/nonsense?{VERSION}"),
                &token
            )
            .flat(),
        expected(404, "OperationResultNotFound")
    );
}

#[test]
fn a_batch_needs_a_name_and_a_file() {
    let running = Running::demo();
    for body in [
        json!({ "file": "x" }),
        json!({ "name": "x" }),
        json!({ "name": 1, "file": "x" }),
    ] {
        let ask = Ask::new("POST", DATA, BATCHES)
            .bearer(&running.data_token())
            .json(&body);

        assert_eq!(running.send(ask).wrapped(), expected(400, "BadRequest"));
    }
}

#[test]
fn a_definition_is_executed_and_followed_at_its_location() {
    let running = Running::demo();
    let port = running.emulator.address().port();
    let host = format!("localhost:{port}");
    let token = running.data_token();
    let path = format!("/sparkJobDefinitions/job-demo/execute?{VERSION}");

    let started = running.post(&host, &path, &token);

    assert_eq!(started.status, 202);
    let location = started.header("location").unwrap();
    let base = format!("https://{host}");
    assert_eq!(
        location,
        format!("{base}/operationResults/arcadiaSpark$$sparkpool1$$batch$$0?{VERSION}")
    );
    let follow = location.strip_prefix(&base).unwrap();
    let replies: Vec<Reply> = (0..3).map(|_| running.get(&host, follow, &token)).collect();
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(statuses, [202, 202, 200]);
    assert_eq!(replies[0].header("location"), Some(location));
    assert_eq!(replies[2].json()["result"], "Succeeded");
}

#[test]
fn an_executed_definition_leaves_nulls_out_and_writes_times_with_a_letter() {
    let running = Running::demo();

    let body = execute(&running, "job-demo").json();

    assert!(body.get("appId").is_none());
    assert!(body["livyInfo"].get("startingAt").is_none());
    assert_eq!(
        body["schedulerInfo"]["submittedAt"],
        "2026-01-01T09:00:00.0000000Z"
    );
    assert_eq!(
        (&body["id"], &body["computeName"]),
        (&json!(0), &json!("sparkpool1"))
    );
    assert_eq!(body["state"], "not_started");
}

#[test]
fn an_executed_definition_is_a_livy_batch() {
    let running = Running::demo();
    execute(&running, "job-fails");

    let states: Vec<Value> = (0..3)
        .map(|_| look(&running, 0, "")["state"].clone())
        .collect();

    assert_eq!(states, ["starting", "running", "dead"]);
}

#[test]
fn definitions_are_listed_and_read() {
    let running = Running::demo();
    let token = running.data_token();

    let listed = running
        .get(DATA, &format!("/sparkJobDefinitions?{VERSION}"), &token)
        .json();
    let read = running
        .get(
            DATA,
            &format!("/sparkJobDefinitions/JOB-DEMO?{VERSION}"),
            &token,
        )
        .json();

    assert_eq!(listed["value"][0], read);
    assert_eq!(
        read["properties"]["targetBigDataPool"]["referenceName"],
        "sparkpool1"
    );
    assert_eq!(read["properties"]["jobProperties"]["numExecutors"], 2);
}
