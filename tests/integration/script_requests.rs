//! Requests that scripts send, and the cookies they share with the run.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

fn scripted(name: &str, url: String, listen: &str, script: &str) -> Value {
    let mut item = get(name, url);
    item["event"] =
        json!([{"listen": listen, "script": {"exec": script.lines().collect::<Vec<_>>()}}]);
    item
}

/// Answers with the path and the fields that matter here.
fn server() -> Server {
    Server::start(|request| {
        let answer = Answer::json(&json!({
            "target": request.target(),
            "method": request.method(),
            "body": request.text(),
            "cookie": request.header("cookie"),
            "authorization": request.header("authorization"),
        }));
        match request.target() {
            "/login" => answer.header("Set-Cookie", "session=1; Path=/"),
            _ => answer,
        }
    })
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.target().to_owned())
        .collect()
}

fn run(items: Value, arguments: &[&str]) -> Outcome {
    Postrider::run_collection(&collection(items), arguments)
}

#[test]
fn a_token_that_a_script_fetches_reaches_the_request() {
    let server = server();
    let script = format!(
        "pm.sendRequest({{ url: '{}', method: 'POST', header: {{ 'Content-Type': 'application/json' }},
            body: {{ mode: 'raw', raw: JSON.stringify({{ user: 'a' }}) }} }}, (error, response) => {{
            pm.environment.set('token', response.json().method + response.json().body);
        }});",
        server.url("/token")
    );

    run(
        json!([scripted(
            "A",
            server.url("/a?{{token}}"),
            "prerequest",
            &script
        )]),
        &[],
    )
    .expect_code(0);

    assert_eq!(targets(&server), ["/token", "/a?POST{%22user%22:%22a%22}"]);
}

#[test]
fn url_header_and_authorization_of_such_a_request_know_variables_but_its_body_does_not() {
    let server = server();
    let script = "pm.sendRequest({ url: '{{base}}/x', method: 'POST', body: '{{base}}',
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{t}}' }] } }, (error, response) => {
            pm.test('as sent', () => {
                pm.expect(response.json().body).to.equal('{{base}}');
                pm.expect(response.json().authorization).to.equal('Bearer tok');
            });
        });";

    run(
        json!([scripted("A", server.url("/a"), "test", script)]),
        &[
            "--env-var",
            &format!("base={}", server.url("")),
            "--env-var",
            "t=tok",
        ],
    )
    .expect_code(0);

    assert_eq!(targets(&server), ["/a", "/x"]);
}

#[test]
fn a_refused_request_fails_the_run_though_the_script_handles_it() {
    let server = server();
    let script = "pm.sendRequest('http://127.0.0.1:1/', (error) => pm.test('told', () => pm.expect(error.code).to.equal('ECONNREFUSED')));";

    let outcome = run(
        json!([scripted("A", server.url("/a"), "test", script)]),
        &[],
    );

    let outcome = outcome.expect_code(1);
    assert!(
        outcome.stdout.contains("GET http://127.0.0.1:1/ [errored]"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains("✓  told"), "{}", outcome.stdout);
}

#[test]
fn the_cookie_jar_is_shared_by_requests_and_scripts() {
    let server = server();
    let url = server.url("/");
    let script = format!(
        "const jar = pm.cookies.jar();
        jar.set('{url}', 'made', 'here', () => jar.unset('{url}', 'session', () => {{
            pm.sendRequest('{url}', (error, response) => pm.environment.set('sent', response.json().cookie));
        }}));",
    );
    let items = json!([
        scripted("A", server.url("/login"), "test", &script),
        get("B", server.url("/?{{sent}}")),
    ]);

    run(items, &[]).expect_code(0);

    assert_eq!(targets(&server), ["/login", "/", "/?made=here"]);
}

#[test]
fn a_request_of_the_collection_runs_with_its_scripts() {
    let server = server();
    let login = scripted(
        "Log in",
        server.url("/login/{{who}}"),
        "test",
        "pm.environment.set('name', pm.response.json().target); pm.test('in', () => pm.response.to.be.ok);",
    );
    let caller = scripted(
        "Use",
        server.url("/use{{name}}"),
        "prerequest",
        "const response = await pm.execution.runRequest('Log in', { variables: { who: 'me' } });
        pm.test('answered', () => pm.expect(response.code).to.equal(200));",
    );

    let outcome = run(json!([caller, login]), &["--env-var", "who=nobody"]);

    let outcome = outcome.expect_code(0);
    assert!(outcome.stdout.contains("✓  in"), "{}", outcome.stdout);
    assert_eq!(
        targets(&server),
        ["/login/me", "/use/login/me", "/login/nobody"]
    );
}

#[test]
fn requests_that_run_each_other_end() {
    let server = server().never_called();
    let item = scripted(
        "A",
        server.url("/a"),
        "prerequest",
        "await pm.execution.runRequest('A');",
    );

    let outcome = run(json!([item]), &["--bail"]);

    let outcome = outcome.expect_code(1);
    assert!(
        outcome
            .stdout
            .contains("requests run each other more than 8 levels deep"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_script_that_waits_for_an_answer_ends_with_its_time() {
    let server = Server::start(|_| Answer::silence());
    let items = json!([scripted(
        "A",
        server.url("/a"),
        "prerequest",
        &format!(
            "pm.sendRequest('{}', () => undefined);",
            server.url("/silent")
        )
    )]);

    let outcome = run(
        items,
        &["--timeout-script", "300", "--timeout-request", "1000"],
    );

    let outcome = outcome.expect_code(1);
    assert!(
        outcome
            .stdout
            .contains("sandbox: asynchronous script execution timeout"),
        "{}",
        outcome.stdout
    );
}
