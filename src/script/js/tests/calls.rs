//! What scripts ask of the run and wait for.

use super::support::{Case, assertions, console, error, lines, run, run_with};
use crate::script::Options;

/// What a host that gives back the definition was asked to send.
fn asked(definition: &str) -> String {
    let source = format!(
        "pm.sendRequest({definition}, (error, response) => {{
            const {{ url, ...rest }} = response.json();
            console.log(JSON.stringify({{ url: url.raw, ...rest }}));
        }});"
    );
    console(&source).remove(0)
}

#[test]
fn a_request_is_written_in_many_forms() {
    let cases = [
        (
            "'http://h/a?b=c'",
            r#"'{"url":"http://h/a?b=c","method":"GET","header":[]}'"#,
        ),
        (
            "{ url: 'h/a', method: 'post', header: ['X-A: 1'], body: 'text' }",
            r#"'{"url":"h/a","method":"POST","header":[{"key":"X-A","value":"1"}],"body":{"mode":"raw","raw":"text"}}'"#,
        ),
        (
            "{ url: 'h', header: { 'X-A': 1 }, body: { mode: 'raw', raw: { a: 1 } } }",
            r#"'{"url":"h","method":"GET","header":[{"key":"X-A","value":"1"}],"body":{"mode":"raw","raw":{"a":1}}}'"#,
        ),
        (
            "{ url: 'h', header: 'A: 1\\nB: 2', headers: { C: '3' }, body: { raw: 'no mode' } }",
            r#"'{"url":"h","method":"GET","header":[{"key":"A","value":"1"},{"key":"B","value":"2"}],"body":{}}'"#,
        ),
        (
            "{ url: 'h', body: { mode: 'urlencoded', urlencoded: { a: '1' } } }",
            r#"'{"url":"h","method":"GET","header":[],"body":{"mode":"urlencoded","urlencoded":[{"key":"a","value":"1"}]}}'"#,
        ),
        (
            "new (require('postman-collection').Request)('http://h/sdk')",
            r#"'{"url":"http://h/sdk","method":"GET","header":[]}'"#,
        ),
        (
            "pm.request",
            r#"'{"url":"http://localhost:8080/json?x=1&x=2&flag&e=","method":"GET","header":[{"key":"H1","value":"one"},{"disabled":true,"key":"H2","value":"two"}]}'"#,
        ),
    ];

    for (definition, expected) in cases {
        assert_eq!(asked(definition), expected, "{definition}");
    }
}

#[test]
fn files_are_not_uploaded_by_scripts() {
    let lines = console(
        "pm.sendRequest({ url: 'h', body: { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: '/etc/passwd' },
            { key: 'a', value: '1' }] } }, (error, response) => console.log(response.json().body.formdata.length));
        pm.sendRequest({ url: 'h', body: { mode: 'file', file: { src: '/etc/passwd' } } },
            (error, response) => console.log(response.json().body));",
    );

    let warning = "'uploading files from scripts is not allowed'";
    assert_eq!(lines, [warning, warning, "1", "undefined"]);
}

#[test]
fn a_callback_gets_error_response_and_cookies() {
    let lines = console(
        "const returned = pm.sendRequest('h', function (error, response, history) {
            console.log(arguments.length, error, response.code, response.status, response.to);
            console.log(history.cookies.get('a'), this === pm);
        });
        console.log(returned === pm);
        pm.sendRequest('http://refused', (error, response) => {
            console.log(error.code, error.errno, error.syscall, error.address, error.port, response.code);
            console.log(error, error.message, String(error));
        });
        pm.sendRequest('', (error) => console.log(error.message));
        pm.sendRequest({ method: 'GET' }, (error) => console.log(error.message));",
    );

    assert_eq!(
        lines,
        [
            "true",
            "3, null, 200, 'OK', undefined",
            "'1', true",
            "'ECONNREFUSED', -111, 'connect', 'localhost', 8080, undefined",
            "{\n  code: 'ECONNREFUSED',\n  errno: -111,\n  syscall: 'connect',\n  address: 'localhost',\n  port: 8080\n}, \
                'connect ECONNREFUSED localhost:8080', 'Error: connect ECONNREFUSED localhost:8080'",
            "'the URL is empty'",
            "'sendrequest: nothing to request'",
        ]
    );
}

#[test]
fn without_a_callback_a_promise_is_returned() {
    let lines = console(
        "const both = await Promise.all([pm.sendRequest('a'), pm.sendRequest('b')]);
        console.log(both.map((response) => response.json().url.raw));
        try {
            await pm.sendRequest('http://refused');
        } catch (error) {
            console.log(error.code);
        }",
    );

    assert_eq!(lines, ["[ 'a', 'b' ]", "'ECONNREFUSED'"]);
}

#[test]
fn newman_knows_no_promises_of_requests() {
    let options = Options {
        as_newman: true,
        ..Options::default()
    };
    let case = Case::test("console.log(pm.sendRequest('a') === pm, pm.execution.runRequest);");

    assert_eq!(
        lines(&run_with(options, vec![case])[0]),
        ["true, undefined"]
    );
}

#[test]
fn the_script_ends_when_all_answers_are_there() {
    let outcome = run(Case::test(
        "pm.sendRequest('a', () => setTimeout(() => pm.sendRequest('b', () => {
            pm.test('late', () => pm.expect(1).to.equal(2));
            pm.environment.set('late', true);
        }), 1));",
    ));

    assert_eq!(
        assertions(&outcome),
        ["0 late: AssertionError: expected 1 to equal 2"]
    );
    assert!(outcome.scopes.environment.get("late").is_some());
}

#[test]
fn what_a_callback_throws_fails_the_script() {
    let outcome = run(Case::test("pm.sendRequest('a', () => {\n  missing();\n});"));

    assert_eq!(
        error(&outcome),
        "ReferenceError: missing is not defined (2:3)"
    );
}

#[test]
fn a_request_that_nobody_awaits_and_that_fails_fails_the_script() {
    let outcome = run(Case::test("pm.sendRequest('http://refused');"));

    assert_eq!(
        error(&outcome),
        "Error: connect ECONNREFUSED localhost:8080"
    );
}

#[test]
fn a_request_of_the_collection_changes_variables_for_its_caller() {
    let lines = console(
        "const response = await pm.execution.runRequest('other', { variables: { a: 1 } });
        console.log(response.json().overrides, pm.environment.get('ran'));
        console.log(await pm.execution.runRequest('skipped'));",
    );

    assert_eq!(lines, ["[ 'a' ], 'other'", "null"]);
}

#[test]
fn the_cookie_jar_is_read_and_changed() {
    let lines = console(
        "const jar = pm.cookies.jar();
        jar.get('h', 'b', (error, value) => console.log(error, value));
        jar.get('h', 'c', (error, value) => console.log(error, value));
        jar.getAll('h', (error, all) => console.log(error, all.map((cookie) => cookie.name)));
        jar.set('h', 'k', 'v;w', (error, cookie) => console.log(cookie.value));
        jar.set('h', 'k=v; Path=/', (error, cookie) => console.log(cookie.value));
        jar.set('h', { name: 'k', value: 1, path: '/p', httpOnly: true }, (error, cookie) => console.log(cookie.value));
        jar.set('refused', 'k', 'v', (error) => console.log(error.message));
        jar.unset('h', 'k', (error) => console.log(error));
        jar.clear('h');
        console.log(await jar.get('h', 'a'));",
    );

    assert_eq!(
        lines,
        [
            "null, 'x y'",
            "null, null",
            "null, [ 'a', 'b' ]",
            "'k%3Dv%3Bw'",
            "'k%3Dv%3B%20Path%3D%2F'",
            "'k%3D1%3B%20Path%3D%2Fp%3B%20HttpOnly'",
            "'k=v is refused'",
            "null",
            "'1'",
        ]
    );
}

#[test]
fn the_vault_answers_with_promises() {
    let lines = console(
        "console.log(await pm.vault.get('k'), await pm.vault.set('k', 1), await pm.vault.unset('k'));
        await pm.vault.get('denied').catch((error) => console.log(error.message));",
    );

    assert_eq!(
        lines,
        ["'secret k', undefined, undefined", "'Vault access denied'"]
    );
}

#[test]
fn a_jar_call_without_url_or_name_is_a_type_error() {
    let cases = [
        (
            "jar.get(1, 'a')",
            "TypeError: CookieJar.get() requires a valid url",
        ),
        (
            "jar.unset('h', 1)",
            "TypeError: CookieJar.unset() requires cookie name to be a string",
        ),
    ];

    for (call, expected) in cases {
        let source = format!("const jar = pm.cookies.jar(); {call};");
        let outcome = run(Case::prerequest(&source));
        assert!(error(&outcome).starts_with(expected), "{}", error(&outcome));
    }
}
