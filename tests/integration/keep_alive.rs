//! Connections that carry one request after the other, and servers that end them.

use std::sync::atomic::{AtomicUsize, Ordering};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{
    Answer, Authority, Manner, ModernServer, Outcome, Postrider, Proxy, Server, collection, get,
};

/// Answers all requests but those with these numbers, of which the first is 1; there it closes the
/// connection.
fn handler(closing: &'static [usize]) -> impl Fn(&crate::support::Request) -> Answer {
    let count = AtomicUsize::new(0);
    move |_| match closing.contains(&(count.fetch_add(1, Ordering::SeqCst) + 1)) {
        true => Answer::Close,
        false => Answer::ok("ok"),
    }
}

/// A request with this method and content after one that opens the connection.
fn second(server: &Server, method: &str, body: &str, arguments: &[&str]) -> Outcome {
    let second = json!({"name": "B", "request": {
        "method": method,
        "url": server.url("/b"),
        "body": {"mode": "raw", "raw": body}
    }});
    run(json!([get("A", server.url("/a")), second]), arguments)
}

fn run(items: Value, arguments: &[&str]) -> Outcome {
    Postrider::with_collection(&collection(items))
        .arguments(&["--insecure", "--reporter-cli-no-summary"])
        .arguments(arguments)
        .run()
}

#[test]
fn requests_to_one_server_share_a_connection() {
    let server = Server::start(handler(&[]));

    second(&server, "POST", "content", &[]).expect_code(0);

    assert_eq!(server.connection_count(), 1);
}

#[test]
fn a_request_that_may_be_repeated_is_sent_again_when_its_connection_was_closed_meanwhile() {
    for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] {
        let server = Server::start(handler(&[2]));

        second(&server, method, "content", &[]).expect_code(0);

        let line = format!("{method} /b");
        assert_eq!(server.lines(), ["GET /a", &line, &line]);
        assert_eq!(server.connection_count(), 2);
        let requests = server.requests();
        assert_eq!(requests[1], requests[2]);
    }
}

#[test]
fn a_request_that_changes_something_each_time_is_not_sent_again() {
    let server = Server::start(handler(&[2]));

    let outcome = second(&server, "POST", "content", &["--reporter-cli-no-failures"]);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

    → B
      POST http://127.0.0.1:<port>/b [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered
    ");
    assert_eq!(server.lines(), ["GET /a", "POST /b"]);
}

#[test]
fn a_request_is_sent_again_once_only() {
    let server = Server::start(handler(&[2, 3]));

    second(&server, "GET", "", &[]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a", "GET /b", "GET /b"]);
}

#[test]
fn a_connection_that_was_made_for_a_request_is_not_tried_again() {
    let server = Server::start(handler(&[1]));

    run(json!([get("A", server.url("/a"))]), &[]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn newman_never_sends_again() {
    let server = Server::start(handler(&[2]));

    second(&server, "GET", "", &["--newman-compat"]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
}

#[test]
fn connections_over_tls_and_through_tunnels_are_made_anew_as_well() {
    let proxy = Proxy::start(Manner::Open).address();

    for arguments in [&[][..], &["--proxy", proxy.as_str()]] {
        let config = Authority::new().server_config(&["localhost"]);
        let server = Server::start_tls(config, handler(&[2]));
        let url = |path: &str| format!("https://localhost:{}{path}", server.port());

        let items = json!([get("A", url("/a")), get("B", url("/b"))]);
        run(items, arguments).expect_code(0);

        assert_eq!(server.lines(), ["GET /a", "GET /b", "GET /b"]);
    }
}

#[test]
fn connections_of_http2_are_made_anew_as_well() {
    let server = ModernServer::start_closing(&["h2"], 2);
    let url = |path: &str| format!("https://localhost:{}{path}", server.port);

    let items = json!([get("A", url("/a")), get("B", url("/b"))]);
    run(items, &["--http2"]).expect_code(0);
}
