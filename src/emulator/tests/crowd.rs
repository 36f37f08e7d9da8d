//! Many clients at once, and clients that go away.

use std::collections::HashSet;
use std::thread;

use serde_json::{Value, json};

use super::client::{Ask, DATA, Reply, Running};

const CLIENTS: usize = 64;
const VERSION: &str = "api-version=2020-12-01";
const BATCHES: &str = "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches";

/// What each of many clients, which all begin at once, comes back with.
fn crowd<T: Send>(act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = std::sync::Barrier::new(CLIENTS);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (act, start) = (&act, &start);
                scope.spawn(move || {
                    start.wait();
                    act(number)
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect()
    })
}

fn create_run(running: &Running, token: &str, pipeline: &str, source: &str) -> String {
    let path = format!("/pipelines/{pipeline}/createRun?{VERSION}");
    let ask = Ask::new("POST", DATA, &path)
        .bearer(token)
        .json(&json!({ "source": source }));
    running.send(ask).json()["runId"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn look(running: &Running, token: &str, run: &str) -> Value {
    let path = format!("/pipelineruns/{run}?{VERSION}");
    running.get(DATA, &path, token).json()
}

#[test]
fn clients_that_poll_at_once_see_their_own_runs_only() {
    let running = Running::demo();
    let token = running.data_token();

    let runs = crowd(|number| {
        let (pipeline, end) = [("pl-demo", "Succeeded"), ("pl-fails", "Failed")][number % 2];
        let source = format!("client {number}");
        let id = create_run(&running, &token, pipeline, &source);
        let looks: Vec<Value> = (0..4).map(|_| look(&running, &token, &id)).collect();
        for look in &looks {
            assert_eq!(look["runId"], json!(id));
            assert_eq!(look["pipelineName"], pipeline);
            assert_eq!(look["parameters"]["source"], json!(source));
        }
        let states: Vec<&Value> = looks.iter().map(|look| &look["status"]).collect();
        assert_eq!(states, ["Queued", "InProgress", end, end]);
        id
    });

    let different: HashSet<&String> = runs.iter().collect();
    assert_eq!(different.len(), CLIENTS);
}

#[test]
fn batches_of_many_clients_have_ids_of_their_own() {
    let running = Running::demo();
    let token = running.data_token();

    let mut ids = crowd(|number| {
        let name = format!("batch {number}");
        let body = json!({ "name": name, "file": "local:///job.py" });
        let created = running
            .send(Ask::new("POST", DATA, BATCHES).bearer(&token).json(&body))
            .json();
        let id = created["id"].as_u64().unwrap();
        let path = format!("{BATCHES}/{id}?detailed=true");
        let job = running.get(DATA, &path, &token).json();
        assert_eq!(
            (&job["name"], &job["state"]),
            (&json!(name), &json!("starting"))
        );
        id
    });

    ids.sort_unstable();
    assert_eq!(ids, (0..CLIENTS as u64).collect::<Vec<_>>());
}

#[test]
fn a_request_that_many_clients_repeat_starts_one_run() {
    let running = Running::demo();
    let token = running.data_token();
    let path = format!("/pipelines/pl-demo/createRun?{VERSION}");

    let runs = crowd(|_| {
        let ask = Ask::new("POST", DATA, &path)
            .bearer(&token)
            .header("x-ms-client-request-id", "315eaa5c77e7d429073fa3e1cd2d0aa4");
        running.send(ask).json()["runId"].clone()
    });

    assert!(
        runs.iter()
            .all(|run| run == "315eaa5c-77e7-d429-073f-a3e1cd2d0aa4"),
        "{runs:?}"
    );
}

#[test]
fn a_client_that_hangs_up_half_way_harms_nobody_and_starts_nothing() {
    let running = Running::demo();
    let token = running.data_token();
    let head = format!(
        "POST /pipelines/pl-demo/createRun?{VERSION} HTTP/1.1\r\nHost: {DATA}\r\nAuthorization: Bearer {token}\r\n"
    );

    for said in [
        String::new(),
        "POST /pipel".to_owned(),
        head.clone(),
        format!("{head}Content-Length: 100\r\n\r\n{{\"source\""),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n9\r\n{{\"sou"),
    ] {
        running.say_and_leave(DATA, &said);
    }
    // In the clear, and so in the middle of the handshake.
    running.say_in_the_clear(b"\x16\x03\x01\x02\x00");

    let query = json!({
        "lastUpdatedAfter": "2000-01-01T00:00:00Z",
        "lastUpdatedBefore": "2100-01-01T00:00:00Z"
    });
    let path = format!("/queryPipelineRuns?{VERSION}");
    let reply: Reply = running.send(Ask::new("POST", DATA, &path).bearer(&token).json(&query));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["value"], json!([]));
}
