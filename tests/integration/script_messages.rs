//! What is shown of scripts: tests, console messages, and the place of an error.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, get};

/// What is printed for a request with these scripts, without the summary.
fn shown(prerequest: &[&str], test: &[&str]) -> String {
    let server = Server::start(|_| Answer::json(&json!({"name": "n", "list": [1, 2]})));
    let mut item = get("A", server.url("/a"));
    item["event"] = json!([
        {"listen": "prerequest", "script": {"exec": prerequest}},
        {"listen": "test", "script": {"exec": test}}
    ]);
    snapshot(&collection(json!([{"name": "Folder", "item": [item]}])))
}

fn snapshot(collection: &Value) -> String {
    Postrider::run_collection(collection, &["--reporter-cli-no-summary"]).to_snapshot()
}

#[test]
fn tests_are_listed_with_their_names() {
    let script = [
        "pm.test('the status is good', () => pm.response.to.have.status(200));",
        "pm.test('the name fits', () => pm.expect(pm.response.json().name).to.equal('m'));",
        "pm.test.skip('the rest', () => {});",
    ];

    assert_snapshot!(shown(&[], &script), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      ✓  the status is good
      1. the name fits
      -  [skipped] the rest

      #  failure         detail

     1.  AssertionError  the name fits
                         expected 'n' to equal 'm'
                         at assertion:1 in test-script:2:70
                         inside "Folder / A"
    "#);
}

#[test]
fn long_differences_are_shown_line_by_line() {
    let script = [
        "pm.test('the body fits', () => pm.expect(pm.response.json()).to.eql({",
        "  name: 'another name, which is long', list: [1, 2, 3], more: 'something that is missing'",
        "}));",
    ];

    assert_snapshot!(shown(&[], &script), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      1. the body fits

      #  failure         detail

     1.  AssertionError  the body fits
                         expected { name: 'n', list: [ 1, 2 ] } to deeply equal { …(3) }
                         - expected
                         + actual
                           - {
                           -   name: 'another name, which is long',
                           -   list: [ 1, 2, 3 ],
                           -   more: 'something that is missing'
                           - }
                           + { name: 'n', list: [ 1, 2 ] }
                         at assertion:0 in test-script:1:65
                         inside "Folder / A"
    "#);
}

#[test]
fn console_messages_are_shown_in_boxes() {
    let script = [
        "console.log('text', 1, true, null, undefined);",
        "console.info({a: [1, {b: 'c'}]});",
        "console.warn('two\\nlines');",
        "console.error(new Error('wrong'));",
    ];

    assert_snapshot!(shown(&["console.log('before')"], &script), @r"
    exit code: 0
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      ┌
      │ 'before'
      └
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      ┌
      │ 'text', 1, true, null, undefined
      │ { a: [ 1, { b: 'c' } ] }
      │ 'two\nlines'
      │ {
      │   type: 'Error',
      │   name: 'Error',
      │   message: 'wrong'
      │ }
      └
    ");
}

#[test]
fn the_place_of_an_error_is_shown_with_a_caret() {
    let script = [
        "const body = pm.response.json();",
        "",
        "  const first = body.missing.name;",
    ];

    assert_snapshot!(shown(&[], &script), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      1⠄ TypeError in test-script
         Cannot read properties of undefined (reading 'name')
         in `A`, line 3, column 17
           const first = body.missing.name;
                         ^

      #  failure    detail

     1.  TypeError  Cannot read properties of undefined (reading 'name')
                    at test-script:3:17
                    inside "Folder / A"
    "#);
}

#[test]
fn an_error_in_a_prerequest_script_is_told_from_one_in_a_test_script() {
    assert_snapshot!(shown(&["unknownName(1);"], &[]), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      1⠄ ReferenceError in prerequest-script
         unknownName is not defined
         in `A`, line 1, column 1
           unknownName(1);
           ^
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

      #  failure         detail

     1.  ReferenceError  unknownName is not defined
                         at prerequest-script:1:1
                         inside "Folder / A"
    "#);
}

#[test]
fn a_syntax_error_is_shown_with_its_line() {
    assert_snapshot!(shown(&[], &["const a = 1;", "const b = ;"]), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      1⠄ SyntaxError in test-script
         Unexpected token ';'
         in `A`, line 2, column 11
           const b = ;
                     ^

      #  failure      detail

     1.  SyntaxError  Unexpected token ';'
                      at test-script:2:11
                      inside "Folder / A"
    "#);
}

#[test]
fn an_error_in_a_script_of_a_folder_names_the_folder() {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([{
        "name": "Folder", "item": [get("A", server.url("/a"))],
        "event": [{"listen": "test", "script": {"exec": ["throw new TypeError('on purpose');"]}}]
    }]));

    assert_snapshot!(snapshot(&collection), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    ❏ Folder
    ↳ A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      1⠄ TypeError in test-script
         on purpose
         in `Folder`, line 1, column 11
           throw new TypeError('on purpose');
                     ^

      #  failure    detail

     1.  TypeError  on purpose
                    at test-script:1:11
                    inside "Folder / A"
    "#);
}

#[test]
fn a_script_that_was_stopped_says_so() {
    let server = Server::start(|_| Answer::ok(""));
    let mut item = get("A", server.url("/a"));
    item["event"] = json!([{"listen": "test", "script": {"exec": ["while (true) {}"]}}]);

    let arguments = ["--timeout-script", "200", "--reporter-cli-no-summary"];
    let outcome = Postrider::run_collection(&collection(json!([item])), &arguments);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      1⠄ Error in test-script
         sandbox: synchronous script execution timeout

      #  failure  detail

     1.  Error    sandbox: synchronous script execution timeout
                  at test-script
                  inside "A"
    "#);
}

#[test]
fn a_jump_to_an_unknown_request_is_warned_of_with_a_near_name() {
    let server = Server::start(|_| Answer::ok(""));
    let mut item = get("A", server.url("/a"));
    item["event"] = json!([{"listen": "test", "script": {"exec": ["pm.execution.setNextRequest('Get tokn');"]}}]);

    let outcome = Postrider::run_collection(
        &collection(json!([item, get("Get token", server.url("/b"))])),
        &["--reporter-cli-no-summary"],
    );

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

    Attempting to set next request to Get tokn
    --- stderr
    warning: `A` asked to continue with `Get tokn`, which is not in this run; the iteration ended there (did you mean `Get token`?)
    ");
}
