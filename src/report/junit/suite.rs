//! One execution of an item as a suite.

use std::time::{Duration, SystemTime};

use super::text::{seconds, timestamp};
use super::xml::Xml;
use crate::record::{ConsoleMessage, Execution, Step};
use crate::report::cases::{Case, CaseResult, cases, clipped, measured};

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

impl Suite {
    pub(super) fn of(execution: &Execution, heading: Heading) -> Self {
        let started = execution
            .requests()
            .next()
            .map_or(heading.time, |sent| sent.exchange.timings.started);
        let mut suite = Self {
            cases: cases(execution, heading.iteration),
            heading,
            started,
            duration: measured(execution),
            output: String::new(),
        };
        if suite.tally().failures + suite.tally().errors > 0 {
            suite.output = console_text(execution);
        }
        suite
    }

    /// A suite with one error that belongs to no item.
    pub(super) fn of_error(heading: Heading, kind: &str, message: &str) -> Self {
        let case = Case::of_error("run", kind, message);
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
                CaseResult::Failed(failure) if failure.is_error => tally.errors += 1,
                CaseResult::Failed(_) => tally.failures += 1,
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
            CaseResult::Failed(failure) => {
                let element = match failure.is_error {
                    true => "error",
                    false => "failure",
                };
                let attributes_of_failure = [
                    ("type", failure.kind.as_str()),
                    ("message", failure.message.as_str()),
                ];
                xml.open(2, "testcase", &attributes);
                xml.element(3, element, &attributes_of_failure, &failure.text);
                xml.close(2, "testcase");
            }
        }
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
