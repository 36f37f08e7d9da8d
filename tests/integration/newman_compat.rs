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
}

#[test]
fn errors_are_lost_where_newman_loses_them() {
    let run = |script: &str, arguments: &[&str]| -> Outcome {
        let server = Server::start(|_| Answer::ok(""));
        let mut item = get("A", server.url("/"));
        item["event"] = json!([{"listen": "test", "script": {"exec": script}}]);
        Postrider::run_collection(&collection(json!([item])), arguments)
    };
    let scripts = [
        "pm.test('t', async () => { throw new Error('x') });",
        "pm.test('t', (done) => {});",
        "setTimeout(() => { throw new Error('x') }, 1);",
        "Promise.reject(new Error('x'));",
    ];

    for script in scripts {
        assert_eq!(run(script, &[]).code, Some(1), "{script}");
        assert_eq!(run(script, &["--newman-compat"]).code, Some(0), "{script}");
    }
}
