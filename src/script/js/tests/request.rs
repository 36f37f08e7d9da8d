//! `pm.request`: reading it, and what a prerequest script makes of it.

use serde_json::{Value, json};

use super::support::{Case, console, lines, request_definition, run};

/// The request after a prerequest script, if the script changed it.
fn changed(definition: &Value, source: &str) -> Option<Value> {
    let definition = definition.clone();
    let outcome = run(Case::prerequest(source).with(|context| context.request = definition.into()));
    assert_eq!(outcome.error, None, "{source}");
    outcome.request
}

fn posting() -> Value {
    json!({
        "method": "POST",
        "url": {"protocol": "http", "host": ["localhost"], "path": ["p", ":id"], "query": [{"key": "x", "value": "1"}],
                "variable": [{"key": "id", "value": "7"}]},
        "header": [{"key": "H1", "value": "one"}, {"key": "H2", "value": "two"}],
        "body": {"mode": "raw", "raw": "orig", "options": {"raw": {"language": "json"}}},
        "auth": {"type": "basic", "basic": [{"key": "username", "value": "u", "type": "string"}]},
        "description": "kept",
    })
}

#[test]
fn reading_the_request_leaves_it_alone() {
    assert_eq!(
        changed(
            &posting(),
            "pm.request.url.toString(); pm.request.headers.get('h1'); pm.request.body.toString();"
        ),
        None
    );
    assert_eq!(
        changed(&posting(), "request.headers['x'] = 'y'; request.url = 'z';"),
        None
    );
}

#[test]
fn header_fields_change() {
    let both = json!([{"key": "H1", "value": "one"}, {"key": "H2", "value": "two"}]);
    let with = |key: &str, value: &str| {
        let mut list = both.clone();
        list.as_array_mut()
            .expect("a list")
            .push(json!({"key": key, "value": value}));
        list
    };
    let cases = [
        (
            "pm.request.headers.add({key: 'N', value: 5})",
            with("N", "5"),
        ),
        ("pm.request.headers.add('M: v')", with("M", "v")),
        (
            "pm.request.addHeader({key: 'A', value: 'b'})",
            with("A", "b"),
        ),
        (
            "pm.request.upsertHeader({key: 'h1', value: 'up'})",
            with("h1", "up"),
        ),
        (
            "pm.request.headers.upsert({key: 'h1', value: 'up'})",
            json!([{"key": "h1", "value": "up"}, {"key": "H2", "value": "two"}]),
        ),
        (
            "pm.request.headers.remove('h1')",
            json!([{"key": "H2", "value": "two"}]),
        ),
        (
            "pm.request.removeHeader('h1', {ignoreCase: true})",
            json!([{"key": "H2", "value": "two"}]),
        ),
        ("pm.request.headers.clear()", json!([])),
        ("pm.request.headers = {a: 1}", json!([])),
    ];

    for (source, header) in cases {
        let request = changed(&posting(), source).unwrap_or_default();
        assert_eq!(request["header"], header, "{source}");
        assert_eq!(request["body"], posting()["body"], "{source}");
        assert_eq!(request["description"], "kept");
    }
    assert_eq!(changed(&posting(), "pm.request.removeHeader('h1')"), None);
}

#[test]
fn method_and_url_change() {
    let cases = [
        (
            "pm.request.method = 'put'",
            "PUT",
            "http://localhost/p/:id?x=1",
        ),
        (
            "pm.request.url = 'https://other/{{v}}?a=b#c'",
            "POST",
            "https://other/{{v}}?a=b#c",
        ),
        (
            "pm.request.url.update('http://other')",
            "POST",
            "http://other",
        ),
        (
            "pm.request.url.path.push('more')",
            "POST",
            "http://localhost/p/:id/more?x=1",
        ),
        (
            "pm.request.url.query = []",
            "POST",
            "http://localhost/p/:id",
        ),
        (
            "pm.request.url.query.add({key: 'n', value: '&'})",
            "POST",
            "http://localhost/p/:id?x=1&n=%26",
        ),
        (
            "pm.request.addQueryParams('a=1&flag')",
            "POST",
            "http://localhost/p/:id?x=1&a=1&flag",
        ),
        (
            "pm.request.removeQueryParams('x')",
            "POST",
            "http://localhost/p/:id",
        ),
        (
            "pm.request.update({method: 'patch', url: 'http://u/{{p}}'})",
            "PATCH",
            "http://u/{{p}}",
        ),
    ];

    for (source, method, url) in cases {
        let request = changed(&posting(), source).unwrap_or_default();
        assert_eq!(request["method"], method, "{source}");
        let written = request["url"]["raw"].as_str();
        assert_eq!(
            written.unwrap_or("http://localhost/p/:id?x=1"),
            url,
            "{source}"
        );
    }
}

#[test]
fn body_and_authorization_change() {
    let cases = [
        (
            "pm.request.body.raw = 'new'",
            json!({"mode": "raw", "raw": "new", "options": {"raw": {"language": "json"}}}),
        ),
        (
            "pm.request.body = 'text'",
            json!({"mode": "raw", "raw": "text"}),
        ),
        (
            "pm.request.body = {mode: 'raw', raw: 'object'}",
            json!({"mode": "raw", "raw": "object"}),
        ),
        (
            "pm.request.body.update('text')",
            json!({"mode": "raw", "raw": "text"}),
        ),
        (
            "pm.request.body.update({mode: 'urlencoded', urlencoded: 'a=b'}); pm.request.body.urlencoded.add({key: 'c', value: 'd'})",
            json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "b"}, {"key": "c", "value": "d"}]}),
        ),
    ];
    for (source, body) in cases {
        assert_eq!(
            changed(&posting(), source).unwrap_or_default()["body"],
            body,
            "{source}"
        );
    }
    assert_eq!(changed(&posting(), "pm.request.body = undefined"), None);
    assert_eq!(changed(&posting(), "delete pm.request.body"), None);
    assert_eq!(
        changed(
            &posting(),
            "pm.request.auth = null; pm.request.authorizeUsing(null)"
        ),
        None
    );

    let bearer = changed(
        &posting(),
        "pm.request.authorizeUsing('bearer', {token: 't'})",
    )
    .unwrap_or_default();
    assert_eq!(bearer["auth"]["type"], "bearer");
    assert_eq!(bearer["auth"]["bearer"][0]["value"], "t");
    let assigned = changed(
        &posting(),
        "pm.request.auth = {type: 'bearer', bearer: [{key: 'token', value: 's'}]}",
    );
    assert_eq!(
        assigned.unwrap_or_default()["auth"]["bearer"][0]["value"],
        "s"
    );
}

#[test]
fn a_body_of_null_sends_none() {
    let request = changed(&posting(), "pm.request.body = null").unwrap_or_default();

    assert_eq!(request.get("body"), None);
    assert_eq!(request["method"], "POST");
}

#[test]
fn changes_made_before_an_error_count() {
    let outcome = run(Case::prerequest(
        "pm.request.method = 'PUT'; throw new Error('late');",
    ));

    assert_eq!(outcome.request.unwrap_or_default()["method"], "PUT");
}

#[test]
fn the_url_can_be_read_in_parts() {
    let found = console(
        "const { url } = pm.request;
         console.log(url.toString(), url.raw, url.getHost(), url.getPath(), url.getQueryString(), url.getRemote());
         console.log(url.query.get('x'), url.query.toObject(), url.query.get('flag'), url.query.one('flag').value, url.path);
         console.log(pm.request.method, pm.request.headers.get('h1'), pm.request.getHeaders(), pm.request.getHeaders({enabled: true}));
         console.log(request.url, request.headers, request.data, request.name);",
    );

    assert_eq!(
        found,
        [
            "'http://localhost:8080/json?x=1&x=2&flag&e=', undefined, 'localhost', '/json', 'x=1&x=2&flag&e=', 'localhost:8080'",
            "'2', { x: [ '1', '2' ], flag: '', e: '' }, '', null, [ 'json' ]",
            "'GET', 'one', { H1: 'one', H2: 'two' }, { H1: 'one' }",
            "'http://localhost:8080/json?x=1&x=2&flag&e=', { h1: 'one' }, {}, 'Get json'",
        ]
    );
}

#[test]
fn path_variables_are_filled_in_when_read() {
    let case = Case::prerequest("console.log(pm.request.url.getPath(), pm.request.url.getPath(true), pm.request.size().body);")
        .with(|context| context.request = posting().into());

    assert_eq!(lines(&run(case)), ["'/p/7', '/p/:id', 4"]);
}

#[test]
fn an_untouched_request_is_not_given_back() {
    assert_eq!(changed(&request_definition(), "console.log(1);"), None);
}
