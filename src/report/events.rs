//! The reporter `events`: what happens in a run, one JSON object a line, while it happens.
//!
//! docs/events.md describes the objects; programs in any language can read them.

use serde_json::{Map, Value, json};

use super::lines::{LineReport, Lines};
use super::measure::{rfc3339, rounded_ms, to_microseconds};
use super::output::Consoles;
use super::problem::Problem;
use super::{Error, Options, Reporter};
use crate::files::export_path;
use crate::http::Hop;
use crate::record::{
    Assertion, AssertionOutcome, ConsoleLevel, Count, Execution, ItemInfo, RunEnd, RunEvent,
    RunSummary, ScriptPlace, Step,
};

/// The name on the command line.
pub(super) const NAME: &str = "events";

/// Grows when a member changes its meaning or goes; new members and types can come at any time.
const VERSION: u64 = 1;

/// Writes events, to the console when that is free and no file is named.
pub(super) struct EventsReporter {
    report: LineReport,
    number: u64,
    iteration: usize,
    has_ended: bool,
}

impl EventsReporter {
    /// `None` when the console is to be left alone and no file is named.
    pub(super) fn new(options: &Options, consoles: &mut Consoles) -> Option<Self> {
        Some(Self {
            report: LineReport::new(NAME, options, || {
                consoles.take().map(|console| console.output)
            })?,
            number: 0,
            iteration: 0,
            has_ended: false,
        })
    }

    fn tell(&mut self, kind: &str, members: Value) -> Result<(), Error> {
        self.number += 1;
        let mut event = Map::new();
        event.insert("v".to_owned(), VERSION.into());
        event.insert("seq".to_owned(), self.number.into());
        event.insert("type".to_owned(), kind.into());
        if let Value::Object(members) = members {
            event.extend(members);
        }
        self.report.write(&format!("{}\n", Value::Object(event)))
    }

    fn execution(&mut self, execution: &Execution) -> Result<(), Error> {
        let cursor = &execution.cursor;
        for step in &execution.steps {
            if let Some((kind, mut members)) = step_event(step) {
                members["item"] = json!(execution.item.id);
                members["iteration"] = json!(cursor.iteration);
                self.tell(kind, members)?;
            }
        }
        let mut members = item_members(&execution.item, cursor.iteration);
        members["skipped"] = json!(execution.skipped);
        members["failures"] = json!(execution.steps.iter().filter_map(Problem::of).count());
        self.tell("item.end", members)
    }

    fn end(&mut self, summary: &RunSummary) -> Result<(), Error> {
        self.has_ended = true;
        let stats = &summary.stats;
        let count = |count: Count| json!({"total": count.total, "failed": count.failed});
        let end = match summary.end {
            RunEnd::Completed => "completed",
            RunEnd::Bailed => "bailed",
            RunEnd::Interrupted => "interrupted",
            RunEnd::TimedOut => "timedOut",
        };
        self.tell(
            "run.end",
            json!({
                "end": end,
                "failures": summary.failure_count,
                "duration": rounded_ms(summary.duration),
                "received": summary.received_bytes,
                "iterations": count(stats.iterations),
                "requests": count(stats.requests),
                "scripts": count(stats.scripts),
                "assertions": count(stats.assertions),
                "responseTime": {
                    "mean": to_microseconds(summary.response_times.mean_ms()),
                    "min": rounded_ms(summary.response_times.minimum),
                    "max": rounded_ms(summary.response_times.maximum),
                },
            }),
        )
    }
}

impl Reporter for EventsReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match event {
            RunEvent::RunStarted {
                collection,
                iteration_count,
                item_count,
                started,
            } if !self.report.is_open() => {
                self.report.begin(
                    |given| export_path(given, "run-events", "ndjson", *started),
                    Lines::streamed,
                )?;
                self.tell(
                    "run.start",
                    json!({
                        "time": rfc3339(*started),
                        "tool": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
                        "collection": {"id": collection.id, "name": collection.name},
                        "iterations": iteration_count,
                        "items": item_count,
                    }),
                )
            }
            RunEvent::IterationStarted { iteration, .. } => {
                self.iteration = *iteration;
                self.tell("iteration.start", json!({"iteration": iteration}))
            }
            RunEvent::ItemStarted { cursor, item } => {
                self.tell("item.start", item_members(item, cursor.iteration))
            }
            RunEvent::ItemFinished(execution) => self.execution(execution),
            RunEvent::IterationFinished => {
                self.tell("iteration.end", json!({"iteration": self.iteration}))
            }
            RunEvent::RunFinished(summary) => self.end(summary),
            RunEvent::RunStarted { .. } => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.report.is_open() && !self.has_ended {
            self.end(&RunSummary {
                end: RunEnd::Interrupted,
                ..RunSummary::default()
            })?;
        }
        self.report.finish()
    }
}

fn item_members(item: &ItemInfo, iteration: usize) -> Value {
    json!({
        "item": item.id,
        "iteration": iteration,
        "name": item.name,
        "folders": item.folders,
    })
}

fn step_event(step: &Step) -> Option<(&'static str, Value)> {
    let problem = Problem::of(step);
    match step {
        Step::Request(sent) => {
            let exchange = &sent.exchange;
            let mut members = json!({
                "time": rfc3339(exchange.timings.started),
                "origin": sent.origin.name(),
                "method": exchange.request.method,
                "url": exchange.request.url.to_string(),
                "duration": rounded_ms(exchange.timings.total),
                "hops": exchange.hops.iter().map(hop).collect::<Vec<_>>(),
            });
            if let Some(response) = exchange.response() {
                members["code"] = json!(response.status);
                members["reason"] = json!(response.reason);
                members["size"] = json!(response.body.size_bytes());
            }
            if let Some(problem) = &problem {
                members["error"] = error(problem);
            }
            Some(("request", members))
        }
        Step::Unsendable {
            origin,
            method,
            url,
            ..
        } => {
            let mut members = json!({"origin": origin.name(), "method": method, "url": url});
            members["error"] = problem.as_ref().map(error).unwrap_or_default();
            Some(("request", members))
        }
        Step::Assertion(assertion) => Some(("assertion", check(assertion, problem.as_ref()))),
        Step::Console(message) => Some((
            "console",
            json!({"level": level_name(message.level), "arguments": message.arguments}),
        )),
        Step::Script(run) => {
            let mut members = json!({
                "script": run.kind.name(),
                "owner": run.owner,
                "duration": rounded_ms(run.duration),
            });
            if let Some(problem) = &problem {
                members["error"] = error(problem);
            }
            Some(("script", members))
        }
    }
}

fn check(assertion: &Assertion, problem: Option<&Problem<'_>>) -> Value {
    let result = match assertion.outcome {
        AssertionOutcome::Passed => "passed",
        AssertionOutcome::Skipped => "skipped",
        AssertionOutcome::Failed(_) => "failed",
    };
    let mut members = json!({"name": assertion.name, "index": assertion.index, "result": result});
    if let Some(problem) = problem {
        members["error"] = error(problem);
    }
    members
}

fn error(problem: &Problem<'_>) -> Value {
    let mut members = json!({"name": problem.name, "message": problem.message});
    if let Some(code) = problem.transport.and_then(crate::http::Error::code) {
        members["code"] = json!(code);
    }
    if let Some((expected, actual)) = problem.comparison {
        members["expected"] = json!(expected);
        members["actual"] = json!(actual);
    }
    if let Some(ScriptPlace { line, column, .. }) = problem.place {
        members["line"] = json!(line);
        members["column"] = json!(column);
    }
    if let Some(hint) = problem.hint {
        members["hint"] = json!(hint);
    }
    members
}

fn hop(hop: &Hop) -> Value {
    let time = |time: Option<std::time::Duration>| time.map(rounded_ms);
    json!({
        "method": hop.method,
        "url": hop.url,
        "code": hop.status,
        "dns": time(hop.phases.dns),
        "connect": time(hop.phases.connect),
        "tls": time(hop.phases.tls),
        "wait": time(hop.phases.wait),
        "download": time(hop.phases.download),
        "duration": rounded_ms(hop.total),
    })
}

fn level_name(level: ConsoleLevel) -> &'static str {
    match level {
        ConsoleLevel::Log => "log",
        ConsoleLevel::Info => "info",
        ConsoleLevel::Debug => "debug",
        ConsoleLevel::Warn => "warn",
        ConsoleLevel::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::ScriptKind;
    use crate::redact::Secrets;
    use crate::report::samples::{
        Paper, answered, events, execution, file_report, item, log, options, refused, report,
        script_failure, skipped, unequal,
    };

    fn told(text: &str) -> Vec<Value> {
        text.lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect()
    }

    fn run() -> Vec<RunEvent> {
        let steps = vec![
            answered("/a"),
            log(ConsoleLevel::Warn, &["'two\nlines'"]),
            unequal("body", 0, "1", "2"),
            skipped("later", 1),
            script_failure(ScriptKind::Test),
        ];
        events(vec![
            execution(item(&["Users"], "Create"), 0, steps),
            execution(item(&[], "Gone"), 0, vec![refused()]),
        ])
    }

    #[test]
    fn each_thing_that_happens_is_a_line() {
        let events = told(&file_report(NAME, &Secrets::default(), run()));

        let kinds: Vec<&str> = events
            .iter()
            .map(|event| event["type"].as_str().unwrap())
            .filter(|kind| *kind != "item.start")
            .collect();
        assert_eq!(
            kinds,
            [
                "run.start",
                "iteration.start",
                "request",
                "console",
                "assertion",
                "assertion",
                "script",
                "item.end",
                "request",
                "item.end",
                "iteration.end",
                "run.end"
            ]
        );
        let numbers: Vec<u64> = events
            .iter()
            .map(|event| event["seq"].as_u64().unwrap())
            .collect();
        assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>());
        assert!(events.iter().all(|event| event["v"] == 1));
    }

    #[test]
    fn an_event_has_what_is_known() {
        let events = told(&file_report(NAME, &Secrets::default(), run()));
        let first = |kind: &str| events.iter().find(|event| event["type"] == kind).unwrap();

        let assertion = first("assertion");
        assert_eq!(assertion["result"], "failed");
        assert_eq!(assertion["item"], "id-Create");
        assert_eq!(assertion["error"]["expected"], "1");
        assert_eq!(assertion["error"]["line"], 3);
        let request = first("request");
        assert_eq!(request["code"], 200);
        assert_eq!(request["size"], 5);
        assert_eq!(request["duration"], 45.0);
        assert_eq!(request["time"], "2026-11-25T01:04:44.404Z");
        let failed = events
            .iter()
            .rfind(|event| event["type"] == "request")
            .unwrap();
        assert_eq!(failed["error"]["code"], "ECONNREFUSED");
        assert_eq!(first("console")["arguments"], json!(["'two\nlines'"]));
        assert_eq!(first("run.end")["end"], "completed");
    }

    #[test]
    fn a_run_without_an_end_gets_one() {
        let mut stopped = run();
        stopped.pop();

        let events = told(&file_report(NAME, &Secrets::default(), stopped));

        assert_eq!(events.last().unwrap()["end"], "interrupted");
    }

    #[test]
    fn lines_are_there_while_the_run_goes_on() {
        let paper = Paper::default();
        let mut stopped = run();
        stopped.truncate(1);

        let errors = report(
            &[NAME],
            options(paper.clone()),
            &Secrets::default(),
            stopped,
        );

        assert!(errors.is_empty());
        assert!(
            paper
                .text()
                .starts_with("{\"v\":1,\"seq\":1,\"type\":\"run.start\"")
        );
    }
}
