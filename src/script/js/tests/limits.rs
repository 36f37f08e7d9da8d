//! Scripts that would not end, or would take everything.

use std::sync::atomic::Ordering;

use std::time::Duration;

use super::support::{Case, assertions, error, lines, run, run_all, run_with};
use crate::script::Options;

const TIMED_OUT: &str = "Error: sandbox: synchronous script execution timeout";

fn short(source: &str) -> Case {
    Case::test(source).with(|context| context.timeout = Some(Duration::from_millis(150)))
}

#[test]
fn an_endless_script_fails_and_the_next_one_runs() {
    let endless = [
        "while (true) {}",
        "try { while (true) {} } catch (e) {} finally { while (true) {} }",
        "await (async () => { while (true) await null; })();",
        "function again() { Promise.resolve().then(again); } again();",
    ];
    for source in endless {
        let outcomes = run_all(vec![short(source), short("console.log('next');")]);

        assert_eq!(error(&outcomes[0]), TIMED_OUT, "{source}");
        assert_eq!(outcomes[1].error, None, "{source}");
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
    }
}

#[test]
fn an_interruption_is_told_with_its_place() {
    let outcome = run(short("let x = 1;\n/^(a+)+$/.test('a'.repeat(40) + 'b');"));

    assert_eq!(error(&outcome), format!("{TIMED_OUT} (2:33)"));
}

#[test]
fn timers_that_never_end_are_stopped() {
    let outcome = run(short(
        "setInterval(() => pm.test('tick', () => {}), 100); setTimeout(() => {}, 100000);",
    ));

    assert_eq!(
        error(&outcome),
        "Error: sandbox: asynchronous script execution timeout"
    );
    assert_eq!(assertions(&outcome), ["0 tick: passed"]);
}

#[test]
fn variables_set_before_a_timeout_count() {
    let outcome = run(short("pm.environment.set('kept', [1]); while (true) {}"));

    assert!(outcome.scopes.environment.get("kept").is_some());
}

#[test]
fn deep_recursion_is_a_range_error() {
    let outcomes = run_all(vec![
        Case::test("function deep() { deep(); } deep();"),
        Case::test(
            "function deep() { deep(); } try { deep(); } catch (e) { console.log(e.name, e.message); }",
        ),
        Case::test("JSON.parse('['.repeat(100000));"),
    ]);

    assert_eq!(
        error(&outcomes[0]),
        "RangeError: Maximum call stack size exceeded"
    );
    assert_eq!(
        lines(&outcomes[1]),
        ["'RangeError', 'Maximum call stack size exceeded'"]
    );
    assert!(outcomes[2].error.is_some());
}

#[test]
fn too_much_memory_is_one_failure() {
    let options = Options {
        memory_limit_bytes: 32 << 20,
        ..Options::default()
    };
    let outcomes = run_with(
        options,
        vec![
            Case::test("new ArrayBuffer(2 ** 30);"),
            Case::test("leak = []; for (;;) leak.push(new Array(1000).fill(1));"),
            Case::test("console.log('next'); pm.test('t', () => pm.expect(1).to.equal(1));"),
        ],
    );

    assert_eq!(error(&outcomes[0]), "InternalError: out of memory (1:5)");
    assert_eq!(
        outcomes[1]
            .error
            .as_ref()
            .map(|error| error.message.as_str()),
        Some("out of memory")
    );
    assert_eq!(outcomes[2].error, None);
    assert_eq!(assertions(&outcomes[2]), ["0 t: passed"]);
}

#[test]
fn the_user_can_stop_a_script_that_does_not_end() {
    for source in ["for (;;) {}", "setTimeout(() => {}, 3600000);"] {
        let options = Options::default();
        options.interrupt.store(true, Ordering::Relaxed);

        let outcomes = run_with(options, vec![Case::test(source)]);

        let message = outcomes[0]
            .error
            .as_ref()
            .map(|error| error.message.as_str());
        assert_eq!(message, Some("stopped by the user"), "{source}");
    }
}

#[test]
fn a_limit_that_is_too_small_is_an_error() {
    let made = super::support::on_thread(async || {
        crate::script::JsEngine::new(Options {
            memory_limit_bytes: 10_000,
            ..Options::default()
        })
        .err()
    });

    assert!(made.is_some());
}

#[test]
fn an_endless_loop_is_stopped_wherever_it_is() {
    let endless = [
        "for (const _ of (function* () { for (;;) yield 1; })()) {}",
        "eval('for (;;) {}');",
        "new Function('for (;;) {}')();",
        "setTimeout(() => { for (;;) {} }, 1);",
        "pm.test('loop', () => { for (;;) {} });",
        "pm.test('loop', async () => { await null; for (;;) {} });",
        "String({ toString() { for (;;) {} } });",
        "pm.environment.set({ toString() { for (;;) {} } }, 1);",
        "console.log({ toJSON() { for (;;) {} } });",
        "pm.environment.set('a', { toJSON() { for (;;) {} } });",
        "tests['a'] = 1; Object.defineProperty(tests, 'b', { enumerable: true, get() { for (;;) {} } });",
        "new Proxy({}, { get() { for (;;) {} } }).a;",
        "[3, 2, 1].sort(() => { for (;;) {} });",
        "const all = Array.from({ length: 1e6 }, (_, i) => -i); for (;;) all.sort((a, b) => a - b);",
        "throw { get message() { for (;;) {} } };",
        "throw { toString() { for (;;) {} }, get name() { for (;;) {} } };",
        "Error.prepareStackTrace = () => { for (;;) {} }; null.x;",
        "Object.defineProperty(Array.prototype, 'push', { get() { for (;;) {} } });",
        "/^(a+)+$/.test('a'.repeat(60) + 'b');",
        "('a'.repeat(60) + 'b').replace(/^(a+)+$/, 'c');",
        "try { /(x+x+)+y/.exec('x'.repeat(60)); } catch (e) {}",
        "for (;;) pm.environment.set('a', Math.random());",
        "for (;;) pm.variables.replaceIn('{{$guid}} {{a}}');",
        "for (;;) { try { null.x; } catch (e) {} }",
        "for (;;) { try { throw new Error('a'); } catch (e) { e.stack; } }",
        "for (;;) { try { undefined.f(); } catch (e) { continue; } finally { [1].map(String); } }",
        "return { get then() { for (;;) {} } };",
    ];
    for source in endless {
        let outcomes = run_all(vec![short(source), short("console.log('next');")]);

        let told = outcomes[0]
            .error
            .as_ref()
            .map(|error| error.message.as_str());
        assert_eq!(
            told,
            Some("sandbox: synchronous script execution timeout"),
            "{source}"
        );
        assert_eq!(outcomes[1].error, None, "{source}");
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
    }
}

#[test]
fn recursion_of_any_kind_ends_in_an_error() {
    let recursive = [
        "(function again() { [1].map(again); })();",
        "(function again() { 'a'.replace(/a/, again); })();",
        "(function again() { JSON.stringify({ toJSON: again }); })();",
        "(function again() { return new Proxy({}, { get: again }).a; })();",
        "let proxy = {}; for (let i = 0; i < 100000; i++) proxy = new Proxy(proxy, {}); proxy.a;",
        "let list = []; for (let i = 0; i < 100000; i++) list = [list]; String(list);",
        "let list = []; for (let i = 0; i < 100000; i++) list = [list]; JSON.stringify(list);",
        "JSON.parse('['.repeat(1e6) + ']'.repeat(1e6));",
        "JSON.parse('{\"a\":'.repeat(1e5));",
        "eval('('.repeat(100000));",
        "eval('['.repeat(100000) + ']'.repeat(100000));",
        "new RegExp('('.repeat(100000) + ')'.repeat(100000));",
        "class A { constructor() { new A(); } } new A();",
        "const o = { get a() { return this.a; } }; o.a;",
        "pm.test('a', function again() { pm.expect(again).to.satisfy(again); again(); });",
    ];
    for source in recursive {
        let outcomes = run_all(vec![Case::test(source), Case::test("console.log('next');")]);

        let failed = assertions(&outcomes[0])
            .iter()
            .any(|test| !test.ends_with("passed"));
        assert!(outcomes[0].error.is_some() || failed, "{source}");
        assert_eq!(outcomes[1].error, None, "{source}");
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
    }
}

#[test]
fn printing_and_comparing_what_is_nested_too_deeply_is_at_most_a_failure() {
    let nest = "let deep = []; for (let i = 0; i < 100000; i++) deep = [deep];";
    for what in [
        "console.log(deep);",
        "pm.environment.set('deep', deep);",
        "pm.test('a', () => pm.expect(deep).to.eql([deep]));",
        "require('lodash').cloneDeep(deep);",
        "throw deep;",
        "pm.variables.replaceIn(deep);",
    ] {
        let source = format!("{nest} {what}");
        let outcomes = run_all(vec![
            Case::test(&source),
            Case::test("console.log('next');"),
        ]);

        assert_eq!(outcomes[1].error, None, "{source}");
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
    }
}

#[test]
fn every_way_to_take_all_memory_is_one_failure() {
    let options = || Options {
        memory_limit_bytes: 32 << 20,
        ..Options::default()
    };
    let greedy = [
        "new Uint8Array(2 ** 30);",
        "'x'.repeat(900000000);",
        "let text = 'x'; for (;;) text += text;",
        "const list = []; for (;;) list.push({});",
        "const map = new Map(); for (let i = 0; ; i++) map.set(i, [i]);",
        "const all = []; for (;;) all.push(Promise.reject(1));",
        "for (;;) setTimeout(() => {}, 1);",
        "const all = []; for (;;) all.push(new Proxy({}, {}));",
        "const all = {}; for (let i = 0; ; i++) all['key' + i] = Symbol(i);",
        "for (let i = 0; ; i++) pm.environment.set('key' + i, 'x'.repeat(100000));",
        "for (;;) pm.sendRequest('http://localhost:8080/');",
        "for (;;) pm.test('x'.repeat(100000), () => {});",
        "for (;;) pm.test('x', () => { throw new Error('x'.repeat(100000)); });",
        "pm.environment.set('a', 'x'.repeat(100000)); for (let i = 0; ; i++) pm.variables.set('k' + i, pm.variables.replaceIn('{{a}}'));",
    ];
    for source in greedy {
        let outcomes = run_with(
            options(),
            vec![Case::test(source), Case::test("console.log('next');")],
        );

        let message = outcomes[0]
            .error
            .as_ref()
            .map(|error| error.message.as_str());
        let words = [
            "out of memory",
            "null",
            "Invalid string length",
            "string too long",
            "invalid array buffer length",
        ];
        assert!(
            message.is_some_and(|told| words.contains(&told)),
            "{source}: {message:?}"
        );
        assert_eq!(outcomes[1].error, None, "{source}");
        assert_eq!(lines(&outcomes[1]), ["'next'"], "{source}");
    }
}

#[test]
fn what_a_script_prints_beyond_the_limit_is_left_out() {
    let options = Options {
        memory_limit_bytes: 16 << 20,
        ..Options::default()
    };
    let source = "for (let i = 0; i < 3000; i++) console.log('x'.repeat(10000));";
    let outcomes = run_with(options, vec![Case::test(source)]);

    let lines = lines(&outcomes[0]);
    assert_eq!(error(&outcomes[0]), "none");
    assert!(lines.len() < 3000, "{}", lines.len());
    assert_eq!(
        lines.last().map(String::as_str),
        Some("'the script printed too much, and the rest is left out'")
    );
}

#[test]
fn a_million_tests_are_reported() {
    let outcome = run(Case::test(
        "for (let i = 0; i < 1e6; i++) pm.test('t', () => {});",
    ));

    assert_eq!(error(&outcome), "none");
    assert_eq!(outcome.steps.len(), 1_000_000);
}
