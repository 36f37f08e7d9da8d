//! Scripts that break what they find, and the scripts after them, which are innocent.

use super::support::{Case, assertions, error, lines, run_all};

/// Uses a bit of everything.
const INNOCENT: &str = "
    pm.test('response', () => {
        pm.response.to.have.status(200);
        pm.expect(pm.response.json().b.c).to.eql([1, 2, 3]);
        pm.expect(pm.response.headers.get('x-test')).to.equal('v1');
    });
    pm.test('failure', () => pm.expect({ a: 1 }).to.have.property('b'));
    pm.test('promise', async () => { await null; });
    pm.environment.set('object', { list: [1] });
    pm.test('variables', () => pm.expect(pm.environment.get('object').list).to.eql([1]));
    setTimeout(() => console.log('timer', [1, { a: 'b' }], new Map([[1, 2]])), 1);
    tests['legacy'] = responseBody.has('str');
";

#[track_caller]
fn survives(hostile: &str) -> Vec<String> {
    let outcomes = run_all(vec![Case::test(hostile), Case::test(INNOCENT)]);
    let innocent = &outcomes[1];
    assert_eq!(error(innocent), "none", "{hostile}");
    assert_eq!(
        assertions(innocent),
        [
            "0 response: passed",
            "1 failure: AssertionError: expected { a: 1 } to have property 'b'",
            "2 promise: passed",
            "3 variables: passed",
            "4 legacy: passed",
        ],
        "{hostile}"
    );
    assert_eq!(
        lines(innocent).last().map(String::as_str),
        Some("'timer', [ 1, { a: 'b' } ], Map(1) { 1 => 2 }"),
        "{hostile}"
    );
    lines(&outcomes[0])
}

#[test]
fn methods_that_a_script_has_ruined_come_back() {
    let ruins = [
        "Array.prototype.push = null;",
        "Array.prototype.map = undefined; delete Array.prototype.forEach;",
        "Array.prototype[Symbol.iterator] = null;",
        "for (const key of Object.getOwnPropertyNames(Array.prototype)) if (key !== 'length') delete Array.prototype[key];",
        "for (const key of Object.getOwnPropertyNames(String.prototype)) if (key !== 'length') delete String.prototype[key];",
        "for (const key of Object.getOwnPropertyNames(Map.prototype)) if (key !== 'size') Map.prototype[key] = 1;",
        "Function.prototype.call = () => 1; Function.prototype.apply = null; Function.prototype.bind = () => 2;",
        "Promise.prototype.then = () => 1;",
        "RegExp.prototype.exec = null; RegExp.prototype[Symbol.replace] = 1;",
        "Object.defineProperty = null; Object.keys = () => []; Object.getPrototypeOf = null;",
        "JSON.parse = null; JSON.stringify = 5;",
        "Error.prepareStackTrace = () => { throw new Error('no'); };",
        "Object.defineProperty(Array.prototype, 'slice', { get() { throw 1; }, configurable: true });",
    ];
    for ruin in ruins {
        survives(ruin);
    }
}

#[test]
fn globals_that_a_script_has_ruined_come_back() {
    let ruins = [
        "Promise = null;",
        "JSON = null; Object = 1; Array = undefined; Map = {}; Symbol = 0; Error = null;",
        "console = null; setTimeout = 'x'; require = null;",
        "pm = null;",
        "pm.test = 5; pm.expect = null;",
        "delete String; delete RegExp; delete Math;",
    ];
    for ruin in ruins {
        survives(ruin);
    }
}

#[test]
fn properties_that_a_script_has_given_to_every_object_do_no_harm() {
    let ruins = [
        "Object.prototype.x = 1;",
        "Object.prototype.get = 1;",
        "Object.prototype.set = () => 1; Object.prototype.value = 2; Object.prototype.writable = false;",
        "Object.prototype.enumerable = true; Array.prototype.x = () => 1;",
        "Object.defineProperty(Object.prototype, 'y', { get() { throw new Error('no'); }, configurable: true });",
        "Object.prototype.length = 3; Object.prototype[0] = 'zero';",
    ];
    for ruin in ruins {
        survives(ruin);
    }
}

#[test]
fn what_was_restored_is_told() {
    let told = survives("Array.prototype.push = null; Promise = 1;");

    assert_eq!(
        told,
        ["'built-in names that the script had ruined are restored: Promise, Array.prototype.push'"]
    );
}

#[test]
fn built_in_objects_that_are_ruined_for_good_cost_the_realm() {
    let loss = "'later scripts start anew: what scripts have left in undeclared names is lost'";
    for ruin in [
        "Object.freeze(Object.prototype);",
        "Object.preventExtensions(Array.prototype);",
        "Object.defineProperty(Array.prototype, 'push', { value: null, configurable: false, writable: false });",
    ] {
        assert_eq!(survives(ruin), [loss], "{ruin}");
    }
}

#[test]
fn a_name_that_cannot_be_given_any_more_costs_the_realm() {
    let global = "const global = Function('return this')();";
    survives(&format!(
        "{global} Object.defineProperty(global, 'pm', {{ value: 1, configurable: false, writable: false }});"
    ));
    survives(&format!("{global} Object.freeze(global);"));
}

#[test]
fn functions_that_a_script_has_replaced_stay() {
    let outcomes = run_all(vec![
        Case::test(
            "Date.now = () => 7; Array.prototype.last = function () { return this.at(-1); };",
        ),
        Case::test("console.log(Date.now(), [1, 2].last());"),
    ]);

    assert_eq!(lines(&outcomes[1]), ["7, 2"]);
}
