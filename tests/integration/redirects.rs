//! Following redirects.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Request, Server, collection, get};

/// Redirects from `/from` to `/to` with this status.
fn redirecting(status: &'static str) -> Server {
    Server::start(move |request| match request.target() {
        "/from" => Answer::redirect(status, "/to"),
        _ => Answer::ok("arrived"),
    })
}

/// Method, target and body of each request.
fn summary(server: &Server) -> Vec<String> {
    let text = |request: &Request| {
        format!(
            "{} {} {}",
            request.method(),
            request.target(),
            request.text()
        )
    };
    server.requests().iter().map(text).collect()
}

fn send(method: &str, url: String) -> Value {
    collection(json!([{"name": "A", "request": {
        "method": method, "url": url, "body": {"mode": "raw", "raw": "text"}
    }}]))
}

#[test]
fn a_post_becomes_a_get_after_301_302_and_303() {
    for status in ["301 Moved Permanently", "302 Found", "303 See Other"] {
        let server = redirecting(status);

        Postrider::run_collection(&send("POST", server.url("/from")), &[]).expect_code(0);

        assert_eq!(
            summary(&server),
            ["POST /from text", "GET /to "],
            "{status}"
        );
        let last = &server.requests()[1];
        assert_eq!(last.header("content-type"), None, "{status}");
        assert_eq!(last.header("content-length"), None, "{status}");
    }
}

#[test]
fn method_and_body_are_kept_after_307_and_308() {
    for status in ["307 Temporary Redirect", "308 Permanent Redirect"] {
        let server = redirecting(status);

        Postrider::run_collection(&send("PUT", server.url("/from")), &[]).expect_code(0);

        assert_eq!(
            summary(&server),
            ["PUT /from text", "PUT /to text"],
            "{status}"
        );
        assert_eq!(
            server.requests()[1].header("content-length"),
            Some("4"),
            "{status}"
        );
    }
}

#[test]
fn a_head_request_stays_one() {
    let server = redirecting("303 See Other");

    Postrider::run_collection(&send("HEAD", server.url("/from")), &[]).expect_code(0);

    assert_eq!(summary(&server), ["HEAD /from ", "HEAD /to "]);
}

#[test]
fn a_request_may_keep_its_method_on_every_redirect() {
    let server = redirecting("302 Found");
    let mut collection = send("POST", server.url("/from"));
    collection["item"][0]["protocolProfileBehavior"] = json!({"followOriginalHttpMethod": true});

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(summary(&server), ["POST /from text", "POST /to text"]);
}

#[test]
fn the_referring_url_is_told() {
    let server = redirecting("302 Found");

    Postrider::run_collection(&collection(json!([get("A", server.url("/from"))])), &[])
        .expect_code(0);

    let requests = server.requests();
    assert_eq!(requests[0].header("referer"), None);
    assert_eq!(
        requests[1].header("referer"),
        Some(server.url("/from").as_str())
    );
}

#[test]
fn redirects_are_not_followed_when_asked() {
    let server = redirecting("302 Found");

    let collection = collection(json!([get("A", server.url("/from"))]));
    Postrider::run_collection(&collection, &["--ignore-redirects"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /from"]);
}

#[test]
fn a_request_may_follow_no_redirects() {
    let server = redirecting("302 Found");
    let mut item = get("A", server.url("/from"));
    item["protocolProfileBehavior"] = json!({"followRedirects": false});

    Postrider::run_collection(&collection(json!([item])), &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /from"]);
}

#[test]
fn a_redirect_without_a_location_is_a_response_like_any_other() {
    let server = Server::start(|_| Answer::status("304 Not Modified"));

    let collection = collection(json!([get("A", server.url("/"))]));
    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /"]);
}

#[test]
fn a_loop_ends_after_ten_redirects_and_fails() {
    let server = Server::start(|_| Answer::redirect("302 Found", "/again"));

    let collection = collection(json!([get("A", server.url("/again"))]));
    let outcome = Postrider::run_collection(&collection, &["--reporter-cli-no-summary"]);

    assert_eq!(server.requests().len(), 11);
    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/again [errored]
         Exceeded maxRedirects. Probably stuck in a redirect loop http://127.0.0.1:<port>/again
         hint: look at the Location header fields of the responses

      #  failure  detail

     1.  Error    Exceeded maxRedirects. Probably stuck in a redirect loop http://127.0.0.1:<port>/again
                  at request
                  inside "A"
                  hint: look at the Location header fields of the responses
    "#);
}

#[test]
fn a_request_may_set_its_own_limit() {
    let server = Server::start(|_| Answer::redirect("302 Found", "/again"));
    let mut item = get("A", server.url("/again"));
    item["protocolProfileBehavior"] = json!({"maxRedirects": 2});

    Postrider::run_collection(&collection(json!([item])), &[]).expect_code(1);

    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_location_that_is_no_url_fails_the_request() {
    let server = Server::start(|_| Answer::redirect("302 Found", "mailto:someone@a.example"));

    let collection = collection(json!([get("A", server.url("/"))]));
    let outcome = Postrider::run_collection(&collection, &["--reporter-cli-no-summary"]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/ [errored]
         the redirect leads to `mailto:someone@a.example`, which is not an http or https URL
         hint: look at the Location header fields of the responses

      #  failure  detail

     1.  Error    the redirect leads to `mailto:someone@a.example`, which is not an http or https URL
                  at request
                  inside "A"
                  hint: look at the Location header fields of the responses
    "#);
}

/// Sends a request with credentials to a server that redirects to another one, and gives what came there.
fn at_other_origin(behavior: Value) -> Request {
    let other = Server::start(|_| Answer::ok(""));
    let location = other.url("/to");
    let server =
        Server::start(move |_| Answer::redirect("307 Temporary Redirect", location.clone()));
    let collection = collection(json!([{
        "name": "A",
        "protocolProfileBehavior": behavior,
        "request": {
            "method": "GET", "url": server.url("/from"),
            "header": [{"key": "Cookie", "value": "own=1"}, {"key": "X-Own", "value": "1"}],
            "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t0ken"}]}
        }
    }]));

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(
        server.request().header("authorization"),
        Some("Bearer t0ken")
    );
    let port = other.port();
    let request = other.request();
    assert_eq!(
        request.header("host"),
        Some(format!("127.0.0.1:{port}").as_str())
    );
    request
}

#[test]
fn credentials_stay_with_their_origin() {
    let request = at_other_origin(json!({}));

    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("cookie"), None);
    assert_eq!(request.header("x-own"), Some("1"));
}

#[test]
fn a_request_may_send_its_credentials_to_another_origin() {
    let request = at_other_origin(json!({"followAuthorizationHeader": true}));

    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
}

#[test]
fn credentials_follow_within_their_origin() {
    let server = redirecting("302 Found");
    let collection = collection(json!([{"name": "A", "request": {
        "method": "GET", "url": server.url("/from"),
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t0ken"}]}
    }}]));

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(
        server.requests()[1].header("authorization"),
        Some("Bearer t0ken")
    );
}

#[test]
fn a_cookie_set_on_a_redirect_is_sent_once_to_its_target() {
    let server = Server::start(|request| match request.target() {
        "/from" => Answer::redirect("302 Found", "/to").header("Set-Cookie", "new=2; Path=/"),
        "/set" => Answer::ok("").header("Set-Cookie", "old=1; Path=/"),
        _ => Answer::ok(""),
    });

    let items = json!([get("A", server.url("/set")), get("B", server.url("/from"))]);
    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    let requests = server.requests();
    assert_eq!(requests[1].header("cookie"), Some("old=1"));
    assert_eq!(requests[2].header("cookie"), Some("old=1; new=2"));
}

#[test]
fn the_response_of_the_last_request_counts() {
    let server = redirecting("302 Found");
    let rules = "version: 1\nrules:\n  - request: A\n    expect: {status: 200}\n";

    Postrider::with_collection(&collection(json!([get("A", server.url("/from"))])))
        .file("rules.yaml", rules)
        .arguments(&["--rules", "rules.yaml"])
        .run()
        .expect_code(0);
}
