//! What belongs to one script, what stays, and when a script has ended.

use super::support::{Case, assertions, console, error, lines, run, run_all};

#[test]
fn declarations_end_with_the_script_and_undeclared_names_stay() {
    let outcomes = run_all(vec![
        Case::prerequest(
            "var a = 1; let b = 2; const c = 3; function d() {} helper = { twice: (x) => 2 * x }; this.e = 5;",
        ),
        Case::test(
            "console.log(typeof a, typeof b, typeof c, typeof d, typeof e, helper.twice(21));",
        ),
    ]);

    assert_eq!(
        lines(&outcomes[1]),
        ["'undefined', 'undefined', 'undefined', 'undefined', 'undefined', 42"]
    );
}

#[test]
fn changes_of_built_in_prototypes_stay() {
    let outcomes = run_all(vec![
        Case::test("Array.prototype.second = function () { return this[1]; };"),
        Case::test("console.log([1, 2].second());"),
    ]);

    assert_eq!(lines(&outcomes[1]), ["2"]);
}

#[test]
fn top_level_await_and_return_work() {
    assert_eq!(
        console("console.log(await Promise.resolve(3)); return; console.log('never');"),
        ["3"]
    );
}

#[test]
fn direct_eval_sees_and_declares_local_names() {
    let found = console(
        "const local = 7; eval('var made = 5; function sees() { return local; }'); console.log(made, sees());",
    );

    assert_eq!(found, ["5, 7"]);
}

#[test]
fn scripts_may_declare_the_names_of_the_first_sandbox() {
    let found = console(
        "let data = 1; const request = 2; var tests = 3; console.log(data, request, tests);",
    );

    assert_eq!(found, ["1, 2, 3"]);
}

#[test]
fn callbacks_run_in_nodes_order() {
    let found = console(
        "setTimeout(() => console.log('timeout'), 0); setImmediate(() => console.log('immediate'));
         Promise.resolve().then(() => console.log('promise')); queueMicrotask(() => console.log('microtask'));
         console.log('first');
         let ticks = 0; const timer = setInterval(() => { if ((ticks += 1) === 3) { clearInterval(timer); console.log('ticks', ticks); } }, 2);",
    );

    assert_eq!(
        found,
        [
            "'first'",
            "'promise'",
            "'microtask'",
            "'immediate'",
            "'timeout'",
            "'ticks', 3"
        ]
    );
}

#[test]
fn a_timer_that_was_cleared_does_not_run() {
    assert_eq!(
        console("clearTimeout(setTimeout(() => console.log('never'), 1)); console.log('end');"),
        ["'end'"]
    );
}

#[test]
fn tests_of_every_kind_are_reported_by_their_outcome() {
    let outcome = run(Case::test(
        "pm.test('sync', () => {});
         pm.test('async', async () => { await null; });
         pm.test('rejects', async () => { throw new RangeError('late'); });
         pm.test('callback', (done) => setTimeout(done, 1));
         pm.test('callback fails', (done) => setTimeout(() => done(new Error('told')), 2));
         pm.test('never', (done) => {});
         pm.test('stuck', () => new Promise(() => {}));
         pm.test.skip('skipped');
         pm.test('no function');
         pm.test(undefined, () => { throw 'text'; });
         console.log(pm.test.index(), pm.test('chained', () => {}) === pm);",
    ));

    assert_eq!(outcome.error, None);
    assert_eq!(lines(&outcome), ["10, true"]);
    assert_eq!(
        assertions(&outcome),
        [
            "0 sync: passed",
            "1 async: passed",
            "2 rejects: RangeError: late",
            "6 stuck: Error: its promise was never settled",
            "7 skipped: skipped",
            "8 no function: passed",
            "9 undefined: AssertionError: undefined",
            "10 chained: passed",
            "3 callback: passed",
            "4 callback fails: Error: told",
            "5 never: Error: done was never called",
        ]
    );
}

#[test]
fn errors_are_failures_of_the_script_wherever_they_come_from() {
    let cases = [
        ("throw new TypeError('plain');", "TypeError: plain (1:11)"),
        ("throw 'just text';", "Error: just text"),
        ("throw { code: 5 };", r#"Error: {"code":5}"#),
        (
            "\nsetTimeout(() => { throw new Error('in a timer'); }, 1);",
            "Error: in a timer (2:30)",
        ),
        (
            "Promise.reject(new Error('unhandled'));",
            "Error: unhandled (1:20)",
        ),
        (
            "const later = async () => { null.x; };\nlater();",
            "TypeError: Cannot read properties of null (reading 'x') (1:29)",
        ),
        (
            "await new Promise(() => {});",
            "Error: the script waits for a promise that nothing can settle any more",
        ),
        ("let a = ;", "SyntaxError: Unexpected token ';' (1:9)"),
        (
            "pm.test('a', () => {\n  pm.nope();\n});\npm.nope();",
            "TypeError: pm.nope is not a function (4:4)",
        ),
        (
            "if (true) {\n",
            "SyntaxError: Unexpected end of input (1:12)",
        ),
        (
            "const é = 'é'; missing;",
            "ReferenceError: missing is not defined (1:16)",
        ),
    ];

    for (source, expected) in cases {
        assert_eq!(error(&run(Case::test(source))), expected, "{source}");
    }
}

#[test]
fn a_rejection_that_is_handled_is_no_error() {
    let outcome = run(Case::test(
        "const p = Promise.reject(1); p.catch(() => {}); await Promise.allSettled([Promise.reject(2)]);",
    ));

    assert_eq!(outcome.error, None);
}

#[test]
fn a_failed_assertion_knows_its_line() {
    let source = "pm.test('t', function () {\n    const found = { a: 1 };\n    pm.expect(found).to.eql({ a: 2 });\n});";

    let outcome = run(Case::test(source));

    let crate::record::Step::Assertion(assertion) = &outcome.steps[0] else {
        panic!("an assertion")
    };
    let place = assertion.place.as_ref().expect("a place");
    assert_eq!((place.line, place.owner.as_str()), (3, "Get json"));
    assert_eq!(place.source_line, "    pm.expect(found).to.eql({ a: 2 });");
    let crate::record::AssertionOutcome::Failed(error) = &assertion.outcome else {
        panic!("a failure")
    };
    assert_eq!(error.actual.as_deref(), Some("{ a: 1 }"));
    assert_eq!(error.expected.as_deref(), Some("{ a: 2 }"));
}

#[test]
fn messages_inside_scripts_are_v8s_too() {
    let found = console(
        "try { null.x } catch (e) { console.log(e.message, e instanceof TypeError) }
         try { const q = 1; q = 2 } catch (e) { console.log(e.message) }
         try { JSON.parse('{bad') } catch (e) { console.log(e.name, e.message, e.row, e.column) }
         try { require('nope') } catch (e) { console.log(e.message, e.code) }",
    );

    assert_eq!(
        found,
        [
            "\"Cannot read properties of null (reading 'x')\", true",
            "'Assignment to constant variable.'",
            "'JSONError', \"Unexpected token 'b' at 1:2\\n{bad\\n ^\", 1, 2",
            "\"Cannot find module 'nope'\", 'MODULE_NOT_FOUND'",
        ]
    );
}

#[test]
fn what_postman_hides_is_absent() {
    let names = [
        "globalThis",
        "window",
        "process",
        "fetch",
        "performance",
        "WeakRef",
        "global",
        "self",
        "module",
        "host",
    ];
    let source =
        format!("for (const name of {names:?}) console.log(name, eval('typeof ' + name));");

    let expected: Vec<String> = names
        .iter()
        .map(|name| format!("'{name}', 'undefined'"))
        .collect();
    assert_eq!(console(&source), expected);
}

#[test]
fn skipping_the_request_ends_the_effects_of_the_script() {
    let outcome = run(Case::prerequest(
        "pm.environment.set('before', 1); pm.execution.skipRequest();
         pm.environment.set('after', 1); console.log('after'); pm.test('after', () => {}); throw new Error('after');",
    ));

    assert!(outcome.skip_request);
    assert_eq!(outcome.error, None);
    assert!(outcome.steps.is_empty());
    assert!(
        outcome.scopes.environment.get("before").is_some()
            && outcome.scopes.environment.get("after").is_none()
    );
    let test = run(Case::test("pm.execution.skipRequest();"));
    assert_eq!(
        error(&test),
        "TypeError: pm.execution.skipRequest is not a function (1:14)"
    );
}

#[test]
fn the_last_next_request_wins() {
    use crate::script::NextRequest;
    let cases = [
        (
            "pm.execution.setNextRequest('a'); postman.setNextRequest('b');",
            Some(NextRequest::Named("b".to_owned())),
        ),
        (
            "pm.execution.setNextRequest(null);",
            Some(NextRequest::EndIteration),
        ),
        (
            "pm.execution.setNextRequest('a'); pm.execution.setNextRequest(undefined);",
            Some(NextRequest::Named("a".to_owned())),
        ),
        ("", None),
    ];

    for (source, expected) in cases {
        assert_eq!(run(Case::test(source)).next_request, expected, "{source}");
    }
}

#[test]
fn a_script_that_runs_again_begins_with_fresh_names() {
    let source = "var count; count = (count ?? 0) + 1; let list = []; list.push(/a/g, `b`);
        console.log(count, list.length);";
    let outcomes = run_all(vec![Case::test(source), Case::test(source)]);

    assert_eq!(lines(&outcomes[0]), ["1, 2"]);
    assert_eq!(lines(&outcomes[1]), ["1, 2"]);
}

#[test]
fn a_script_that_runs_again_knows_its_lines() {
    let failing = Case::test("// a comment\nnull.x;");
    let outcomes = run_all(vec![
        Case::test("// a comment\nnull.x;"),
        Case::test("const other = 1;"),
        failing,
    ]);

    assert_eq!(error(&outcomes[0]), error(&outcomes[2]));
    assert!(error(&outcomes[0]).ends_with("(2:1)"));
}
