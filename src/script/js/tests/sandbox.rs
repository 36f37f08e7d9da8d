//! The response, cookies, the names of the first sandbox, libraries and printing.

use super::support::{Case, assertions, console, lines, run, run_all};

#[test]
fn the_response_can_be_read_in_every_way() {
    let found = console(
        "const r = pm.response;
         console.log(r.code, r.status, r.reason(), r.responseTime, r.responseSize, r.body, r.details().name);
         console.log(r.json() === r.json(), r.json().b.c, r.text().length, r.size().body, r.encoding());
         console.log(r.headers.get('x-test'), r.headers.has('X-TEST'), r.headers.one('x-test').value, r.headers.get('set-cookie'));
         console.log(r.headers.toObject(), r.headers.count(), r.headers['x-test']);
         console.log(r.contentInfo(), r.dataURI().slice(0, 35), r.stream.length, r.stream.toString('utf8', 0, 6));
         console.log(Object.keys(r.toJSON()), Object.keys(pm), typeof pm.sendRequest);",
    );

    assert_eq!(
        found,
        [
            "200, 'OK', 'OK', 43, 53, undefined, 'OK'",
            "false, [ 1, 2, 3 ], 53, 53, { format: undefined, source: undefined }",
            "'v1', true, 'v1', 'b=x%20y; Path=/'",
            "{\n  'content-type': 'application/json; charset=utf-8',\n  'x-test': 'v1',\n  'set-cookie': [ 'a=1; Path=/', 'b=x%20y; Path=/' ]\n}, 4, undefined",
            "{\n  contentType: 'application/json',\n  mimeType: 'text',\n  mimeFormat: 'json',\n  charset: 'utf8',\n  fileExtension: 'json',\n  fileName: 'response.json'\n}, 'data:application/json;base64, eyJhI', 53, '{\"a\":1'",
            "[\n  'id',\n  'status',\n  'code',\n  'header',\n  'stream',\n  'cookie',\n  'responseTime',\n  'responseSize'\n], [ 'test' ], 'function'",
        ]
    );
}

#[test]
fn the_body_is_decoded_by_its_charset() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("text/plain; charset=iso-8859-1", b"caf\xe9", "'café'"),
        ("text/plain; charset=\"UTF-8\"", "café".as_bytes(), "'café'"),
        ("text/plain; charset=nonsense", "café".as_bytes(), "'café'"),
        ("text/plain", b"\xef\xbb\xbfmark", "'mark'"),
        ("text/plain; charset=shift_jis", b"\x83e", "'テ'"),
    ];

    for (content_type, body, expected) in cases {
        let case = Case::test("console.log(pm.response.text() === responseBody && responseBody);")
            .response(200, &[("Content-Type", content_type)], body);
        assert_eq!(lines(&run(case)), [expected], "{content_type}");
    }
}

#[test]
fn cookies_are_decoded_and_found_without_case() {
    let found = console(
        "console.log(pm.cookies.get('B'), pm.cookies.one('b').value, pm.cookies.has('c'), pm.cookies.count(), pm.cookies.toObject());
         console.log(responseCookies.get('a'), postman.getResponseCookie('b').value);",
    );

    assert_eq!(
        found,
        [
            "'x y', 'x%20y', false, 2, { a: '1', b: 'x y' }",
            "'1', 'x%20y'"
        ]
    );
}

#[test]
fn the_first_sandbox_is_still_there() {
    let outcomes = run_all(vec![
        Case::test(
            "tests['status'] = responseCode.code === 200; tests.zero = 0; tests.late = undefined;
             console.log(responseCode.name, responseTime, responseHeaders['X-Test'], postman.getResponseHeader('x-TEST'), iteration);
             postman.setEnvironmentVariable('number', 5); postman.setEnvironmentVariable('off', false);
             postman.setGlobalVariable('object', { a: 1 });
             console.log(environment.number, globals.object, postman.getEnvironmentVariable('number'), pm.environment.get('off'));
             postman.clearEnvironmentVariable('number'); console.log(environment.number, pm.environment.has('number'));
             pm.test('first', () => {}); console.log(responseBody.has('str'), responseBody.has(/zzz/));",
        ),
        Case::prerequest("console.log(typeof responseBody, typeof responseCode, typeof environment, globals.object);"),
    ]);

    assert_eq!(
        lines(&outcomes[0]),
        [
            "'OK', 43, 'v1', 'v1', 1",
            "'5', '[object Object]', '5', false",
            "undefined, false",
            "true, false"
        ]
    );
    assert_eq!(
        assertions(&outcomes[0]),
        [
            "0 first: passed",
            "1 status: passed",
            "2 zero: AssertionError: expected 0 to be truthy",
            "3 late: AssertionError: expected undefined to be truthy",
        ]
    );
    assert_eq!(
        lines(&outcomes[1]),
        ["'undefined', 'undefined', 'object', '[object Object]'"]
    );
}

#[test]
fn old_names_warn_once_and_the_second_sandbox_has_none() {
    let outcome = run(Case::test("tests.a = 1; tests.b = 2; typeof _;"));
    let warnings = outcome.steps.iter().filter(|effect| {
        matches!(effect, crate::record::Step::Console(message) if message.arguments[0].contains("deprecated"))
    });
    assert_eq!(warnings.count(), 1);

    assert_eq!(
        console("'use sandbox2'; console.log(typeof tests, typeof postman, typeof _);"),
        ["'undefined', 'undefined', 'undefined'"]
    );
}

#[test]
fn bundled_libraries_load() {
    let cases = [
        (
            "require('lodash').chunk([1, 2, 3], 2)",
            "[ [ 1, 2 ], [ 3 ] ]",
        ),
        ("_.pluck([{a: 1}], 'a')", "[ 1 ]"),
        (
            "require('moment').utc(0).format('YYYY-MM-DD dddd')",
            "'1970-01-01 Thursday'",
        ),
        (
            "CryptoJS.HmacSHA1('a', 'b').toString(CryptoJS.enc.Base64)",
            "'ir4P1pHj2jA197eskb5F2Z6UK54='",
        ),
        (
            "new (require('ajv'))().validate({type: 'string'}, 1)",
            "false",
        ),
        ("tv4.validate({a: 1}, {required: ['b']})", "false"),
        ("cheerio.load('<p class=a>x</p>')('.a').text()", "'x'"),
        (
            "xml2Json('<r a=\"1\"><i>1</i><i>2</i></r>')",
            "{ r: { '$': { a: '1' }, i: [ '1', '2' ] } }",
        ),
        ("xml2Json('<bad')", "undefined"),
        (
            "require('csv-parse/lib/sync')('a,b\\n1,2', {columns: true})",
            "[ { a: '1', b: '2' } ]",
        ),
        ("require('uuid').v4().length", "36"),
        ("Buffer.from('č').toString('hex')", "'c48d'"),
        ("require('util').format('%s-%d', 'a', 1)", "'a-1'"),
        ("require('url').parse('http://h:1/p?q=1').pathname", "'/p'"),
        ("require('path').join('a', '..', 'b')", "'b'"),
        (
            "require('querystring').stringify({a: ['1', '2']})",
            "'a=1&a=2'",
        ),
        ("require('atob')(require('btoa')('tea'))", "'tea'"),
        (
            "new (require('postman-collection').Url)('http://a.b:1/c?d=e').getQueryString()",
            "'d=e'",
        ),
        (
            "require('postman-collection').Response.isResponse(pm.response)",
            "true",
        ),
        ("require('chai').expect === pm.expect", "true"),
        (
            "new URL('../c?x=1', 'http://a/b/d').href",
            "'http://a/c?x=1'",
        ),
        (
            "new TextDecoder('latin1').decode(new Uint8Array([233]))",
            "'é'",
        ),
        (
            "structuredClone({a: new Map([[1, new Date(0)]])}).a.get(1)",
            "1970-01-01T00:00:00.000Z",
        ),
        ("crypto.getRandomValues(new Uint8Array(20)).length", "20"),
    ];

    for (expression, expected) in cases {
        assert_eq!(
            console(&format!("console.log({expression});")),
            [expected],
            "{expression}"
        );
    }
}

#[test]
fn other_modules_cannot_be_found() {
    for name in [
        "http",
        "lodash3",
        "csv-parse",
        "#http-reasons",
        "prelude/main",
        "./file",
        "host:faker",
    ] {
        let found = console(&format!(
            "try {{ require('{name}') }} catch (e) {{ console.log(e.message) }}"
        ));
        assert_eq!(found, [format!("\"Cannot find module '{name}'\"")]);
    }
}

#[test]
fn values_print_as_newman_prints_them() {
    let cases = [
        (
            "'a', 1, -0, null, undefined, 10n, NaN, Symbol('x')",
            "'a', 1, 0, null, undefined, 10n, NaN, Symbol(x)",
        ),
        (
            "\"it's\", 'say \"x\"', 'two\\nlines', '\\u0001'",
            "\"it's\", 'say \"x\"', 'two\\nlines', '\\x01'",
        ),
        (
            "function named() {}, () => {}, class K {}",
            "'[Function: named]', '[Function]', '[Function: K]'",
        ),
        (
            "new Error('m')",
            "{ type: 'Error', name: 'Error', message: 'm' }",
        ),
        (
            "new (class P { x = 1 })(), { 'a-b': [undefined, , 3] }",
            "{ x: 1 }, { 'a-b': [ undefined, undefined, 3 ] }",
        ),
        (
            "new Map([['k', { a: 1 }]]), new Set([1, 'a']), new Date(0), /re/g",
            "Map(1) { 'k' => { a: 1 } }, Set(2) { 1, 'a' }, 1970-01-01T00:00:00.000Z, /re/g",
        ),
        (
            "(() => { const o = { n: 1 }; o.self = o; return o })()",
            "<ref *1> { n: 1, self: [Circular *1] }",
        ),
        ("{ a: { b: { c: {} } } }", "{ a: { b: { c: {} } } }"),
        (
            "{ a: { b: { c: { d: 1 } } } }",
            "{\n  a: { b: { c: { d: 1 } } }\n}",
        ),
        (
            "[], {}, new Uint8Array(2)",
            "[], {}, Uint8Array(2) [ 0, 0 ]",
        ),
        ("'%s', 1", "'%s', 1"),
        ("pm.info", "{}"),
    ];

    for (arguments, expected) in cases {
        assert_eq!(
            console(&format!("console.log({arguments});")),
            [expected],
            "{arguments}"
        );
    }
}

#[test]
fn long_lists_print_in_columns_and_are_cut() {
    let found = console("console.log(Array.from({ length: 103 }, (_, index) => index));");

    let lines: Vec<&str> = found[0].lines().collect();
    assert_eq!(lines.len(), 12);
    assert_eq!(
        lines[1],
        "   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,"
    );
    assert_eq!(lines[10], "  ... 3 more items");
}

#[test]
fn the_item_is_known() {
    let found = console(
        "console.log(pm.info.eventName, pm.info.iteration, pm.info.iterationCount, pm.info.requestName, pm.info.requestId);
         console.log(pm.execution.location, pm.execution.location.current);",
    );

    assert_eq!(
        found,
        [
            "'test', 1, 3, 'Get json', 'id-1'",
            "[ 'Collection', 'Folder', 'Get json' ], 'Get json'"
        ]
    );
}

#[test]
fn the_visualizer_checks_what_it_is_given() {
    let found = console(
        "pm.visualizer.set('<p/>', {}, {}); pm.visualizer.clear();
         for (const values of [[5], ['t', 'x'], ['t', {}, 1]]) try { pm.visualizer.set(...values) } catch (e) { console.log(e.message) }",
    );

    assert_eq!(
        found,
        [
            "'Invalid template. Template must be of type string, found number'",
            "'Invalid data. Data must be an object, found string'",
            "'Invalid options. Options must be an object, found number'",
        ]
    );
}

#[test]
fn the_licences_of_the_libraries_are_part_of_the_program() {
    let text = crate::script::licenses();

    for package in [
        "chai 4.4.1 (MIT)",
        "lodash 4.18.1 (MIT)",
        "ajv 6.12.5 (MIT)",
    ] {
        assert!(text.contains(package), "{package}");
    }
}

#[test]
fn numbers_dates_and_texts_have_their_english_forms() {
    let cases = [
        ("(1234567.891).toLocaleString()", "'1,234,567.891'"),
        (
            "(1234.5).toLocaleString('en-US', {minimumFractionDigits: 2})",
            "'1,234.50'",
        ),
        (
            "(1234.5).toLocaleString('en-US', {style: 'currency', currency: 'USD'})",
            "'$1,234.50'",
        ),
        ("(0.5).toLocaleString('en-US', {style: 'percent'})", "'50%'"),
        (
            "new Date(0).toLocaleString('en-US', {timeZone: 'UTC'})",
            "'1/1/1970, 12:00:00 AM'",
        ),
        (
            "new Date(0).toLocaleDateString('en-US', {timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric'})",
            "'January 1, 1970'",
        ),
        (
            "new Date(0).toLocaleDateString('en-US', {timeZone: 'UTC', weekday: 'short', year: 'numeric', month: 'short', day: '2-digit'})",
            "'Thu, Jan 01, 1970'",
        ),
        (
            "new Date(0).toLocaleDateString('en-GB', {timeZone: 'UTC'})",
            "'01/01/1970'",
        ),
        (
            "new Date(0).toLocaleDateString('sv-SE', {timeZone: 'UTC'})",
            "'1970-01-01'",
        ),
        ("new Date(NaN).toLocaleString()", "'Invalid Date'"),
        (
            "['b', 'a', 'B', 'é', 'f'].sort((x, y) => x.localeCompare(y)).join('')",
            "'abBéf'",
        ),
        ("'a10'.localeCompare('a9', undefined, {numeric: true})", "1"),
        (
            "'a'.localeCompare('A', undefined, {sensitivity: 'base'})",
            "0",
        ),
    ];

    for (expression, expected) in cases {
        assert_eq!(
            console(&format!("console.log({expression});")),
            [expected],
            "{expression}"
        );
    }
}

#[test]
fn what_a_script_draws_is_kept() {
    let outcome = run(Case::test(
        "pm.visualizer.set('<b>{{a}}</b>', { a: [1, { b: undefined }] });",
    ));
    let cleared = run(Case::test(
        "pm.visualizer.set('x', {}); pm.visualizer.clear();",
    ));
    let silent = run(Case::test("pm.visualizer;"));

    let visualization = outcome.visualization.flatten().unwrap();
    assert_eq!(visualization.template, "<b>{{a}}</b>");
    assert_eq!(visualization.data, serde_json::json!({"a": [1, {}]}));
    assert_eq!(cleared.visualization, Some(None));
    assert_eq!(silent.visualization, None);
}
