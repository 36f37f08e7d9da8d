//! Prerequest and test scripts: what they change, and what follows from them.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

/// An item with a prerequest and a test script; either may be empty.
fn item(name: &str, url: String, prerequest: &str, test: &str) -> Value {
    let mut item = get(name, url);
    item["event"] = events(prerequest, test);
    item
}

fn events(prerequest: &str, test: &str) -> Value {
    [("prerequest", prerequest), ("test", test)]
        .into_iter()
        .filter(|(_, source)| !source.is_empty())
        .map(|(listen, source)| json!({"listen": listen, "script": {"exec": source.lines().collect::<Vec<_>>()}}))
        .collect()
}

fn server() -> Server {
    Server::start(|_| Answer::json(&json!({"token": "t0ken", "count": 2})))
}

fn run(items: Value, arguments: &[&str]) -> Outcome {
    Postrider::run_collection(&collection(items), arguments)
}

/// Runs one request with a test script.
fn run_test(script: &str) -> Outcome {
    let server = server();
    run(json!([item("A", server.url("/"), "", script)]), &[])
}

#[test]
fn tests_that_pass_give_0() {
    run_test(
        "pm.test('status', () => pm.response.to.have.status(200));\n\
         pm.test('body', () => pm.expect(pm.response.json().count).to.equal(2));",
    )
    .expect_code(0);
}

#[test]
fn a_test_that_fails_gives_1() {
    run_test("pm.test('status', () => pm.response.to.have.status(201));").expect_code(1);
}

#[test]
fn a_script_that_throws_gives_1() {
    run_test("null.x").expect_code(1);
}

#[test]
fn a_script_that_cannot_be_parsed_gives_1() {
    run_test("pm.test('a', () => {").expect_code(1);
}

#[test]
fn a_test_that_is_skipped_is_no_failure() {
    run_test("pm.test.skip('later', () => { throw new Error('never'); });").expect_code(0);
}

#[test]
fn a_token_is_handed_from_one_request_to_the_next() {
    let server = server();
    let mut next = get("B", server.url("/use"));
    next["request"]["auth"] =
        json!({"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]});
    let items = json!([
        item(
            "A",
            server.url("/token"),
            "",
            "pm.environment.set('token', pm.response.json().token);"
        ),
        next
    ]);

    run(items, &[]).expect_code(0);

    assert_eq!(
        server.requests()[1].header("authorization"),
        Some("Bearer t0ken")
    );
}

#[test]
fn a_prerequest_script_sets_variables_for_its_request() {
    let server = server();
    let script =
        "pm.variables.set('a', 1); pm.globals.set('b', 2); pm.collectionVariables.set('c', 3);";

    run(
        json!([item("A", server.url("/{{a}}/{{b}}/{{c}}"), script, "")]),
        &[],
    )
    .expect_code(0);

    assert_eq!(server.lines(), ["GET /1/2/3"]);
}

#[test]
fn a_prerequest_script_changes_its_request_for_this_time_only() {
    let server = server();
    let script =
        "if (pm.info.iteration === 0) {\n  pm.request.headers.add({key: 'X-Once', value: '1'});\n}";

    run(
        json!([item("A", server.url("/"), script, "")]),
        &["-n", "2"],
    )
    .expect_code(0);

    let requests = server.requests();
    assert_eq!(requests[0].header("x-once"), Some("1"));
    assert_eq!(requests[1].header("x-once"), None);
}

#[test]
fn a_request_can_be_skipped() {
    let server = server();
    let items = json!([
        item(
            "A",
            server.url("/a"),
            "pm.execution.skipRequest();",
            "pm.test('a', () => { throw 1; });"
        ),
        get("B", server.url("/b"))
    ]);

    run(items, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /b"]);
}

#[test]
fn scripts_run_from_the_collection_inwards() {
    let server = server();
    let mark = |name: &str| {
        format!("pm.globals.set('trace', (pm.globals.get('trace') || '') + '{name}');")
    };
    let mut folder = json!({"name": "F", "item": [
        item("A", server.url("/{{trace}}"), &mark("r"), &mark("R")),
        get("B", server.url("/{{trace}}"))
    ]});
    folder["event"] = events(&mark("f"), &mark("F"));
    let mut collection = collection(json!([folder]));
    collection["event"] = events(&mark("c"), &mark("C"));

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.lines(), ["GET /cfr", "GET /cfrCFRcf"]);
}

/// A request that asks for itself again until a counter has run out, in either spelling.
fn loops(call: &str) {
    let server = server();
    let script = format!(
        "const left = Number(pm.environment.get('left') || 4) - 1;\n\
         pm.environment.set('left', left);\n\
         if (left > 0) {{ {call}(pm.info.requestName); }}"
    );

    run(
        json!([
            item("A", server.url("/a"), "", &script),
            get("B", server.url("/b"))
        ]),
        &[],
    )
    .expect_code(0);

    assert_eq!(
        server.lines(),
        ["GET /a", "GET /a", "GET /a", "GET /a", "GET /b"]
    );
}

#[test]
fn a_request_may_ask_for_itself_again() {
    loops("pm.execution.setNextRequest");
    loops("postman.setNextRequest");
}

#[test]
fn a_request_may_jump_over_others() {
    let server = server();
    let items = json!([
        item(
            "A",
            server.url("/a"),
            "",
            "pm.execution.setNextRequest('C');"
        ),
        get("B", server.url("/b")),
        get("C", server.url("/c"))
    ]);

    run(items, &["-n", "2"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a", "GET /c"].repeat(2));
}

#[test]
fn a_next_request_of_null_ends_the_iteration() {
    let server = server();
    let items = json!([
        item(
            "A",
            server.url("/a"),
            "",
            "pm.execution.setNextRequest(null);"
        ),
        get("B", server.url("/b"))
    ]);

    run(items, &["-n", "2"]).expect_code(0);

    assert_eq!(server.lines(), ["GET /a", "GET /a"]);
}

#[test]
fn test_scripts_run_without_a_response_too() {
    let server = Server::start(|_| Answer::Close);
    let script = "pm.environment.set('seen', 'yes');\n\
        pm.test('no response', () => pm.expect(pm.response).to.be.undefined);";
    let arguments = ["-r", "json", "--reporter-json-export", "report.json"];

    let outcome = run(json!([item("A", server.url("/"), "", script)]), &arguments).expect_code(1);

    let report = outcome.json("report.json");
    assert_eq!(report["environment"]["values"][0]["value"], "yes");
}

#[test]
fn bail_stops_after_a_failed_test() {
    let server = server();
    let items = json!([
        item(
            "A",
            server.url("/a"),
            "",
            "pm.test('no', () => pm.expect(1).to.equal(2));"
        ),
        get("B", server.url("/b"))
    ]);

    run(items, &["--bail"]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn bail_in_folder_mode_stops_at_a_script_error_only() {
    let server = server();
    let items = json!([
        item(
            "A",
            server.url("/a"),
            "",
            "pm.test('no', () => pm.expect(1).to.equal(2));"
        ),
        item("B", server.url("/b"), "", "undefinedName"),
        get("C", server.url("/c"))
    ]);

    run(items, &["--bail", "folder"]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
}

#[test]
fn a_script_without_end_is_stopped() {
    let server = server();
    let items = json!([
        item("A", server.url("/a"), "", "while (true) {}"),
        get("B", server.url("/b"))
    ]);

    run(items, &["--timeout-script", "200"]).expect_code(1);

    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
}

#[test]
fn the_legacy_names_work() {
    let server = server();
    let script = "tests['code'] = responseCode.code === 200;\n\
        tests['body'] = JSON.parse(responseBody).token === 't0ken';\n\
        tests['time'] = responseTime >= 0;\n\
        postman.setEnvironmentVariable('e', JSON.parse(responseBody).count);\n\
        postman.setGlobalVariable('g', environment.e);";
    let items = json!([
        item("A", server.url("/a"), "", script),
        get("B", server.url("/{{e}}/{{g}}"))
    ]);

    run(items, &[]).expect_code(0);

    assert_eq!(server.lines()[1], "GET /2/2");
}

#[test]
fn a_legacy_test_that_is_false_fails() {
    run_test("tests['code'] = responseCode.code === 201;").expect_code(1);
}

#[test]
fn cookies_are_seen_by_scripts() {
    let server = Server::start(|_| Answer::ok("").header("Set-Cookie", "session=1; Path=/"));
    let script = "pm.test('cookie', () => pm.expect(pm.cookies.get('session')).to.equal('1'));";

    run(json!([item("A", server.url("/"), "", script)]), &[]).expect_code(0);
}

#[test]
fn a_secret_stays_hidden_on_the_console_of_a_script() {
    let server = server();
    let environment = json!({"values": [
        {"key": "secret", "value": "s3cret-value", "type": "secret"}, {"key": "token", "value": "", "type": "secret"}
    ]});
    let script = "const token = 'fr3sh-' + 't0ken';\n\
        pm.environment.set('token', token);\n\
        console.log(pm.environment.get('secret'), {deep: [token]});\n\
        pm.test(token, () => pm.expect('s3cret-value').to.equal(token));";

    let outcome =
        Postrider::with_collection(&collection(json!([item("A", server.url("/"), "", script)])))
            .file("environment.json", environment.to_string())
            .arguments(&[
                "-e",
                "environment.json",
                "-r",
                "cli,json",
                "--reporter-json-export",
                "r.json",
            ])
            .run()
            .expect_code(1);

    let everything = [
        outcome.stdout.as_str(),
        &outcome.stderr,
        &outcome.read("r.json"),
    ]
    .join("\n");
    assert!(!everything.contains("s3cret-value"), "{everything}");
    assert!(!everything.contains("fr3sh-t0ken"), "{everything}");
}

#[test]
fn scripts_share_undeclared_names_unless_they_are_isolated() {
    for (arguments, found) in [
        (&[][..], "'number', 'number'"),
        (&["--isolate-scripts"], "'undefined', 'number'"),
    ] {
        let leave = "left = 1; pm.globals.set('kept', 1);";
        let look = "console.log(typeof left, typeof pm.globals.get('kept'));";
        let server = server();
        let items = json!([item("A", server.url("/"), leave, look)]);

        let outcome = Postrider::with_collection(&collection(items))
            .arguments(arguments)
            .run()
            .expect_code(0);

        let line = outcome.stdout.lines().find(|line| line.contains("│ '"));
        assert_eq!(line.map(str::trim), Some(format!("│ {found}").as_str()));
    }
}
