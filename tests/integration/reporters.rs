//! What is written where.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

const RULES: &str = "version: 1\nrules:\n  - request: A\n    expect: {status: 200}\n  - request: B\n    \
    expect: {status: 200}\n";

/// Runs three requests in a folder: one passes, one fails its rule, one gets no answer.
fn run(arguments: &[&str]) -> Outcome {
    let server = Server::start(|request| match request.target() {
        "/a?q=1" => Answer::json(&json!({"a": 1})),
        "/b" => Answer::status("404 Not Found").body("no such thing"),
        _ => Answer::Close,
    });
    let items = json!([{"name": "Folder", "item": [
        get("A", server.url("/a?q=1")), get("B", server.url("/b")), get("C", server.url("/c"))
    ]}]);
    Postrider::with_collection(&collection(items))
        .file("rules.yaml", RULES)
        .arguments(&["--rules", "rules.yaml"])
        .arguments(arguments)
        .run()
}

#[test]
fn the_console_report_shows_requests_assertions_summary_and_failures() {
    assert_snapshot!(run(&[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a?q=1 [200 OK, <size>, <time>]
      ✓  status is 200

    ↳ B
      GET http://127.0.0.1:<port>/b [404 Not Found, <size>, <time>]
      1. status is 200

    ↳ C
      GET http://127.0.0.1:<port>/c [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 3 │ 1 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 2 │ 1 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘

      #  failure         detail

     1.  AssertionError  status is 200
                         expected status 200 but got 404 Not Found; the body is no such thing
                         at assertion:0 in test-script
                         inside "Folder / B"

     2.  Error           socket hang up: 127.0.0.1:<port> closed the connection without an answer
                         at request
                         inside "Folder / C"
                         hint: look at the server's log: it gave up before it answered
    "#);
}

#[test]
fn the_console_report_can_be_drawn_in_ascii() {
    let outcome = run(&["--disable-unicode"]);

    let text = outcome.to_snapshot();
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn colour_is_used_only_when_asked() {
    let plain = run(&[]);
    let colored = run(&["--color", "on"]);

    assert!(!plain.stdout.contains('\u{1b}'), "{}", plain.stdout);
    assert!(colored.stdout.contains("\u{1b}["), "{}", colored.stdout);
}

#[test]
fn silent_leaves_the_console_alone() {
    assert_snapshot!(run(&["--silent"]).to_snapshot(), @"exit code: 1");
}

#[test]
fn parts_of_the_console_report_can_be_left_out() {
    let arguments = [
        "--reporter-cli-no-banner",
        "--reporter-cli-no-summary",
        "--reporter-cli-no-failures",
    ];

    assert_snapshot!(run(&arguments).to_snapshot(), @"
    exit code: 1
    --- stdout
    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a?q=1 [200 OK, <size>, <time>]
      ✓  status is 200

    ↳ B
      GET http://127.0.0.1:<port>/b [404 Not Found, <size>, <time>]
      1. status is 200

    ↳ C
      GET http://127.0.0.1:<port>/c [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered
    ");
}

#[test]
fn whole_exchanges_are_shown_when_asked() {
    let outcome = run(&[
        "--verbose",
        "--reporter-cli-no-summary",
        "--reporter-cli-no-failures",
    ]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a?q=1
      200 OK ★ <time> time ★ <size>↑ <size>↓ size ★ 7↑ 2↓ headers ★ 0 cookies
      ┌ ↑ request
      │ GET /a?q=1 HTTP/1.1
      │ User-Agent: postrider/<version>
      │ Accept: */*
      │ Cache-Control: no-cache
      │ Postman-Token: 00000000-0000-0000-0000-000000000000
      │ Host: 127.0.0.1:<port>
      │ Accept-Encoding: gzip, deflate, br
      │ Connection: keep-alive
      └
      ┌ ↓ response ★ <size>
      │ HTTP/1.1 200 OK
      │ Content-Type: application/json
      │ Content-Length: 7
      │ 
      │ {"a":1}
      └
      connect <time> ★ wait <time> ★ download <time>
      first byte <time> ★ total <time>
      ✓  status is 200

    ↳ B
      GET http://127.0.0.1:<port>/b
      404 Not Found ★ <time> time ★ <size>↑ <size>↓ size ★ 7↑ 1↓ headers ★ 0 cookies
      ┌ ↑ request
      │ GET /b HTTP/1.1
      │ User-Agent: postrider/<version>
      │ Accept: */*
      │ Cache-Control: no-cache
      │ Postman-Token: 00000000-0000-0000-0000-000000000000
      │ Host: 127.0.0.1:<port>
      │ Accept-Encoding: gzip, deflate, br
      │ Connection: keep-alive
      └
      ┌ ↓ response ★ <size>
      │ HTTP/1.1 404 Not Found
      │ Content-Length: 13
      │ 
      │ no such thing
      └
      wait <time> ★ download <time>
      first byte <time> ★ total <time>
      1. status is 200

    ↳ C
      GET http://127.0.0.1:<port>/c [errored]
         socket hang up: 127.0.0.1:<port> closed the connection without an answer
         hint: look at the server's log: it gave up before it answered
      ┌ ↑ request
      │ GET /c HTTP/1.1
      │ User-Agent: postrider/<version>
      │ Accept: */*
      │ Cache-Control: no-cache
      │ Postman-Token: 00000000-0000-0000-0000-000000000000
      │ Host: 127.0.0.1:<port>
      │ Accept-Encoding: gzip, deflate, br
      │ Connection: keep-alive
      └
      connect <time>
      total <time>
    "#);
}

#[test]
fn the_json_report_has_newmans_structure() {
    let outcome = run(&["-r", "json", "--reporter-json-export", "report.json"]).expect_code(1);

    assert_eq!(outcome.stdout, "");
    let report = outcome.json("report.json");
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .map(|members| members.keys().cloned().collect())
            .unwrap_or_default()
    };
    assert_eq!(
        keys(&report),
        ["collection", "run", "environment", "globals"]
    );
    assert_eq!(
        keys(&report["run"]),
        [
            "executions",
            "stats",
            "timings",
            "transfers",
            "failures",
            "error"
        ]
    );
}

#[test]
fn the_json_report_tells_what_happened() {
    let outcome = run(&["-r", "json", "--reporter-json-export", "report.json"]).expect_code(1);

    let report = outcome.json("report.json");
    let run = &report["run"];
    assert_eq!(report["collection"]["info"]["name"], "Sample");
    assert_eq!(
        run["stats"]["requests"],
        json!({"total": 3, "pending": 0, "failed": 1})
    );
    assert_eq!(
        run["stats"]["assertions"],
        json!({"total": 2, "pending": 0, "failed": 1})
    );
    let executions = run["executions"].as_array().unwrap();
    let codes: Vec<&Value> = executions
        .iter()
        .map(|it| &it["response"]["code"])
        .collect();
    assert_eq!(codes, [&json!(200), &json!(404), &Value::Null]);
    assert_eq!(executions[0]["item"]["name"], "A");
    assert_eq!(executions[0]["assertions"][0]["assertion"], "status is 200");
    assert_eq!(executions[0]["assertions"][0].get("error"), None);
    assert_eq!(
        executions[1]["assertions"][0]["error"]["name"],
        "AssertionError"
    );
    assert_eq!(run["failures"].as_array().unwrap().len(), 2);
    assert_eq!(run["failures"][1]["error"]["code"], "ECONNRESET");
}

#[test]
fn a_body_can_be_read_out_of_the_json_report() {
    let outcome = run(&["-r", "json", "--reporter-json-export", "report.json"]).expect_code(1);

    let report = outcome.json("report.json");
    let stream = &report["run"]["executions"][0]["response"]["stream"];
    let bytes: Vec<u8> = serde_json::from_value(stream["data"].clone()).unwrap();
    assert_eq!(stream["type"], "Buffer");
    assert_eq!(bytes, br#"{"a":1}"#);
}

#[test]
fn the_junit_report_counts_and_names_everything() {
    let outcome = run(&["-r", "junit", "--reporter-junit-export", "report.xml"]).expect_code(1);

    assert_eq!(outcome.stdout, "");
    let text = outcome.read("report.xml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    assert_eq!(root.attribute("name"), Some("Sample"));
    assert_eq!(
        (root.attribute("failures"), root.attribute("errors")),
        (Some("1"), Some("1"))
    );
    let cases: Vec<String> = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"))
        .map(|case| {
            let result = case.children().find(roxmltree::Node::is_element);
            let result = result.map_or("passed", |result| result.tag_name().name());
            let suite = case.parent().and_then(|suite| suite.attribute("name"));
            format!(
                "{} | {} | {result}",
                suite.unwrap(),
                case.attribute("name").unwrap()
            )
        })
        .collect();
    assert_snapshot!(cases.join("\n"), @"
    Folder / A | request | passed
    Folder / A | status is 200 | passed
    Folder / B | request | passed
    Folder / B | status is 200 | failure
    Folder / C | request | error
    ");
}

#[test]
fn several_reporters_work_side_by_side() {
    let outcome = run(&["-r", "json,cli", "--reporter-json-export", "report.json"]).expect_code(1);
    let alone = run(&[]);

    assert!(outcome.json("report.json").is_object());
    assert_eq!(outcome.to_snapshot(), alone.to_snapshot());
}

#[test]
fn folders_of_a_report_are_made() {
    let outcome = run(&[
        "-r",
        "json",
        "--reporter-json-export",
        "new/deep/report.json",
    ]);

    assert!(outcome.json("new/deep/report.json").is_object());
}

#[test]
fn a_report_without_a_path_goes_to_a_folder_of_its_own() {
    let outcome = run(&["-r", "json,junit"]).expect_code(1);

    assert_eq!(
        outcome.files(),
        ["collection.json", "postrider", "rules.yaml"]
    );
}

#[test]
fn a_report_leaves_no_other_file_behind() {
    let outcome = run(&[
        "-r",
        "json,junit",
        "--reporter-json-export",
        "a.json",
        "--reporter-junit-export",
        "a.xml",
    ]);

    assert_eq!(
        outcome.files(),
        ["a.json", "a.xml", "collection.json", "rules.yaml"]
    );
}

#[test]
fn a_report_in_a_folder_that_cannot_be_made_is_told() {
    let server = Server::start(|_| Answer::ok(""));

    let outcome = Postrider::with_collection(&collection(json!([get("A", server.url("/"))])))
        .file("occupied", "")
        .arguments(&[
            "-r",
            "cli,junit",
            "--reporter-junit-export",
            "occupied/deep/report.xml",
        ])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 5
    error: cannot write the junit report
      caused by: cannot make the folder `occupied/deep`
      caused by: Not a directory (os error 20)

    hint: check the path, its permissions and the free space
    ");
}

#[test]
fn a_secret_environment_is_hidden_in_the_json_report() {
    let server = Server::start(|_| Answer::ok(""));
    let environment = json!({"values": [
        {"key": "open", "value": "shown"}, {"key": "hidden", "value": "no-one-sees-this", "type": "secret"}
    ]});

    let outcome =
        Postrider::with_collection(&collection(json!([get("A", server.url("/{{hidden}}"))])))
            .file("environment.json", environment.to_string())
            .arguments(&[
                "-e",
                "environment.json",
                "-r",
                "json",
                "--reporter-json-export",
                "r.json",
            ])
            .run()
            .expect_code(0);

    let report = outcome.json("r.json");
    assert_eq!(report["environment"]["values"][0]["value"], "shown");
    assert_eq!(report["environment"]["values"][1]["value"], "***");
    assert!(!outcome.read("r.json").contains("no-one-sees-this"));
}
