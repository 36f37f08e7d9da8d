//! Servers that are slow, silent or gone.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn ask(server: &Server, arguments: &[&str]) -> Outcome {
    Postrider::with_collection(&collection(json!([get("A", server.url("/a"))])))
        .arguments(arguments)
        .arguments(&["--reporter-cli-no-summary"])
        .run()
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let server = Server::start(|_| Answer::silence());

    assert_snapshot!(ask(&server, &["--timeout-request", "300"]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         ESOCKETTIMEDOUT: no answer from 127.0.0.1:<port> within 300 ms
         hint: raise --timeout-request, or find out why the server is slow

      #  failure  detail

     1.  Error    ESOCKETTIMEDOUT: no answer from 127.0.0.1:<port> within 300 ms
                  at request
                  inside "A"
                  hint: raise --timeout-request, or find out why the server is slow
    "#);
}

#[test]
fn a_server_that_stops_in_the_middle_is_given_up() {
    let beginning = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.".to_vec();
    let server = Server::start(move |_| Answer::Stall(beginning.clone()));

    assert_snapshot!(ask(&server, &["--timeout-request", "300"]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         ESOCKETTIMEDOUT: no answer from 127.0.0.1:<port> within 300 ms
         hint: raise --timeout-request, or find out why the server is slow

      #  failure  detail

     1.  Error    ESOCKETTIMEDOUT: no answer from 127.0.0.1:<port> within 300 ms
                  at request
                  inside "A"
                  hint: raise --timeout-request, or find out why the server is slow
    "#);
}

#[test]
fn the_run_goes_on_after_a_timeout() {
    let server = Server::start(|request| match request.target() {
        "/slow" => Answer::silence(),
        _ => Answer::ok(""),
    });
    let items = json!([get("A", server.url("/slow")), get("B", server.url("/next"))]);

    Postrider::run_collection(&collection(items), &["--timeout-request", "300"]).expect_code(1);

    assert_eq!(server.lines(), ["GET /slow", "GET /next"]);
}

#[test]
fn a_server_that_closes_the_connection_without_an_answer_fails_the_request() {
    let server = Server::start(|_| Answer::Close);

    assert_snapshot!(ask(&server, &[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered

      #  failure  detail

     1.  Error    socket hang up: 127.0.0.1:<port> closed the connection without an answer
                  at request
                  inside "A"
                  hint: look at the server's log: it gave up before it answered
    "#);
}

#[test]
fn a_response_that_ends_too_early_fails_the_request() {
    let beginning = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.".to_vec();
    let server = Server::start(move |_| Answer::Raw(beginning.clone()));

    assert_snapshot!(ask(&server, &[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         aborted: 127.0.0.1:<port> closed the connection in the middle of its answer
         hint: look at the server's log, and at the limits of the proxies in between

      #  failure  detail

     1.  Error    aborted: 127.0.0.1:<port> closed the connection in the middle of its answer
                  at request
                  inside "A"
                  hint: look at the server's log, and at the limits of the proxies in between
    "#);
}

#[test]
fn an_answer_that_is_not_http_fails_the_request() {
    let server = Server::start(|_| Answer::Raw(b"220 mail.example ESMTP\r\n".to_vec()));

    assert_snapshot!(ask(&server, &[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         Parse Error: 127.0.0.1:<port> does not answer in HTTP: invalid HTTP version parsed
         hint: check the port, and whether the URL should begin with https

      #  failure  detail

     1.  Error    Parse Error: 127.0.0.1:<port> does not answer in HTTP: invalid HTTP version parsed
                  at request
                  inside "A"
                  hint: check the port, and whether the URL should begin with https
    "#);
}

#[test]
fn a_port_where_nobody_listens_fails_the_request_and_the_hint_says_what_to_do() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/a", listener.local_addr().unwrap());
    drop(listener);

    let collection = collection(json!([get("A", url)]));
    let outcome = Postrider::run_collection(&collection, &["--reporter-cli-no-summary"]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         connect ECONNREFUSED 127.0.0.1:<port>
         hint: start the server, or check host and port of the request's URL

      #  failure  detail

     1.  Error    connect ECONNREFUSED 127.0.0.1:<port>
                  at request
                  inside "A"
                  hint: start the server, or check host and port of the request's URL
    "#);
}

#[test]
fn content_that_is_not_of_its_coding_fails_the_request() {
    let server = Server::start(|_| Answer::ok("not gzip").header("Content-Encoding", "gzip"));

    assert_snapshot!(ask(&server, &[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         the content is not valid gzip: incorrect header check

      #  failure  detail

     1.  Error    the content is not valid gzip: incorrect header check
                  at request
                  inside "A"
    "#);
}

#[test]
fn a_run_whose_time_is_over_fails_and_writes_its_reports() {
    let server = Server::start(|_| Answer::silence());
    let collection = collection(json!([
        get("A", server.url("/a")),
        get("B", server.url("/b"))
    ]));

    let outcome = Postrider::with_collection(&collection)
        .arguments(&["--timeout", "300", "-r", "cli,json,junit"])
        .arguments(&[
            "--reporter-json-export",
            "r.json",
            "--reporter-junit-export",
            "r.xml",
        ])
        .run()
        .expect_code(1);

    assert!(
        outcome
            .stdout
            .contains("The run was stopped when its time was over (--timeout).")
    );
    assert_eq!(
        outcome.json("r.json")["run"]["error"]["message"],
        "callback timed out"
    );
    assert!(
        outcome
            .read("r.xml")
            .contains("the run ran out of time after 1 of 2 requests")
    );
    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn a_script_does_not_outlive_the_run() {
    let mut item = get("A", "http://127.0.0.1:1/");
    item["event"] = json!([{"listen": "prerequest", "script": {"exec": "for (;;) {}"}}]);

    let outcome = Postrider::run_collection(&collection(json!([item])), &["--timeout", "300"]);

    outcome.expect_code(1);
}
