//! What passes from script to script, and what does not.

use super::support::{Case, error, lines, run_with};
use crate::script::Options;

/// Leaves something in every place where a script can leave it.
const LEAVING: &str = "
    undeclared = 1;
    var declared = 1;
    Array.prototype.added = 1;
    JSON.parse = () => 'mine';
    require('lodash').left = 1;
    (0, eval)('var indirect = 1');
    pm.environment.set('variable', 1);
";

const LOOKING: &str = "
    console.log(typeof undeclared, typeof declared, typeof [].added, JSON.parse('1'),
        typeof require('lodash').left, typeof indirect, typeof pm.environment.get('variable'));
";

fn found(isolates_scripts: bool) -> Vec<String> {
    let options = Options {
        isolates_scripts,
        ..Options::default()
    };
    let outcomes = run_with(
        options,
        vec![Case::prerequest(LEAVING), Case::test(LOOKING)],
    );
    assert_eq!(error(&outcomes[0]), "none");
    assert_eq!(lines(&outcomes[0]), [""; 0]);
    lines(&outcomes[1])
}

#[test]
fn scripts_share_one_realm() {
    assert_eq!(
        found(false),
        ["'number', 'undefined', 'number', 'mine', 'number', 'number', 'number'"]
    );
}

#[test]
fn isolated_scripts_share_variables_only() {
    assert_eq!(
        found(true),
        ["'undefined', 'undefined', 'undefined', 1, 'undefined', 'undefined', 'number'"]
    );
}
