//! A step that makes the run fail, with everything that a report can say about it.
//!
//! It borrows from the step; `record::Failure` is the same thing to keep, without the step's details.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::http;
use crate::record::{Assertion, AssertionOutcome, FailureKind, ScriptPlace, ScriptRun, Step};

/// What went wrong in one step.
#[derive(Debug, Clone)]
pub(super) struct Problem<'step> {
    /// What failed.
    pub(super) kind: FailureKind,
    /// The error's class.
    pub(super) name: &'step str,
    /// Name and number of the test, for an assertion.
    pub(super) test: Option<(&'step str, usize)>,
    /// What went wrong.
    pub(super) message: Cow<'step, str>,
    /// The values that were expected and found.
    pub(super) comparison: Option<(&'step str, &'step str)>,
    /// The line of the script, when it is known.
    pub(super) place: Option<&'step ScriptPlace>,
    /// What a user can do about it.
    pub(super) hint: Option<&'step str>,
    /// The transport's own error, or what it would have been.
    pub(super) transport: Option<&'step http::Error>,
}

impl<'step> Problem<'step> {
    /// The problem in a step, if it has one.
    pub(super) fn of(step: &'step Step) -> Option<Self> {
        match step {
            Step::Assertion(assertion) => Self::of_assertion(assertion),
            Step::Script(run) => Self::of_script(run),
            Step::Request(sent) => {
                let error = sent.exchange.outcome.as_ref().err()?;
                let message = Cow::Owned(error.to_string());
                Some(Self {
                    hint: error.hint(),
                    transport: Some(error),
                    ..Self::of_request(message)
                })
            }
            Step::Unsendable {
                reason,
                hint,
                transport,
                ..
            } => Some(Self {
                hint: hint.as_deref(),
                transport: transport.as_ref(),
                ..Self::of_request(Cow::Borrowed(reason))
            }),
            Step::Console(_) => None,
        }
    }

    fn of_assertion(assertion: &'step Assertion) -> Option<Self> {
        let AssertionOutcome::Failed(error) = &assertion.outcome else {
            return None;
        };
        Some(Self {
            kind: FailureKind::Assertion,
            name: &error.name,
            test: Some((&assertion.name, assertion.index)),
            message: Cow::Borrowed(&error.message),
            comparison: error.expected.as_deref().zip(error.actual.as_deref()),
            place: assertion.place.as_ref(),
            hint: None,
            transport: None,
        })
    }

    fn of_script(run: &'step ScriptRun) -> Option<Self> {
        let error = run.error.as_ref()?;
        Some(Self {
            kind: FailureKind::Script(run.kind),
            name: &error.name,
            test: None,
            message: Cow::Borrowed(&error.message),
            comparison: None,
            place: error.place.as_ref(),
            hint: None,
            transport: None,
        })
    }

    fn of_request(message: Cow<'step, str>) -> Self {
        Self {
            kind: FailureKind::Request,
            name: "Error",
            test: None,
            message,
            comparison: None,
            place: None,
            hint: None,
            transport: None,
        }
    }

    /// The place in newman's words: `assertion:1 in test-script`, `test-script:3:5`, `request`.
    pub(super) fn at(&self) -> String {
        let mut at = match (self.kind, self.test, self.place) {
            (FailureKind::Request, ..) => "request".to_owned(),
            (FailureKind::Script(kind), ..) => format!("{}-script", kind.name()),
            (FailureKind::Assertion, test, place) => {
                let index = test.map_or(0, |(_, index)| index);
                let script = place.map_or("test", |place| place.kind.name());
                format!("assertion:{index} in {script}-script")
            }
        };
        if let Some(place) = self.place {
            // Writing to a text cannot fail.
            let _ = write!(at, ":{}:{}", place.line, place.column);
        }
        at
    }

    /// The two values, if showing them line by line says more than the message does.
    pub(super) fn long_comparison(&self) -> Option<(&'step str, &'step str)> {
        const SHORT: usize = 60;

        self.comparison.filter(|(expected, actual)| {
            expected.contains('\n')
                || actual.contains('\n')
                || expected.len() + actual.len() > SHORT
        })
    }
}
