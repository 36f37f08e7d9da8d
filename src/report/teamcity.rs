//! The reporter `teamcity`: TeamCity's service messages on the console.
//!
//! They stand in lines of their own and may stand between those of another reporter.

use super::cases::{Case, CaseResult, cases, name_text};
use super::lines::{LineReport, Lines};
use super::measure::milliseconds;
use super::output::Consoles;
use super::{Error, Options, Reporter};
use crate::files::export_path;
use crate::record::{Execution, RunEnd, RunEvent};

/// The name on the command line.
pub(super) const NAME: &str = "teamcity";

/// Tests of the same flow belong together.
const FLOW: &str = "postrider";

/// Writes service messages, to the console when no file is named.
pub(super) struct TeamcityReporter {
    report: LineReport,
    collection: String,
    several_iterations: bool,
    has_ended: bool,
}

impl TeamcityReporter {
    /// `None` when the console is to be left alone and no file is named.
    pub(super) fn new(options: &Options, consoles: &mut Consoles) -> Option<Self> {
        Some(Self {
            report: LineReport::new(NAME, options, || consoles.share())?,
            collection: String::new(),
            several_iterations: false,
            has_ended: false,
        })
    }

    fn execution(&mut self, execution: &Execution) -> Result<(), Error> {
        let iteration = self
            .several_iterations
            .then_some(execution.cursor.iteration + 1);
        let suite = title(&execution.item.path(), "Request");
        let mut text = message("testSuiteStarted", &[("name", &suite)]);
        for case in cases(execution, iteration) {
            test(&mut text, &case);
        }
        text.push_str(&message("testSuiteFinished", &[("name", &suite)]));
        self.report.write(&text)
    }

    fn end(&mut self, end: RunEnd) -> Result<(), Error> {
        self.has_ended = true;
        let problem = match end {
            RunEnd::Completed | RunEnd::Bailed => None,
            RunEnd::Interrupted => Some("the run was interrupted"),
            RunEnd::TimedOut => Some("the run ran out of time"),
        };
        let mut text = String::new();
        if let Some(problem) = problem {
            text.push_str(&message("buildProblem", &[("description", problem)]));
        }
        let collection = std::mem::take(&mut self.collection);
        text.push_str(&message("testSuiteFinished", &[("name", &collection)]));
        self.report.write(&text)
    }
}

impl Reporter for TeamcityReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match event {
            RunEvent::RunStarted {
                collection,
                iteration_count,
                started,
                ..
            } if !self.report.is_open() => {
                self.several_iterations = *iteration_count > 1;
                self.collection = title(&collection.name, "Collection");
                self.report.begin(
                    |given| export_path(given, "run-report", "txt", *started),
                    Lines::in_file,
                )?;
                let text = message("testSuiteStarted", &[("name", &self.collection)]);
                self.report.write(&text)
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

fn test(text: &mut String, case: &Case) {
    let name = title(&case.name, "request");
    let duration = milliseconds(case.duration).round().to_string();
    text.push_str(&message("testStarted", &[("name", &name)]));
    match &case.result {
        CaseResult::Passed => {}
        CaseResult::Skipped { message: reason } => {
            text.push_str(&message(
                "testIgnored",
                &[("name", &name), ("message", reason)],
            ));
        }
        CaseResult::Failed(failure) => {
            let mut attributes = vec![
                ("name", name.as_str()),
                ("message", &failure.message),
                ("details", &failure.text),
            ];
            if let Some((expected, actual)) = &failure.comparison {
                attributes.push(("type", "comparisonFailure"));
                attributes.push(("expected", expected));
                attributes.push(("actual", actual));
            }
            text.push_str(&message("testFailed", &attributes));
        }
    }
    text.push_str(&message(
        "testFinished",
        &[("name", &name), ("duration", &duration)],
    ));
}

/// TeamCity splits names at dots, into packages and classes.
fn title(name: &str, fallback: &str) -> String {
    name_text(&name.replace('.', "\u{2024}"), fallback)
}

fn message(kind: &str, attributes: &[(&str, &str)]) -> String {
    let mut text = format!("##teamcity[{kind}");
    for (name, value) in attributes.iter().chain(&[("flowId", FLOW)]) {
        text.push_str(&format!(" {name}='{}'", escaped(value)));
    }
    text.push_str("]\n");
    text
}

/// As JetBrains' documentation of service messages says; what is beyond ASCII is escaped as well, so that
/// the encoding of the build log does not matter.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '\'' | '|' | '[' | ']' => text.extend(['|', character]),
            '\n' => text.push_str("|n"),
            '\r' => text.push_str("|r"),
            ' '..='~' => text.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    text.push_str(&format!("|0x{unit:04X}"));
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::redact::Secrets;
    use crate::report::samples::{
        Paper, answered, ending, events, execution, failed, file_report, item, options, passed,
        refused, report, skipped, unequal,
    };

    #[test]
    fn each_request_is_a_suite_and_each_test_a_test() {
        let steps = vec![
            answered("/"),
            passed("status is 200", 0),
            unequal("v1.2", 1, "1", "2"),
            skipped("later", 2),
        ];
        let events = events(vec![
            execution(item(&["Users"], "Create"), 0, steps),
            execution(item(&[], "Gone"), 0, vec![refused()]),
        ]);

        assert_snapshot!(file_report(NAME, &Secrets::default(), events), @r#"
        ##teamcity[testSuiteStarted name='Shop' flowId='postrider']
        ##teamcity[testSuiteStarted name='Users / Create' flowId='postrider']
        ##teamcity[testStarted name='request' flowId='postrider']
        ##teamcity[testFinished name='request' duration='45' flowId='postrider']
        ##teamcity[testStarted name='status is 200' flowId='postrider']
        ##teamcity[testFinished name='status is 200' duration='0' flowId='postrider']
        ##teamcity[testStarted name='v1|0x20242' flowId='postrider']
        ##teamcity[testFailed name='v1|0x20242' message='expected 2 to deeply equal 1' details='expected 2 to deeply equal 1|nexpected: 1|nactual: 2|nGET https://api.example.com/ |0x2192 200 OK (45ms)|nat assertion:1 in test-script:3:5|nin the script of Create user: pm.expect(a).to.eql(b);|ninside Users / Create|n|nresponse:|nhello' type='comparisonFailure' expected='1' actual='2' flowId='postrider']
        ##teamcity[testFinished name='v1|0x20242' duration='0' flowId='postrider']
        ##teamcity[testStarted name='later' flowId='postrider']
        ##teamcity[testIgnored name='later' message='pm.test.skip' flowId='postrider']
        ##teamcity[testFinished name='later' duration='0' flowId='postrider']
        ##teamcity[testSuiteFinished name='Users / Create' flowId='postrider']
        ##teamcity[testSuiteStarted name='Gone' flowId='postrider']
        ##teamcity[testStarted name='request' flowId='postrider']
        ##teamcity[testFailed name='request' message='connect ECONNREFUSED 127.0.0.1:81' details='connect ECONNREFUSED 127.0.0.1:81|nGET https://api.example.com/refused |0x2192 no response (45ms)|nat request|ninside Gone|nhint: start the server, or check host and port of the request|'s URL' flowId='postrider']
        ##teamcity[testFinished name='request' duration='45' flowId='postrider']
        ##teamcity[testSuiteFinished name='Gone' flowId='postrider']
        ##teamcity[testSuiteFinished name='Shop' flowId='postrider']
        "#);
    }

    #[test]
    fn text_can_end_no_message() {
        let hostile = "it's ']\n##teamcity[buildStop]|\u{1F600}ä";
        let steps = vec![failed(hostile, 0, hostile)];
        let events = events(vec![execution(item(&[hostile], hostile), 0, steps)]);

        let text = file_report(NAME, &Secrets::default(), events);

        assert!(
            text.contains("it|'s |'|]|n##teamcity|[buildStop|]||"),
            "{text}"
        );
        assert!(text.contains("|0xD83D|0xDE00|0x00E4"), "{text}");
        for line in text.lines() {
            assert!(line.starts_with("##teamcity[test"), "{line}");
            assert_eq!(line.matches("##teamcity[").count(), 1, "{line}");
        }
    }

    #[test]
    fn it_shares_the_console() {
        let paper = Paper::default();
        let run = events(vec![execution(item(&[], "r"), 0, vec![answered("/")])]);

        let errors = report(
            &["cli", NAME],
            options(paper.clone()),
            &Secrets::default(),
            ending(run, RunEnd::Interrupted),
        );

        assert!(errors.is_empty());
        let text = paper.text();
        for line in [
            "postrider\n",
            "\n##teamcity[testSuiteStarted name='r' flowId='postrider']\n",
            "\n##teamcity[buildProblem description='the run was interrupted' flowId='postrider']\n",
        ] {
            assert!(text.contains(line), "{text}");
        }
    }
}
