//! What `--newman-compat` restores.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// Targets and bodies of a run with and without the flag.
fn both(prepare: impl Fn(&Server) -> Postrider) -> [Vec<String>; 2] {
    [[].as_slice(), &["--newman-compat"]].map(|flags: &[&str]| {
        let server = Server::start(|_| Answer::ok(""));
        prepare(&server).arguments(flags).run();
        let requests = server.requests();
        requests
            .iter()
            .map(|request| request.target().to_owned())
            .collect()
    })
}

fn code(collection: &Value, arguments: &[&str]) -> Option<i32> {
    Postrider::run_collection(collection, arguments).code
}

#[test]
fn variables_that_are_switched_off_and_false_texts_count_as_in_newman() {
    let environment = json!({"values": [
        {"key": "off", "value": "live", "enabled": false},
        {"key": "flag", "value": "false", "type": "boolean"}
    ]});

    let targets = both(|server| {
        Postrider::with_collection(&collection(json!([get(
            "A",
            server.url("/{{off}}/{{flag}}")
        )])))
        .file("e.json", environment.to_string())
        .arguments(&["-e", "e.json"])
    });

    assert_eq!(targets, [["/%7B%7Boff%7D%7D/false"], ["/live/true"]]);
}

#[test]
fn folder_variables_do_not_count() {
    let targets = both(|server| {
        let folder = json!({"name": "F", "variable": [{"key": "v", "value": "1"}],
            "item": [get("A", server.url("/{{v}}"))]});
        Postrider::with_collection(&collection(json!([folder])))
    });

    assert_eq!(targets, [["/1"], ["/%7B%7Bv%7D%7D"]]);
}

#[test]
fn data_is_typed_as_in_newman() {
    let targets = both(|server| {
        Postrider::with_collection(&collection(json!([get("A", server.url("/{{v}}"))])))
            .file("d.csv", "v\n007\n0x10\n")
            .arguments(&["-d", "d.csv"])
    });

    assert_eq!(targets, [["/007", "/0x10"], ["/7", "/0"]]);
}

#[test]
fn a_missing_file_is_left_out_with_a_warning() {
    let server = Server::start(|_| Answer::ok(""));
    let request = json!({"method": "POST", "url": server.url("/"), "body": {
        "mode": "formdata", "formdata": [
            {"key": "gone", "type": "file", "src": "nope.txt"}, {"key": "here", "value": "1"}
        ]
    }});
    let collection = collection(json!([{"name": "A", "request": request}]));

    let outcome = Postrider::run_collection(&collection, &["--newman-compat"]).expect_code(0);

    assert!(
        outcome.stdout.contains("file load error"),
        "{}",
        outcome.stdout
    );
    assert!(!server.request().text().contains("gone"));
}

#[test]
fn every_failure_has_code_1() {
    let unknown = collection(json!([get("A", "http://127.0.0.1:1/")]));

    assert_eq!(code(&unknown, &["--folder", "nope"]), Some(4));
    assert_eq!(
        code(&unknown, &["--folder", "nope", "--newman-compat"]),
        Some(1)
    );
    assert_eq!(code(&collection(json!([])), &[]), Some(4));
    assert_eq!(code(&collection(json!([])), &["--newman-compat"]), Some(0));
    assert_eq!(code(&unknown, &["--no-such-flag"]), Some(2));
    assert_eq!(
        code(&unknown, &["--newman-compat", "--no-such-flag"]),
        Some(1)
    );
}

#[test]
fn files_without_what_they_should_hold_are_empty() {
    let empty = json!({});
    assert_eq!(code(&empty, &[]), Some(3));
    assert_eq!(code(&empty, &["--newman-compat"]), Some(0));

    let server = Server::start(|_| Answer::ok(""));
    let run = |arguments: &[&str]| {
        Postrider::with_collection(&collection(json!([get("A", server.url("/"))])))
            .file("e.json", "{\"name\": \"E\"}")
            .arguments(&["-e", "e.json"])
            .arguments(arguments)
            .run()
            .code
    };
    assert_eq!(run(&[]), Some(3));
    assert_eq!(run(&["--newman-compat"]), Some(0));
}

#[test]
fn a_request_says_it_comes_from_postman() {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([get("A", server.url("/"))]));

    Postrider::run_collection(&collection, &["--newman-compat"]).expect_code(0);

    let request = server.request();
    assert_eq!(request.header("user-agent"), Some("PostmanRuntime/7.39.1"));
}

#[test]
fn exports_are_those_of_newman() {
    let server = Server::start(|_| Answer::ok(""));
    let mut collection = collection(json!([get("A", server.url("/"))]));
    collection["variable"] = json!([
        {"key": "number", "value": "7", "type": "number"},
        {"key": "list", "value": "[1]", "type": "array"},
        {"key": "secret", "value": "x", "type": "secret", "description": "why"}
    ]);
    let environment = json!({"values": [
        {"key": "secret", "value": "x", "type": "secret"},
        {"key": "off", "value": "1", "disabled": true, "description": "why"}
    ]});

    let outcome = Postrider::with_collection(&collection)
        .file("e.json", environment.to_string())
        .arguments(&["-e", "e.json", "--newman-compat", "--show-secrets"])
        .arguments(&["--export-environment", "env.json"])
        .arguments(&["--export-collection", "col.json"])
        .run()
        .expect_code(0);

    let description = json!({"content": "why", "type": "text/plain"});
    assert_eq!(
        outcome.json("env.json")["values"],
        json!([
            {"type": "any", "value": "x", "key": "secret"},
            {"type": "any", "value": "1", "key": "off", "description": description, "disabled": true}
        ])
    );
    assert_eq!(
        outcome.json("col.json")["variable"],
        json!([
            {"key": "number", "value": 7, "type": "number"},
            {"key": "list", "value": "[1]", "type": "array"},
            {"key": "secret", "value": "x", "type": "any", "description": description}
        ])
    );
}

#[test]
fn a_relative_working_directory_refuses_every_file() {
    let run = |arguments: &[&str]| {
        let server = Server::start(|_| Answer::ok(""));
        let body = json!({"mode": "file", "file": {"src": "a.txt"}});
        let request = json!({"method": "POST", "url": server.url("/"), "body": body});
        Postrider::with_collection(&collection(json!([{"name": "A", "request": request}])))
            .file("a.txt", "content")
            .arguments(&["--working-dir", ".", "--no-insecure-file-read"])
            .arguments(arguments)
            .run();
        String::from_utf8(server.request().body).unwrap()
    };

    assert_eq!(run(&[]), "content");
    assert_eq!(run(&["--newman-compat"]), "");
}

#[test]
fn what_a_script_sends_is_read_as_in_newman() {
    let server = Server::start(|_| Answer::ok(""));
    let mut item = get("A", server.url("/"));
    let script = format!(
        "pm.sendRequest({{url: '{}', method: 'POST', header: {{'X-A': '1', 'X-B': 2}},
            body: {{mode: 'urlencoded', urlencoded: {{a: '1'}}}}}}, () => {{}});",
        server.url("/script")
    );
    item["event"] = json!([{"listen": "test", "script": {"exec": script}}]);

    Postrider::run_collection(&collection(json!([item])), &["--newman-compat"]).expect_code(0);

    let requests = server.requests();
    let sent = requests.last().unwrap();
    assert_eq!(sent.header("x-a"), Some("1"));
    assert_eq!(sent.header("x-b"), None);
    assert_eq!(sent.body, b"undefined=");
}

#[test]
fn errors_are_lost_where_newman_loses_them() {
    let run = |script: &str, arguments: &[&str]| -> Outcome {
        let server = Server::start(|_| Answer::ok(""));
        let mut item = get("A", server.url("/"));
        item["event"] = json!([{"listen": "test", "script": {"exec": script}}]);
        Postrider::run_collection(&collection(json!([item])), arguments)
    };
    let lost = [
        "pm.test('t', (done) => {});",
        "setTimeout(() => { throw new Error('x') }, 1);",
        "throw null;",
    ];
    // The end of the process in newman, which has code 1 as well.
    let kept = [
        "pm.test('t', async () => { throw new Error('x') });",
        "Promise.reject(new Error('x'));",
    ];

    for (scripts, code) in [(lost.as_slice(), 0), (&kept, 1)] {
        for script in scripts {
            assert_eq!(run(script, &[]).code, Some(1), "{script}");
            let outcome = run(script, &["--newman-compat"]);
            assert_eq!(outcome.code, Some(code), "{script}");
        }
    }
}
