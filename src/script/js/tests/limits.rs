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
