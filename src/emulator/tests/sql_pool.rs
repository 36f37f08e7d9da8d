use serde_json::{Value, json};

use super::client::{Ask, MANAGEMENT, MANAGEMENT_SCOPE, Reply, Running, known};

const VERSION: &str = "api-version=2021-06-01";

fn workspace() -> String {
    format!(
        "/subscriptions/{}/resourceGroups/rg-demo/providers/Microsoft.Synapse/workspaces/ws-demo",
        known("subscriptionId")
    )
}

fn send(running: &Running, method: &str, below: &str, body: Option<Value>) -> Reply {
    let path = format!("{}/{below}?{VERSION}", workspace());
    let ask = Ask::new(method, MANAGEMENT, &path).bearer(&running.token(MANAGEMENT_SCOPE));
    running.send(match body {
        Some(body) => ask.json(&body),
        None => ask,
    })
}

fn status(running: &Running) -> Value {
    send(running, "GET", "sqlPools/sqlpool1", None).json()["properties"]["status"].clone()
}

#[test]
fn a_pool_is_paused_and_resumed_by_looks() {
    let running = Running::demo();
    assert_eq!(status(&running), "Online");

    assert_eq!(
        send(&running, "POST", "sqlPools/sqlpool1/pause", None).status,
        202
    );
    assert_eq!(
        [status(&running), status(&running), status(&running)],
        ["Pausing", "Paused", "Paused"]
    );

    assert_eq!(
        send(&running, "POST", "sqlPools/sqlpool1/resume", None).status,
        202
    );
    assert_eq!([status(&running), status(&running)], ["Resuming", "Online"]);
}

#[test]
fn an_operation_is_followed_at_the_host_of_the_request() {
    let running = Running::demo();
    let token = running.token(MANAGEMENT_SCOPE);

    let paused = send(&running, "POST", "sqlPools/sqlpool1/pause", None);

    let follow = |header: &str| {
        let url = paused.header(header).unwrap();
        let path = url.strip_prefix("https://management.azure.com").unwrap();
        running.get(MANAGEMENT, path, &token)
    };
    assert_eq!(follow("location").status, 202);
    assert_eq!(follow("azure-asyncoperation").json()["status"], "Succeeded");
    let result = follow("location");
    assert_eq!(result.status, 200);
    assert_eq!(result.json()["properties"]["status"], "Paused");
}

#[test]
fn a_pool_that_is_there_already_is_answered_at_once() {
    let running = Running::demo();

    let resumed = send(&running, "POST", "sqlPools/sqlpool1/resume", None);

    assert_eq!(resumed.status, 200);
    assert_eq!(resumed.json()["properties"]["status"], "Online");
}

#[test]
fn a_pool_is_scaled_by_its_sku() {
    let running = Running::demo();
    let scale = |level: &str| {
        let body = json!({ "sku": { "name": level } });
        send(&running, "PATCH", "sqlPools/sqlpool1", Some(body))
    };

    assert_eq!(scale("DW200c").status, 202);
    assert_eq!(scale("DW300c").wrapped(), (409, "Conflict".to_owned()));
    assert_eq!([status(&running), status(&running)], ["Scaling", "Online"]);

    let pool = send(&running, "GET", "sqlPools/sqlpool1", None).json();
    assert_eq!(pool["sku"]["name"], "DW200c");
    assert_eq!(scale("large").wrapped(), (400, "BadRequest".to_owned()));
}

#[test]
fn unknown_pools_and_operations_are_named() {
    let running = Running::demo();

    for below in ["sqlPools/nope", "operationStatuses/1", "operationResults/1"] {
        assert_eq!(
            send(&running, "GET", below, None).wrapped(),
            (404, "ResourceNotFound".to_owned()),
            "{below}"
        );
    }
}
