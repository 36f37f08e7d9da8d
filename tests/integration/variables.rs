//! Where values come from, as seen on the wire.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, environment, get, post};

/// A server that says yes to everything.
fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

fn with_variables(mut collection: Value, variables: Value) -> Value {
    collection["variable"] = variables;
    collection
}

#[test]
fn the_environment_wins_over_the_collection_and_the_collection_over_the_globals() {
    let server = server();
    let collection = with_variables(
        collection(json!([get(
            "A",
            server.url("/{{first}}/{{second}}/{{third}}")
        )])),
        json!([{"key": "first", "value": "collection"}, {"key": "second", "value": "collection"}]),
    );
    let names = ["first", "second", "third"].map(|name| (name, "globals"));

    Postrider::with_collection(&collection)
        .file(
            "environment.json",
            environment(&[("first", "environment")]).to_string(),
        )
        .file("globals.json", environment(&names).to_string())
        .arguments(&["-e", "environment.json", "-g", "globals.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /environment/collection/globals"]);
}

#[test]
fn a_variable_of_the_command_line_wins_over_the_file() {
    let server = server();
    let collection = collection(json!([get("A", server.url("/{{a}}/{{b}}"))]));

    Postrider::with_collection(&collection)
        .file(
            "environment.json",
            environment(&[("a", "file")]).to_string(),
        )
        .file("globals.json", environment(&[("b", "file")]).to_string())
        .arguments(&["-e", "environment.json", "-g", "globals.json"])
        .arguments(&["--env-var", "a=x=y", "--global-var", "b=flag"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /x=y/flag"]);
}

#[test]
fn variables_of_the_command_line_need_no_file() {
    let server = server();
    let collection = collection(json!([get("A", server.url("/{{a}}/{{b}}"))]));

    Postrider::run_collection(&collection, &["--env-var", "a=1", "--global-var", "b=2"])
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /1/2"]);
}

#[test]
fn an_environment_wins_over_globals_of_the_command_line() {
    let server = server();
    let collection = collection(json!([get("A", server.url("/{{a}}"))]));

    Postrider::run_collection(
        &collection,
        &["--env-var", "a=environment", "--global-var", "a=globals"],
    )
    .expect_code(0);

    assert_eq!(server.lines(), ["GET /environment"]);
}

#[test]
fn a_variable_that_is_switched_off_does_not_count() {
    let server = server();
    let environment = json!({"values": [
        {"key": "a", "value": "on"}, {"key": "a", "value": "off", "enabled": false},
        {"key": "b", "value": "off", "enabled": false}
    ]});

    Postrider::with_collection(&collection(json!([get("A", server.url("/{{a}}/{{b}}"))])))
        .file("environment.json", environment.to_string())
        .arguments(&["-e", "environment.json", "--global-var", "b=globals"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /on/globals"]);
}

#[test]
fn both_spellings_are_replaced_everywhere() {
    let server = server();
    let request = json!({
        "method": "POST",
        "url": server.url("/{{v}}/<<v>>?q={{v}}&r=<<v>>"),
        "header": [{"key": "X-{{v}}", "value": "<<v>>"}],
        "body": {"mode": "raw", "raw": "{{v}} <<v>>"}
    });

    let collection = collection(json!([{"name": "A", "request": request}]));
    Postrider::run_collection(&collection, &["--env-var", "v=1"]).expect_code(0);

    let request = server.request();
    assert_eq!(request.target(), "/1/1?q=1&r=1");
    assert_eq!(request.header("X-1"), Some("1"));
    assert_eq!(request.text(), "1 1");
}

#[test]
fn angle_brackets_around_an_unknown_name_are_text() {
    let server = server();
    let collection = collection(json!([post(
        "A",
        server.url("/"),
        "cat <<EOF >>log; <<unknown>>"
    )]));

    let outcome = Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(server.request().text(), "cat <<EOF >>log; <<unknown>>");
    assert_eq!(outcome.stderr, "");
}

#[test]
fn angle_brackets_can_be_switched_off() {
    let server = server();
    let collection = collection(json!([post("A", server.url("/"), "<<v>> {{v}}")]));

    Postrider::run_collection(&collection, &["--env-var", "v=1", "--no-angle-variables"])
        .expect_code(0);

    assert_eq!(server.request().text(), "<<v>> 1");
}

#[test]
fn a_value_may_hold_further_names() {
    let server = server();
    let collection = collection(json!([get("A", "{{base}}/{{path}}")]));

    let base = format!("base={}", server.url("{{prefix}}"));
    let arguments = [
        "--env-var",
        &base,
        "--env-var",
        "prefix=/v1",
        "--env-var",
        "path=<<name>>",
    ];
    Postrider::run_collection(
        &collection,
        &[&arguments[..], &["--global-var", "name=n"]].concat(),
    )
    .expect_code(0);

    assert_eq!(server.lines(), ["GET /v1/n"]);
}

#[test]
fn a_value_that_holds_itself_ends() {
    let server = server();
    let collection = collection(json!([post("A", server.url("/"), "{{a}}")]));

    Postrider::run_collection(
        &collection,
        &["--env-var", "a={{b}}", "--env-var", "b={{a}}"],
    )
    .expect_code(0);

    let text = server.request().text().to_owned();
    assert!(matches!(text.as_str(), "{{a}}" | "{{b}}"), "{text}");
}

#[test]
fn spaces_belong_to_a_name() {
    let server = server();
    let collection = collection(json!([post(
        "A",
        server.url("/"),
        "{{my name}} {{ my name }}"
    )]));

    Postrider::run_collection(&collection, &["--env-var", "my name=1"]).expect_code(0);

    assert_eq!(server.request().text(), "1 {{ my name }}");
}

#[test]
fn an_unknown_variable_stays_as_written_and_is_warned_of_once() {
    let server = server();
    let items = json!([
        post("First", server.url("/"), "{{userNam}} {{userNam}}"),
        post("Second", server.url("/"), "{{userNam}} {{nothingLikeIt}}"),
    ]);

    let outcome =
        Postrider::run_collection(&collection(items), &["--env-var", "userName=u", "-n", "2"]);

    assert_eq!(server.requests()[3].text(), "{{userNam}} {{nothingLikeIt}}");
    assert_snapshot!(outcome.message(), @"
    exit code: 0
    warning: the variable `nothingLikeIt` in `Second` has no value
    warning: the variable `userNam` in `First` has no value (did you mean `userName`?)
    ");
}

#[test]
fn an_unknown_variable_in_the_host_fails_the_request() {
    let collection = collection(json!([get("A", "http://{{host}}/a")]));

    let outcome = Postrider::run_collection(&collection, &["--env-var", "hots=127.0.0.1"]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://{{host}}/a [errored]
         the host `{{host}}` holds a variable without a value
         hint: define the variable with -e FILE or --env-var NAME=VALUE, and compare upper and lower case

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 1 │ 1 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 0 │ 0 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    └─┘

      #  failure  detail

     1.  Error    the host `{{host}}` holds a variable without a value
                  at request
                  inside "A"
                  hint: define the variable with -e FILE or --env-var NAME=VALUE, and compare upper and lower case
    --- stderr
    warning: the variable `host` in `A` has no value (did you mean `hots`?)
    "#);
}

#[test]
fn a_dynamic_variable_is_fresh_at_each_occurrence() {
    let server = server();
    let collection = collection(json!([post("A", server.url("/"), "{{$guid}} {{$guid}}")]));

    Postrider::run_collection(&collection, &[]).expect_code(0);

    let request = server.request();
    let (first, second) = request.text().split_once(' ').unwrap();
    assert_eq!((first.len(), second.len()), (36, 36));
    assert_ne!(first, second);
}

#[test]
fn an_environment_in_an_answer_of_postmans_api_is_unwrapped() {
    let server = server();
    let wrapped = json!({"environment": environment(&[("a", "1")])});

    Postrider::with_collection(&collection(json!([get("A", server.url("/{{a}}"))])))
        .file("environment.json", wrapped.to_string())
        .arguments(&["-e", "environment.json"])
        .run()
        .expect_code(0);

    assert_eq!(server.lines(), ["GET /1"]);
}
