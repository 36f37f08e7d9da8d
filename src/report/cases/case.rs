//! One execution as a list of cases: the request itself, then its tests.

use std::collections::HashSet;
use std::time::Duration;

use super::text::{message_text, name_text, problem_text, response_text, unique};
use crate::record::{AssertionOutcome, ExchangeOrigin, Execution, FailureKind, Step};
use crate::report::problem::Problem;

/// The case that stands for the request itself.
const REQUEST_CASE: &str = "request";

/// Something that a report for CI servers counts.
pub(in crate::report) struct Case {
    /// Unique in its execution, and with the iteration if there are several.
    pub(in crate::report) name: String,
    /// The request's time with that of its scripts; tests take none.
    pub(in crate::report) duration: Duration,
    /// What came of it.
    pub(in crate::report) result: CaseResult,
}

/// What came of a case.
pub(in crate::report) enum CaseResult {
    /// It is as it should be.
    Passed,
    /// It did not take place.
    Skipped {
        /// Why.
        message: &'static str,
    },
    /// It is not.
    Failed(CaseFailure),
}

/// Why a case failed.
pub(in crate::report) struct CaseFailure {
    /// Whether a request or a script failed rather than a test.
    pub(in crate::report) is_error: bool,
    /// The class of the error, or its code.
    pub(in crate::report) kind: String,
    /// One short text.
    pub(in crate::report) message: String,
    /// All that can be said.
    pub(in crate::report) text: String,
    /// What was expected and what was found.
    pub(in crate::report) comparison: Option<(String, String)>,
}

impl Case {
    /// A case that belongs to no execution and failed.
    pub(in crate::report) fn of_error(name: &str, kind: &str, message: &str) -> Self {
        Self {
            name: name.to_owned(),
            duration: Duration::ZERO,
            result: CaseResult::Failed(CaseFailure {
                is_error: true,
                kind: kind.to_owned(),
                message: message.to_owned(),
                text: message.to_owned(),
                comparison: None,
            }),
        }
    }
}

/// The cases of an execution; the iteration, counted from 1, is given where there are several.
pub(in crate::report) fn cases(execution: &Execution, iteration: Option<usize>) -> Vec<Case> {
    let mut used = HashSet::new();
    let mut name_of = |name: &str| {
        let name = unique(name_text(name, "(unnamed)"), &mut used);
        match iteration {
            Some(iteration) => format!("{name} [iteration {iteration}]"),
            None => name,
        }
    };
    let mut cases = vec![Case {
        name: name_of(REQUEST_CASE),
        duration: measured(execution),
        result: request_result(execution),
    }];
    for step in &execution.steps {
        if let Step::Assertion(assertion) = step {
            cases.push(Case {
                name: name_of(&assertion.name),
                duration: Duration::ZERO,
                result: assertion_result(step, &assertion.outcome, execution),
            });
        }
    }
    quote_response(&mut cases, execution);
    cases
}

/// The response is quoted once: what failed first is what people look at.
fn quote_response(cases: &mut [Case], execution: &Execution) {
    let first = cases.iter_mut().find_map(|case| match &mut case.result {
        CaseResult::Failed(failure) => Some(&mut failure.text),
        _ => None,
    });
    if let Some((text, excerpt)) = first.zip(response_text(execution)) {
        text.push_str("\n\nresponse:\n");
        text.push_str(&excerpt);
    }
}

/// Requests of the item and scripts; what scripts sent is part of their time.
pub(in crate::report) fn measured(execution: &Execution) -> Duration {
    let requests = execution
        .requests()
        .filter(|sent| sent.origin == ExchangeOrigin::Item)
        .map(|sent| sent.exchange.timings.total);
    requests
        .chain(execution.scripts().map(|run| run.duration))
        .sum()
}

/// All errors of requests and scripts together: consumers count one error for each case.
fn request_result(execution: &Execution) -> CaseResult {
    let problems: Vec<Problem<'_>> = execution
        .steps
        .iter()
        .filter_map(Problem::of)
        .filter(|problem| problem.kind != FailureKind::Assertion)
        .collect();
    match problems.first() {
        Some(first) => CaseResult::Failed(CaseFailure {
            is_error: true,
            kind: kind_text(first),
            message: message_text(&first.message),
            text: problems
                .iter()
                .map(|problem| problem_text(problem, execution))
                .collect::<Vec<_>>()
                .join("\n\n"),
            comparison: None,
        }),
        None if execution.skipped => CaseResult::Skipped {
            message: "the request was skipped",
        },
        None => CaseResult::Passed,
    }
}

fn kind_text(problem: &Problem<'_>) -> String {
    let code = problem.transport.and_then(crate::http::Error::code);
    match (problem.kind, code) {
        (FailureKind::Request, Some(code)) => code.to_owned(),
        (FailureKind::Request, None) => "RequestError".to_owned(),
        _ => name_text(problem.name, "Error"),
    }
}

fn assertion_result(step: &Step, outcome: &AssertionOutcome, execution: &Execution) -> CaseResult {
    match (outcome, Problem::of(step)) {
        (AssertionOutcome::Skipped, _) => CaseResult::Skipped {
            message: "pm.test.skip",
        },
        (_, Some(problem)) => CaseResult::Failed(CaseFailure {
            is_error: false,
            kind: kind_text(&problem),
            message: message_text(&problem.message),
            text: problem_text(&problem, execution),
            comparison: problem
                .comparison
                .map(|(expected, actual)| (expected.to_owned(), actual.to_owned())),
        }),
        _ => CaseResult::Passed,
    }
}
