//! One execution of an item as a suite.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use super::text::{
    clipped, message_text, name_text, problem_text, response_text, seconds, timestamp, unique,
};
use super::xml::Xml;
use crate::record::{
    AssertionOutcome, ConsoleMessage, ExchangeOrigin, Execution, FailureKind, Step,
};
use crate::report::problem::Problem;

/// The case that stands for the request itself.
const REQUEST_CASE: &str = "request";

/// So much of what scripts wrote to the console is kept.
const OUTPUT_CHARACTERS: usize = 16_000;

/// How many cases there are, and how they went.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) tests: u64,
    pub(super) failures: u64,
    pub(super) errors: u64,
    pub(super) skipped: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }
}

/// What a suite is called, and where it stands.
pub(super) struct Heading {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) class_name: String,
    /// The iteration in the names of the cases, counted from 1, if there are several.
    pub(super) iteration: Option<usize>,
    /// For an execution that sent nothing.
    pub(super) time: SystemTime,
}

pub(super) struct Suite {
    heading: Heading,
    started: SystemTime,
    duration: Duration,
    cases: Vec<Case>,
    output: String,
}

struct Case {
    name: String,
    duration: Duration,
    result: CaseResult,
}

enum CaseResult {
    Passed,
    Skipped {
        message: &'static str,
    },
    Failed {
        element: &'static str,
        kind: String,
        message: String,
        text: String,
    },
}

impl Suite {
    pub(super) fn of(execution: &Execution, heading: Heading) -> Self {
        let started = execution
            .requests()
            .next()
            .map_or(heading.time, |sent| sent.exchange.timings.started);
        let duration = measured(execution);
        let mut suite = Self {
            heading,
            started,
            duration,
            cases: Vec::new(),
            output: String::new(),
        };
        let mut used = HashSet::new();
        let name = suite.case_name(REQUEST_CASE, &mut used);
        suite.cases.push(Case {
            name,
            duration,
            result: request_result(execution),
        });
        for step in &execution.steps {
            if let Step::Assertion(assertion) = step {
                let name = suite.case_name(&assertion.name, &mut used);
                let result = assertion_result(step, &assertion.outcome, execution);
                suite.cases.push(Case {
                    name,
                    duration: Duration::ZERO,
                    result,
                });
            }
        }
        suite.quote_response(execution);
        if suite.tally().failures + suite.tally().errors > 0 {
            suite.output = console_text(execution);
        }
        suite
    }

    /// A suite with one error that belongs to no item.
    pub(super) fn of_error(heading: Heading, kind: &str, message: &str) -> Self {
        let result = CaseResult::Failed {
            element: "error",
            kind: kind.to_owned(),
            message: message.to_owned(),
            text: message.to_owned(),
        };
        let case = Case {
            name: "run".to_owned(),
            duration: Duration::ZERO,
            result,
        };
        let started = heading.time;
        Self {
            heading,
            started,
            duration: Duration::ZERO,
            cases: vec![case],
            output: String::new(),
        }
    }

    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for case in &self.cases {
            tally.tests += 1;
            match &case.result {
                CaseResult::Passed => {}
                CaseResult::Skipped { .. } => tally.skipped += 1,
                CaseResult::Failed {
                    element: "error", ..
                } => tally.errors += 1,
                CaseResult::Failed { .. } => tally.failures += 1,
            }
        }
        tally
    }

    pub(super) fn to_xml(&self) -> String {
        let tally = self.tally();
        let mut xml = Xml::default();
        let attributes = [
            ("name", self.heading.name.as_str()),
            ("id", &self.heading.id.to_string()),
            ("timestamp", &timestamp(self.started)),
            ("tests", &tally.tests.to_string()),
            ("failures", &tally.failures.to_string()),
            ("errors", &tally.errors.to_string()),
            ("skipped", &tally.skipped.to_string()),
            ("time", &seconds(self.duration)),
        ];
        xml.open(1, "testsuite", &attributes);
        for case in &self.cases {
            self.write_case(&mut xml, case);
        }
        if !self.output.is_empty() {
            xml.element(2, "system-out", &[], &self.output);
        }
        xml.close(1, "testsuite");
        xml.into_text()
    }

    fn write_case(&self, xml: &mut Xml, case: &Case) {
        let attributes = [
            ("classname", self.heading.class_name.as_str()),
            ("name", &case.name),
            ("time", &seconds(case.duration)),
        ];
        match &case.result {
            CaseResult::Passed => xml.empty(2, "testcase", &attributes),
            CaseResult::Skipped { message } => {
                xml.open(2, "testcase", &attributes);
                xml.empty(3, "skipped", &[("message", message)]);
                xml.close(2, "testcase");
            }
            CaseResult::Failed {
                element,
                kind,
                message,
                text,
            } => {
                xml.open(2, "testcase", &attributes);
                xml.element(3, element, &[("type", kind), ("message", message)], text);
                xml.close(2, "testcase");
            }
        }
    }

    fn case_name(&self, name: &str, used: &mut HashSet<String>) -> String {
        let name = unique(name_text(name, "(unnamed)"), used);
        match self.heading.iteration {
            Some(iteration) => format!("{name} [iteration {iteration}]"),
            None => name,
        }
    }

    /// The response is quoted once: what failed first is what people look at.
    fn quote_response(&mut self, execution: &Execution) {
        let first = self
            .cases
            .iter_mut()
            .find_map(|case| match &mut case.result {
                CaseResult::Failed { text, .. } => Some(text),
                _ => None,
            });
        if let Some((text, excerpt)) = first.zip(response_text(execution)) {
            text.push_str("\n\nresponse:\n");
            text.push_str(&excerpt);
        }
    }
}

/// Requests of the item and scripts; what scripts sent is part of their time.
fn measured(execution: &Execution) -> Duration {
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
        Some(first) => CaseResult::Failed {
            element: "error",
            kind: kind_text(first),
            message: message_text(&first.message),
            text: problems
                .iter()
                .map(|problem| problem_text(problem, execution))
                .collect::<Vec<_>>()
                .join("\n\n"),
        },
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
        (_, Some(problem)) => CaseResult::Failed {
            element: "failure",
            kind: kind_text(&problem),
            message: message_text(&problem.message),
            text: problem_text(&problem, execution),
        },
        _ => CaseResult::Passed,
    }
}

fn console_text(execution: &Execution) -> String {
    let lines: Vec<String> = execution
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Console(ConsoleMessage { arguments, .. }) => Some(arguments.join(", ")),
            _ => None,
        })
        .collect();
    clipped(&lines.join("\n"), OUTPUT_CHARACTERS)
}
