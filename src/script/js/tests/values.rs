//! Odd values where scripts hand something over.

use super::support::{Case, assertions, error, lines, run_all};

#[test]
fn values_whose_conversion_throws_are_at_most_one_failure() {
    let thrower = "const thrower = { toString() { throw new Error('no'); }, valueOf() { throw new Error('no'); } };";
    let cases = [
        ("pm.environment.set(thrower, 1);", "Error: no"),
        ("pm.test(thrower, () => {});", "Error: no"),
        ("pm.execution.setNextRequest(thrower);", "Error: no"),
        ("setTimeout(() => {}, thrower);", "Error: no"),
        ("require(thrower);", "Error: "),
        ("console.log(thrower);", "none"),
        ("pm.environment.set('a', thrower);", "none"),
        (
            "pm.environment.set('a', { toJSON() { throw new Error('no'); } });",
            "none",
        ),
        (
            "pm.environment.set('a', { get a() { throw new Error('no'); } });",
            "none",
        ),
    ];
    for (what, expected) in cases {
        let source = format!("{thrower} {what}");
        let outcomes = run_all(vec![
            Case::test(&source),
            Case::test("console.log('next');"),
        ]);

        assert!(
            error(&outcomes[0]).starts_with(expected),
            "{what}: {}",
            error(&outcomes[0])
        );
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{what}");
    }
}

#[test]
fn anything_can_be_thrown() {
    let thrown = [
        "Symbol('s')",
        "1n",
        "NaN",
        "() => 1",
        "Object.create(null)",
        "new Proxy({}, { get() { throw 1; } })",
        "{ get message() { throw 1; }, get name() { throw 1; }, get stack() { throw 1; } }",
        "{ message: { toString() { throw 1; } }, name: Symbol() }",
        "Object.assign(new Error('a'), { name: null, stack: 5 })",
        "'\\ud800'",
    ];
    for value in thrown {
        for source in [
            format!("throw {value};"),
            format!("throw ({value});"),
            format!("await null; throw ({value});"),
            format!("setTimeout(() => {{ throw ({value}); }}, 1);"),
            format!("Promise.reject({value});"),
        ] {
            let outcomes = run_all(vec![
                Case::test(&source),
                Case::test("console.log('next');"),
            ]);

            assert!(outcomes[0].error.is_some(), "{source}");
            assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
        }
        let source = format!("pm.test('t', () => {{ throw ({value}); }});");
        let outcomes = run_all(vec![Case::test(&source)]);

        assert_eq!(error(&outcomes[0]), "none", "{source}");
        assert!(!assertions(&outcomes[0])[0].ends_with("passed"), "{source}");
    }
}

#[test]
fn names_may_be_anything_that_is_a_text() {
    let outcomes = run_all(vec![Case::test(
        "pm.test(Symbol('s'), () => {}); pm.test(undefined, () => {}); pm.test('a\\ud800', () => {});
         pm.environment.set(Symbol('s'), 1); pm.environment.set('\\udfff', '\\ud800x');
         console.log(pm.environment.get('Symbol(s)'), pm.environment.get('\\udfff'), '\\ud800');",
    )]);

    assert_eq!(
        assertions(&outcomes[0]),
        [
            "0 Symbol(s): passed",
            "1 undefined: passed",
            "2 a\u{fffd}: passed"
        ]
    );
    assert_eq!(lines(&outcomes[0]), ["1, '\u{fffd}x', '\\uD800'"]);
}

#[test]
fn line_separators_are_part_of_texts_and_end_comments() {
    let outcomes = run_all(vec![Case::test(
        "console.log('a\u{2028}b'.length); // comment\u{2028}console.log('seen');",
    )]);

    assert_eq!(lines(&outcomes[0]), ["3", "'seen'"]);
}

#[test]
fn a_zero_character_is_at_most_one_failure() {
    for source in ["console.log('a\0b');", "\0", "let a = 1;\0"] {
        let outcomes = run_all(vec![Case::test(source), Case::test("console.log('next');")]);

        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source:?}");
    }
}

#[test]
fn nothing_but_pm_leads_out_of_the_engine() {
    let names = [
        "std",
        "os",
        "bjson",
        "print",
        "scriptArgs",
        "Worker",
        "process",
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "navigator",
        "globalThis",
        "load",
        "loadScript",
        "gc",
        "WebAssembly",
        "__dirname",
        "module",
        "exports",
        "Deno",
        "Bun",
    ];
    for name in names {
        let outcomes = run_all(vec![Case::test(&format!("console.log(typeof {name});"))]);

        assert_eq!(lines(&outcomes[0]), ["'undefined'"], "{name}");
    }
    let refused = [
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
        "await import('std');",
        "await import('os');",
        "await import('./file.js');",
        "await import('/etc/passwd');",
        "await import('data:text/javascript,1');",
        "require('child_process');",
        "require('net');",
        "require('http');",
        "require('prelude/main');",
        "require('../file');",
        "require('/etc/passwd');",
        "require('fs').readFileSync('/etc/passwd');",
        "require('fs').writeFileSync('/tmp/file', '');",
    ];
    for source in refused {
        let outcomes = run_all(vec![Case::test(source)]);

        assert_ne!(error(&outcomes[0]), "none", "{source}");
    }
}
