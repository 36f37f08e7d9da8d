//! The reporter `tap`: the Test Anything Protocol, version 14.
//!
//! One point stands for each request and one for each test, in the order they happened; the plan comes last,
//! when the number is known.

use std::fmt::Write as _;

use super::cases::{Case, CaseFailure, CaseResult, cases, name_text};
use super::lines::{LineReport, Lines};
use super::output::Consoles;
use super::{Error, Options, Reporter};
use crate::files::export_path;
use crate::record::{Execution, RunEnd, RunEvent};

/// The name on the command line.
pub(super) const NAME: &str = "tap";

/// Writes a TAP stream, to the console when that is free and no file is named.
pub(super) struct TapReporter {
    report: LineReport,
    several_iterations: bool,
    count: u64,
    has_ended: bool,
}

impl TapReporter {
    /// `None` when the console is to be left alone and no file is named.
    pub(super) fn new(options: &Options, consoles: &mut Consoles) -> Option<Self> {
        Some(Self {
            report: LineReport::new(NAME, options, || {
                consoles.take().map(|console| console.output)
            })?,
            several_iterations: false,
            count: 0,
            has_ended: false,
        })
    }

    fn execution(&mut self, execution: &Execution) -> Result<(), Error> {
        let iteration = self
            .several_iterations
            .then_some(execution.cursor.iteration + 1);
        let path = name_text(&execution.item.path(), "Request");
        let mut text = String::new();
        for case in cases(execution, iteration) {
            self.count += 1;
            point(&mut text, self.count, &path, &case);
        }
        self.report.write(&text)
    }

    fn end(&mut self, end: RunEnd) -> Result<(), Error> {
        self.has_ended = true;
        let reason = match end {
            RunEnd::Completed => None,
            RunEnd::Bailed => Some("the run was stopped at a failure"),
            RunEnd::Interrupted => Some("the run was interrupted"),
            RunEnd::TimedOut => Some("the run ran out of time"),
        };
        let mut text = match self.count {
            0 => "1..0 # no request was sent\n".to_owned(),
            count => format!("1..{count}\n"),
        };
        if let Some(reason) = reason {
            text.push_str(&format!("Bail out! {reason}\n"));
        }
        self.report.write(&text)
    }
}

impl Reporter for TapReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match event {
            RunEvent::RunStarted {
                iteration_count,
                started,
                ..
            } if !self.report.is_open() => {
                self.several_iterations = *iteration_count > 1;
                self.report.begin(
                    |given| export_path(given, "run-report", NAME, *started),
                    Lines::in_file,
                )?;
                self.report.write("TAP version 14\n")
            }
            RunEvent::ItemFinished(execution) => self.execution(execution),
            RunEvent::RunFinished(summary) => self.end(summary.end),
            _ => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.report.is_open() && !self.has_ended {
            self.end(RunEnd::Interrupted)?;
        }
        self.report.finish()
    }
}

fn point(text: &mut String, number: u64, path: &str, case: &Case) {
    let description = escaped(&format!("{path}: {}", case.name));
    let (word, directive) = match &case.result {
        CaseResult::Passed => ("ok", String::new()),
        CaseResult::Skipped { message } => ("ok", format!(" # SKIP {message}")),
        CaseResult::Failed(_) => ("not ok", String::new()),
    };
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{word} {number} - {description}{directive}");
    if let CaseResult::Failed(failure) = &case.result {
        diagnosis(text, failure);
    }
}

/// JSON's texts are YAML's as well, and know no indentation.
fn diagnosis(text: &mut String, failure: &CaseFailure) {
    let quoted = |value: &str| serde_json::Value::from(value).to_string();
    text.push_str("  ---\n");
    let mut member = |key: &str, value: &str| {
        text.push_str(&format!("  {key}: {}\n", quoted(value)));
    };
    member("message", &failure.message);
    member("severity", if failure.is_error { "error" } else { "fail" });
    member("type", &failure.kind);
    if let Some((expected, actual)) = &failure.comparison {
        member("wanted", expected);
        member("found", actual);
    }
    member("details", &failure.text);
    text.push_str("  ...\n");
}

/// Text that is no directive and no escape.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('#', "\\#")
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::record::RunEvent;
    use crate::redact::Secrets;
    use crate::report::samples::{
        Paper, answered, ending, events, execution, failed, file_report, item, options, passed,
        refused, report, skipped, unequal,
    };

    fn run() -> Vec<RunEvent> {
        let steps = vec![
            answered("/"),
            passed("status is 200", 0),
            unequal("body # one", 1, "1", "2"),
            skipped("later", 2),
        ];
        events(vec![
            execution(item(&["Users"], "Create\nuser"), 0, steps),
            execution(item(&[], "Gone"), 0, vec![refused()]),
        ])
    }

    #[test]
    fn each_request_and_each_test_is_a_point() {
        assert_snapshot!(file_report(NAME, &Secrets::default(), run()), @r#"
        TAP version 14
        ok 1 - Users / Create user: request
        ok 2 - Users / Create user: status is 200
        not ok 3 - Users / Create user: body \# one
          ---
          message: "expected 2 to deeply equal 1"
          severity: "fail"
          type: "AssertionError"
          wanted: "1"
          found: "2"
          details: "expected 2 to deeply equal 1\nexpected: 1\nactual: 2\nGET https://api.example.com/ → 200 OK (45ms)\nat assertion:1 in test-script:3:5\nin the script of Create user: pm.expect(a).to.eql(b);\ninside Users / Create\nuser\n\nresponse:\nhello"
          ...
        ok 4 - Users / Create user: later # SKIP pm.test.skip
        not ok 5 - Gone: request
          ---
          message: "connect ECONNREFUSED 127.0.0.1:81"
          severity: "error"
          type: "ECONNREFUSED"
          details: "connect ECONNREFUSED 127.0.0.1:81\nGET https://api.example.com/refused → no response (45ms)\nat request\ninside Gone\nhint: start the server, or check host and port of the request's URL"
          ...
        1..5
        "#);
    }

    #[test]
    fn a_run_that_was_stopped_bails_out() {
        let stopped = ending(run(), RunEnd::TimedOut);

        let text = file_report(NAME, &Secrets::default(), stopped);

        assert!(
            text.ends_with("1..5\nBail out! the run ran out of time\n"),
            "{text}"
        );
    }

    #[test]
    fn a_run_without_an_end_is_told_and_complete() {
        let mut events = run();
        events.pop();

        let text = file_report(NAME, &Secrets::default(), events);

        assert!(
            text.ends_with("1..5\nBail out! the run was interrupted\n"),
            "{text}"
        );
    }

    #[test]
    fn it_goes_to_the_console_without_a_file() {
        let paper = Paper::default();

        let errors = report(
            &[NAME],
            options(paper.clone()),
            &Secrets::default(),
            events(vec![execution(item(&[], "r"), 0, vec![answered("/")])]),
        );

        assert!(errors.is_empty());
        assert_eq!(paper.text(), "TAP version 14\nok 1 - r: request\n1..1\n");
    }

    #[test]
    fn names_of_several_iterations_differ() {
        let steps = || vec![answered("/"), failed("a", 0, "no")];
        let events = events(vec![
            execution(item(&[], "r"), 0, steps()),
            execution(item(&[], "r"), 1, steps()),
        ]);

        let text = file_report(NAME, &Secrets::default(), events);

        for line in [
            "ok 1 - r: request [iteration 1]\n",
            "not ok 4 - r: a [iteration 2]\n",
        ] {
            assert!(text.contains(line), "{text}");
        }
    }
}
