//! Scripts in a call of the engine's own that takes too long and cannot be interrupted.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::support::{Case, assertions, error, lines, run_watched};
use crate::script::Options;

/// Takes many seconds, in one step of the engine.
const STUCK: &str = "Array(2 ** 29).join('');";

fn short(source: &str) -> Case {
    Case::test(source).with(|context| context.timeout = Some(Duration::from_millis(100)))
}

#[test]
fn a_script_in_an_endless_native_call_fails_and_the_next_one_runs() {
    let outcomes = run_watched(
        Options::default(),
        vec![short(STUCK), Case::test("console.log('next');")],
    );

    assert_eq!(error(&outcomes[0]), "Error: sandbox not responding");
    assert_eq!(error(&outcomes[1]), "none");
    assert_eq!(lines(&outcomes[1]), ["'next'"]);
}

#[test]
fn what_a_stuck_script_did_before_counts() {
    let source =
        "console.log('said'); pm.test('checked', () => {}); pm.environment.set('kept', 'yes');";
    let outcomes = run_watched(
        Options::default(),
        vec![
            short(&format!("{source} {STUCK}")),
            Case::test("console.log(pm.environment.get('kept'));"),
        ],
    );

    assert_eq!(
        lines(&outcomes[0]),
        [
            "'said'",
            "'later scripts start anew: what scripts have left in undeclared names is lost'"
        ]
    );
    assert_eq!(assertions(&outcomes[0]), ["0 checked: passed"]);
    assert_eq!(lines(&outcomes[1]), ["'yes'"]);
}

#[test]
fn undeclared_names_are_lost_with_a_stuck_script() {
    let outcomes = run_watched(
        Options::default(),
        vec![
            Case::test("shared = 1;"),
            short(STUCK),
            Case::test("console.log(typeof shared);"),
        ],
    );

    assert_eq!(lines(&outcomes[2]), ["'undefined'"]);
}

#[test]
fn undeclared_names_pass_from_script_to_script() {
    let outcomes = run_watched(
        Options::default(),
        vec![
            Case::test("shared = 1;"),
            Case::test("console.log(typeof shared);"),
        ],
    );

    assert_eq!(lines(&outcomes[1]), ["'number'"]);
}

#[test]
fn the_user_can_stop_a_stuck_script() {
    let options = Options::default();
    let interrupt = Arc::clone(&options.interrupt);
    let user = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        interrupt.store(true, Ordering::Relaxed);
    });

    let without_limit = Case::test(STUCK).with(|context| context.timeout = None);
    let outcomes = run_watched(options, vec![without_limit]);

    user.join().expect("the user has asked");
    assert_eq!(error(&outcomes[0]), "Error: stopped by the user");
}

#[test]
fn only_so_many_scripts_may_be_stuck_at_a_time() {
    let mut cases: Vec<Case> = (0..5).map(|_| short(STUCK)).collect();
    cases.push(Case::test("console.log('not run');"));
    let outcomes = run_watched(Options::default(), cases);

    let last = "InternalError: 4 earlier scripts could not be stopped and are still running";
    let errors: Vec<String> = outcomes.iter().map(error).collect();
    assert_eq!(errors[..4], ["Error: sandbox not responding"; 4]);
    assert_eq!(errors[4..], [last, last]);
}

#[test]
fn a_script_that_comes_back_in_time_keeps_its_realm() {
    let outcomes = run_watched(
        Options::default(),
        vec![
            short("shared = 1; for (;;) {}"),
            Case::test("console.log(typeof shared);"),
        ],
    );

    let failure = outcomes[0].error.as_ref();
    assert_eq!(
        failure.map(|error| error.message.as_str()),
        Some("sandbox: synchronous script execution timeout")
    );
    assert_eq!(lines(&outcomes[1]), ["'number'"]);
}
