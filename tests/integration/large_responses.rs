//! Contents that are not kept in memory, and contents that are saved.

use std::io::Read;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Sends 2000 bytes at `/large`, the same in gzip at `/gzip`, and JSON elsewhere.
fn server() -> Server {
    Server::start(|request| match request.target() {
        "/large" => Answer::ok("x".repeat(2000)).header("Content-Type", "text/plain"),
        "/gzip" => {
            let content = "x".repeat(2000);
            let mut encoded = Vec::new();
            flate2::read::GzEncoder::new(content.as_bytes(), flate2::Compression::best())
                .read_to_end(&mut encoded)
                .unwrap();
            Answer::ok(encoded).header("Content-Encoding", "gzip")
        }
        _ => Answer::ok("{}").header("Content-Type", "application/json; charset=utf-8"),
    })
}

fn with_test(name: &str, url: String, script: &str) -> Value {
    json!({
        "name": name,
        "request": url,
        "event": [{"listen": "test", "script": {"exec": script}}]
    })
}

fn run(items: Value, arguments: &[&str]) -> Outcome {
    Postrider::with_collection(&collection(items))
        .arguments(&["--reporter-cli-no-summary"])
        .arguments(arguments)
        .run()
}

#[test]
fn a_content_above_the_limit_does_no_harm_to_scripts_that_do_not_read_it() {
    let server = server();
    let script = "pm.test('size', () => pm.expect(pm.response.responseSize).to.eql(2000));\
        pm.test('status', () => pm.response.to.have.status(200));";

    for path in ["/large", "/gzip"] {
        let items = json!([
            with_test("A", server.url(path), script),
            get("B", server.url("/b"))
        ]);
        run(items, &["--max-response-size", "1kB"]).expect_code(0);
    }

    assert_eq!(
        server.lines(),
        ["GET /large", "GET /b", "GET /gzip", "GET /b"]
    );
}

#[test]
fn a_script_that_reads_it_fails_and_is_told_why() {
    let server = server();
    let script = "pm.test('text', () => pm.response.text());\
        pm.test('json', () => pm.response.json());\
        pm.sendRequest(pm.request.url.toString(), (error, response) => {\
            pm.test('another', () => response.text());\
        });";
    let items = json!([with_test("A", server.url("/large"), script)]);

    let outcome = run(items, &["--max-response-size", "1kB"]).expect_code(1);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/large [200 OK, <size>, <time>]
      1. text
      2. json
      GET http://127.0.0.1:<port>/large [200 OK, <size>, <time>]
      3. another

      #  failure  detail

     1.  Error    text
                  the content of the response (2000 bytes) is larger than --max-response-size
                  at assertion:0 in test-script:1:35
                  inside "A"

     2.  Error    json
                  the content of the response (2000 bytes) is larger than --max-response-size
                  at assertion:1 in test-script:1:77
                  inside "A"

     3.  Error    another
                  the content of the response (2000 bytes) is larger than --max-response-size
                  at assertion:2 in test-script:1:183
                  inside "A"
    "#);
}

#[test]
fn contents_are_saved_whatever_their_size() {
    let server = server();
    let items = json!([
        get("A", server.url("/large")),
        get("B", server.url("/gzip")),
        get("C", server.url("/json"))
    ]);

    let arguments = [
        "--max-response-size",
        "1kB",
        "--save-responses",
        "out/saved",
        "--verbose",
        "-r",
        "json,cli",
        "--reporter-json-export",
        "r.json",
    ];
    let outcome = run(items, &arguments).expect_code(0);

    let large = "x".repeat(2000);
    assert_eq!(outcome.read("out/saved/0001-200.txt"), large);
    assert_eq!(outcome.read("out/saved/0002-200.bin"), large);
    assert_eq!(outcome.read("out/saved/0003-200.json"), "{}");
    let executions = &outcome.json("r.json")["run"]["executions"];
    let response = &executions[0]["response"];
    assert_eq!(response["savedTo"], "out/saved/0001-200.txt");
    assert_eq!(
        (&response["responseSize"], &response["stream"]["data"]),
        (&json!(2000), &json!([]))
    );
    let said: Vec<&str> = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("saved"))
        .map(str::trim)
        .collect();
    assert_snapshot!(said.join("\n"), @"
    the content of the response (2000 bytes) is larger than --max-response-size; it was saved to `out/saved/0001-200.txt`
    the content of the response (2000 bytes) is larger than --max-response-size; it was saved to `out/saved/0002-200.bin`
    saved to out/saved/0003-200.json
    ");
}

#[test]
fn a_content_that_is_too_large_before_it_is_decoded_fails_the_request() {
    let server = server();
    let arguments = ["--max-response-size", "5", "--reporter-cli-no-failures"];

    let outcome = run(json!([get("A", server.url("/gzip"))]), &arguments);

    assert_snapshot!(outcome.expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/gzip [errored]
         the content is larger than --max-response-size (5 bytes) before it is decoded
         hint: raise --max-response-size
    ");
}

#[test]
fn a_content_that_cannot_be_saved_fails_the_request() {
    let server = server();

    let outcome = Postrider::with_collection(&collection(json!([get("A", server.url("/b"))])))
        .file("taken", "")
        .arguments(&["--save-responses", "taken"])
        .arguments(&["--reporter-cli-no-summary", "--reporter-cli-no-failures"])
        .run();

    assert_snapshot!(outcome.expect_code(1).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/b [errored]
         cannot save the response to `taken/0001-200.json`: File exists (os error 17)
         hint: check the folder of --save-responses and the free space
    ");
}

#[test]
fn newman_keeps_everything() {
    let server = server();
    let script = "pm.test('text', () => pm.expect(pm.response.text().length).to.eql(2000));";
    let items = json!([with_test("A", server.url("/large"), script)]);

    run(items, &["--newman-compat"]).expect_code(0);
}

#[test]
fn a_limit_that_is_no_size_is_refused() {
    for size in ["0", "x", "1TB", "-1", "99999999999GB"] {
        let argument = format!("--max-response-size={size}");
        run(json!([]), &[&argument]).expect_code(2);
    }
}
