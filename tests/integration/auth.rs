//! Authorization, own and inherited.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection};

/// The `Authorization` fields that the requests of a collection are sent with.
fn authorizations(collection: &Value, server: &Server) -> Vec<Option<String>> {
    let base = format!("base={}", server.url(""));
    let arguments = [
        "--env-var",
        &base,
        "--env-var",
        "token=t0ken",
        "--env-var",
        "user=Zoë",
    ];
    Postrider::run_collection(collection, &arguments).expect_code(0);
    let field =
        |request: &crate::support::Request| request.header("authorization").map(str::to_owned);
    server.requests().iter().map(field).collect()
}

/// The field of one request with this authorization.
fn authorization(auth: Value) -> Option<String> {
    let server = Server::start(|_| Answer::ok(""));
    let request = json!({"method": "GET", "url": "{{base}}/", "auth": auth});
    authorizations(
        &collection(json!([{"name": "A", "request": request}])),
        &server,
    )
    .remove(0)
}

fn bearer(token: &str) -> Value {
    json!({"type": "bearer", "bearer": [{"key": "token", "value": token, "type": "string"}]})
}

#[test]
fn a_bearer_token_is_sent() {
    assert_eq!(
        authorization(bearer("{{token}}")).as_deref(),
        Some("Bearer t0ken")
    );
}

#[test]
fn parameters_of_format_2_0_are_read_as_well() {
    let auth = json!({"type": "bearer", "bearer": {"token": "{{token}}"}});

    assert_eq!(authorization(auth).as_deref(), Some("Bearer t0ken"));
}

#[test]
fn basic_credentials_are_sent_in_base64() {
    let auth = json!({"type": "basic", "basic": [
        {"key": "username", "value": "{{user}}"}, {"key": "password", "value": "a:b c"}
    ]});

    assert_eq!(
        authorization(auth).as_deref(),
        Some("Basic Wm/DqzphOmIgYw==")
    );
}

#[test]
fn credentials_in_the_url_become_a_header_field() {
    let server = Server::start(|_| Answer::ok(""));
    let url = server.url("/a").replace("//", "//us%65r:p%40ss@");

    let collection = collection(json!([{"name": "A", "request": {"method": "GET", "url": url}}]));
    let fields = authorizations(&collection, &server);

    assert_eq!(fields, [Some("Basic dXNlcjpwQHNz".to_owned())]);
    assert_eq!(server.request().target(), "/a");
}

#[test]
fn authorization_is_inherited_from_the_nearest_folder() {
    let server = Server::start(|_| Answer::ok(""));
    let request =
        |name: &str| json!({"name": name, "request": {"method": "GET", "url": "{{base}}/"}});
    let mut collection = collection(json!([
        request("root"),
        {"name": "outer", "auth": bearer("outer"), "item": [
            request("in outer"),
            {"name": "inner", "item": [request("in inner")]},
            {"name": "other", "auth": bearer("other"), "item": [request("in other")]}
        ]}
    ]));
    collection["auth"] = bearer("collection");

    let fields: Vec<String> = authorizations(&collection, &server)
        .into_iter()
        .flatten()
        .collect();

    assert_eq!(
        fields,
        [
            "Bearer collection",
            "Bearer outer",
            "Bearer outer",
            "Bearer other"
        ]
    );
}

#[test]
fn no_authorization_ends_the_inheritance() {
    let server = Server::start(|_| Answer::ok(""));
    let mut collection = collection(json!([
        {"name": "A", "request": {"method": "GET", "url": "{{base}}/", "auth": {"type": "noauth"}}},
        {"name": "F", "auth": {"type": "noauth"}, "item": [
            {"name": "B", "request": {"method": "GET", "url": "{{base}}/"}}
        ]}
    ]));
    collection["auth"] = bearer("collection");

    assert_eq!(authorizations(&collection, &server), [None, None]);
}

#[test]
fn authorization_of_an_unknown_kind_is_warned_of_and_the_request_is_sent() {
    let server = Server::start(|_| Answer::ok(""));
    let request =
        json!({"method": "GET", "url": server.url("/"), "auth": {"type": "carrier-pigeon"}});

    let outcome = Postrider::run_collection(
        &collection(json!([{"name": "A", "request": request}])),
        &["--reporter-cli-no-summary"],
    );

    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      ┌
      │ 'the authorization type carrier-pigeon is not supporte
      │ d; the request is sent without it'
      └
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]
    ");
}
