//! What no client should send: it gets the error that Azure gives, and never a panic.

use serde_json::{Value, json};

use super::client::{Ask, DATA, LOGIN, MANAGEMENT, Running, known};

const VERSION: &str = "api-version=2020-12-01";

/// Text in the place of a token, none of which is one.
const NO_TOKENS: [&str; 9] = [
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Bearer a.b",
    "Bearer a.b.c",
    "Bearer ..",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    "Bearer eyJhbGciOiJSUzI1NiJ9.W10.AAAA",
    "Basic dXNlcjpwYXNz",
];

fn create_run() -> String {
    format!("/pipelines/pl-demo/createRun?{VERSION}")
}

#[test]
fn text_that_is_no_token_is_refused_by_both_planes() {
    let running = Running::demo();

    for header in NO_TOKENS {
        let data = Ask::new("POST", DATA, &create_run()).header("authorization", header);
        let management = Ask::new("GET", MANAGEMENT, "/subscriptions?api-version=2022-12-01")
            .header("authorization", header);

        assert_eq!(
            running.send(data).flat(),
            (401, "AuthenticationFailed".to_owned()),
            "{header}"
        );
        assert_eq!(running.send(management).wrapped().0, 401, "{header}");
    }
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let running = Running::demo();
    let token = running.data_token();
    let deep = "[".repeat(100_000);

    for body in [
        "{",
        "null",
        "[]",
        "\"source\"",
        "{\"source\": }",
        "\u{feff}{}x",
        "source=landing",
        &deep,
    ] {
        let ask = Ask::new("POST", DATA, &create_run())
            .bearer(&token)
            .content("application/json", body.as_bytes());

        let shown = body.get(..20).unwrap_or(body);
        assert_eq!(
            running.send(ask).wrapped(),
            (400, "BadRequest".to_owned()),
            "{shown}"
        );
    }
}

#[test]
fn a_body_that_is_no_text_is_refused() {
    let running = Running::demo();
    let token = running.data_token();

    let data = Ask::new("POST", DATA, &create_run())
        .bearer(&token)
        .content("application/json", b"\xff\xfe{\x00}\x00");
    let login = Ask::new(
        "POST",
        LOGIN,
        &format!("/{}/oauth2/v2.0/token", known("tenantId")),
    )
    .content("application/x-www-form-urlencoded", b"grant_type=\xff\xfe");

    assert_eq!(running.send(data).wrapped(), (400, "BadRequest".to_owned()));
    assert_eq!(running.send(login).status, 400);
}

#[test]
fn odd_queries_and_paths_are_refused() {
    let running = Running::demo();
    let token = running.data_token();

    for (path, status) in [
        ("/pipelines?", 400),
        ("/pipelines?api-version", 400),
        ("/pipelines?api-version=", 400),
        ("/pipelines?api-version=%", 400),
        ("/pipelines?api-version=%ff", 400),
        ("/pipelines?api-version=2020-12-01&api-version=x", 200),
        ("/pipelines?&&=&api-version=2020-12-01", 200),
        ("/?api-version=2020-12-01", 404),
        ("//?api-version=2020-12-01", 404),
        ("/%?api-version=2020-12-01", 404),
        ("/pipelines/%ff?api-version=2020-12-01", 404),
        ("/pipelines/..%2f..%2fsecret?api-version=2020-12-01", 404),
        ("/pipelineruns/not-a-guid?api-version=2020-12-01", 404),
        (
            "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/-1",
            400,
        ),
        (
            "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches/99999999999999999999",
            404,
        ),
        (
            "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches?from=x&size=-1",
            400,
        ),
    ] {
        let reply = running.get(DATA, path, &token);

        assert_eq!(reply.status.as_u16(), status, "{path}");
        assert!(reply.json().is_object(), "{path}");
    }
}

#[test]
fn a_body_above_the_limit_is_refused() {
    let running = Running::demo();
    let body = vec![b'x'; 5 * 1024 * 1024];

    let reply = running.send(
        Ask::new("POST", DATA, &create_run())
            .bearer(&running.data_token())
            .content("application/json", &body),
    );

    assert_eq!(reply.wrapped(), (413, "RequestEntityTooLarge".to_owned()));
}

#[test]
fn what_is_no_tls_gets_an_alert_or_nothing() {
    let running = Running::demo();

    for said in [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".as_slice(),
        b"\x00".repeat(600).as_slice(),
        b"\x16\x03\x01\x00\x05hello".as_slice(),
    ] {
        let answer = running.say_in_the_clear(said);

        // 21 is an alert (RFC 8446, 5.1).
        assert!(answer.is_empty() || answer[0] == 21, "{answer:?}");
    }
    let reply = running.get(
        DATA,
        &format!("/pipelines?{VERSION}"),
        &running.data_token(),
    );
    assert_eq!(reply.status, 200);
}

/// A batch that would be taken but for one member.
fn batch(member: &str, value: Value) -> Value {
    let mut batch = json!({ "name": "x", "file": "local:///x" });
    batch[member] = value;
    batch
}

#[test]
fn a_batch_with_a_member_of_a_wrong_type_is_refused() {
    let running = Running::demo();
    let token = running.data_token();
    let path = "/livyApi/versions/2019-11-01-preview/sparkPools/sparkpool1/batches";

    for (member, value) in [
        ("name", json!(1)),
        ("file", json!([])),
        ("args", json!("one")),
        ("args", json!(["one", 2])),
        ("conf", json!({ "spark.x": {} })),
        ("tags", json!([])),
        ("numExecutors", json!("two")),
        ("numExecutors", json!(-1)),
        ("driverMemory", json!(28)),
    ] {
        let body = batch(member, value);
        let reply = running.send(Ask::new("POST", DATA, path).bearer(&token).json(&body));

        assert_eq!(reply.wrapped(), (400, "BadRequest".to_owned()), "{body}");
    }
    let body = batch("args", json!(null));
    let reply = running.send(Ask::new("POST", DATA, path).bearer(&token).json(&body));
    assert_eq!(reply.status, 200);
}

#[test]
fn a_query_with_a_member_of_a_wrong_type_is_refused() {
    let running = Running::demo();
    let token = running.data_token();
    let path = format!("/queryPipelineRuns?{VERSION}");

    for (member, value) in [
        ("lastUpdatedAfter", json!(1)),
        ("lastUpdatedAfter", json!("yesterday")),
        ("lastUpdatedBefore", json!("2026-13-45")),
        ("filters", json!({})),
        ("filters", json!([7])),
        (
            "filters",
            json!([{ "operand": "Status", "operator": "In", "values": "Failed" }]),
        ),
        ("orderBy", json!("RunStart")),
        ("continuationToken", json!("nothing")),
        ("continuationToken", json!(5)),
    ] {
        let mut body = json!({
            "lastUpdatedAfter": "2026-01-01T00:00:00Z",
            "lastUpdatedBefore": "2026-01-02T00:00:00Z"
        });
        body[member] = value;
        let reply = running.send(Ask::new("POST", DATA, &path).bearer(&token).json(&body));

        assert_eq!(reply.wrapped(), (400, "BadRequest".to_owned()), "{body}");
    }
}

#[test]
fn a_notebook_run_with_a_member_of_a_wrong_type_is_refused() {
    let running = Running::demo();
    let path =
        "/notebooks/runs/77777777-7777-4777-8777-777777777777?api-version=2022-03-01-preview";

    let reply = running.send(
        Ask::new("PUT", DATA, path)
            .bearer(&running.data_token())
            .json(&json!({ "notebook": {}, "sparkPool": 7 })),
    );

    assert_eq!(reply.wrapped(), (400, "BadRequest".to_owned()));
}
