//! What a script checked and how a script fails.

use crate::collection::ScriptKind;

/// A line of a script in the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScriptPlace {
    /// Before or after the request.
    pub(crate) kind: ScriptKind,
    /// The name of the collection, folder or request that the script belongs to.
    pub(crate) owner: String,
    /// The line in the script's `exec`, counted from 1.
    pub(crate) line: u32,
    /// The column, counted from 1.
    pub(crate) column: u32,
    /// The text of that line.
    pub(crate) source_line: String,
}

/// Why an assertion failed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AssertionError {
    /// The error's class, `AssertionError` as a rule.
    pub(crate) name: String,
    /// What the check says.
    pub(crate) message: String,
    /// The value that was found, printed, where the check compares two values.
    pub(crate) actual: Option<String>,
    /// The value that was asked for, printed, where the check compares two values.
    pub(crate) expected: Option<String>,
}

/// How an assertion went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AssertionOutcome {
    /// It held.
    Passed,
    /// `pm.test.skip`.
    Skipped,
    /// It did not hold.
    Failed(AssertionError),
}

/// One `pm.test`, one legacy test or one expectation of a rules file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assertion {
    /// The name of the test.
    pub(crate) name: String,
    /// Its number within the script, counted from 0.
    pub(crate) index: usize,
    /// How it went.
    pub(crate) outcome: AssertionOutcome,
    /// Where in which script it failed, when that is known.
    pub(crate) place: Option<ScriptPlace>,
}

impl Assertion {
    /// Whether the assertion did not hold.
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.outcome, AssertionOutcome::Failed(_))
    }
}

/// Why a script failed outside its assertions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScriptError {
    /// The error's class, such as `TypeError`.
    pub(crate) name: String,
    /// Its message, in V8's words where those are known.
    pub(crate) message: String,
    /// Where it was thrown, when that is known.
    pub(crate) place: Option<ScriptPlace>,
}
