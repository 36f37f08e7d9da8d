//! Everything about one item in one iteration, as data for the page and for templates.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::body::{omitted, request_body, response_body};
use super::failure::{cut, failure};
use super::phases::{hops, rounded};
use super::row::{Row, offset};
use super::visualizer::visualization;
use crate::http::{Exchange, Header};
use crate::record::{
    Assertion, AssertionOutcome, ConsoleLevel, ConsoleMessage, Execution, ScriptRun, SentRequest,
    Step,
};
use crate::report::measure::milliseconds;
use crate::report::problem::Problem;

/// So many messages of an item's console are shown.
const SHOWN_MESSAGES: usize = 500;
/// So many assertions of an item are shown; those that failed beyond these too.
const SHOWN_ASSERTIONS: usize = 1000;
const MESSAGE_CHARACTERS: usize = 16 * 1024;
const FIELD_CHARACTERS: usize = 8 * 1024;

/// What is left out of the details.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Omissions {
    /// Contents, with the word that says why.
    pub(super) bodies: Option<&'static str>,
}

/// The record of an execution: what its row says under whole names, and its steps in order.
pub(super) fn detail(
    execution: &Execution,
    row: &Row,
    run_started: SystemTime,
    omissions: Omissions,
) -> Value {
    let mut counter = Counter::default();
    let steps: Vec<Value> = execution
        .steps
        .iter()
        .filter(|step| counter.shows(step))
        .map(|step| step_object(step, run_started, omissions))
        .collect();
    let problems = execution.steps.iter().filter_map(Problem::of);
    let mut detail = json!({
        "name": row.name,
        "folders": row.folders,
        "iteration": row.iteration + 1,
        "verdict": row.verdict,
        "failed": !row.failures.is_empty(),
        "method": row.method,
        "url": row.url,
        "code": row.code,
        "status": row.reason,
        "time_ms": row.time,
        "size_bytes": row.size_bytes,
        "failures": problems.map(|problem| failure(&problem)).collect::<Vec<_>>(),
        "steps": steps,
    });
    if counter.left_out > 0 {
        detail["left_out"] = json!(counter.left_out);
    }
    if let Some(next) = &execution.next_request {
        detail["next_request"] = json!({"name": next});
    }
    if let Some(drawn) = &execution.visualization {
        detail["visualization"] = visualization(drawn);
    }
    detail
}

/// Decides which steps are shown, so that a script that loops does not make an endless page.
#[derive(Debug, Default)]
struct Counter {
    messages: usize,
    assertions: usize,
    left_out: usize,
}

impl Counter {
    fn shows(&mut self, step: &Step) -> bool {
        let shown = match step {
            Step::Console(_) => {
                self.messages += 1;
                self.messages <= SHOWN_MESSAGES
            }
            Step::Assertion(assertion) => {
                self.assertions += 1;
                self.assertions <= SHOWN_ASSERTIONS || assertion.has_failed()
            }
            _ => true,
        };
        self.left_out += usize::from(!shown);
        shown
    }
}

fn step_object(step: &Step, run_started: SystemTime, omissions: Omissions) -> Value {
    let mut object = match step {
        Step::Script(run) => script_object(run),
        Step::Console(message) => console_object(message),
        Step::Request(sent) => request_object(sent, run_started, omissions),
        Step::Assertion(assertion) => assertion_object(assertion),
        Step::Unsendable {
            origin,
            method,
            url,
            ..
        } => json!({
            "step": "request",
            "origin": origin.name(),
            "method": cut(method, FIELD_CHARACTERS),
            "url": cut(url, FIELD_CHARACTERS),
        }),
    };
    if let Some(problem) = Problem::of(step) {
        object["failure"] = failure(&problem);
    }
    object
}

fn script_object(run: &ScriptRun) -> Value {
    json!({
        "step": "script",
        "script": run.kind.name(),
        "owner": run.owner,
        "time_ms": rounded(milliseconds(run.duration)),
    })
}

fn console_object(message: &ConsoleMessage) -> Value {
    let level = match message.level {
        ConsoleLevel::Log => "log",
        ConsoleLevel::Info => "info",
        ConsoleLevel::Debug => "debug",
        ConsoleLevel::Warn => "warn",
        ConsoleLevel::Error => "error",
    };
    json!({
        "step": "console",
        "level": level,
        "text": cut(&message.arguments.join(" "), MESSAGE_CHARACTERS),
    })
}

fn assertion_object(assertion: &Assertion) -> Value {
    let outcome = match assertion.outcome {
        AssertionOutcome::Passed => "passed",
        AssertionOutcome::Skipped => "skipped",
        AssertionOutcome::Failed(_) => "failed",
    };
    json!({
        "step": "assertion",
        "name": cut(&assertion.name, FIELD_CHARACTERS),
        "outcome": outcome,
    })
}

fn request_object(sent: &SentRequest, run_started: SystemTime, omissions: Omissions) -> Value {
    let Exchange {
        request, timings, ..
    } = &*sent.exchange;
    let mut object = json!({
        "step": "request",
        "origin": sent.origin.name(),
        "method": cut(&request.method, FIELD_CHARACTERS),
        "url": cut(&request.url.to_string(), FIELD_CHARACTERS),
        "headers": fields(&request.headers),
        "start_ms": offset(timings.started, run_started),
        "time_ms": rounded(milliseconds(timings.total)),
        "hops": hops(&sent.exchange.hops),
    });
    if let Some(content) = &request.body {
        object["body"] = match omissions.bodies {
            Some(why) => omitted(content.size_bytes(), why),
            None => request_body(content, &request.headers),
        };
    }
    if let Some(response) = sent.exchange.response() {
        object["response"] = json!({
            "code": response.status,
            "status": cut(&response.reason, FIELD_CHARACTERS),
            "version": response.version,
            "headers": fields(&response.headers),
            "body": response_body(response, omissions.bodies),
        });
    }
    object
}

fn fields(headers: &[Header]) -> Value {
    headers
        .iter()
        .map(|field| {
            json!([
                cut(&field.name, FIELD_CHARACTERS),
                cut(&field.value, FIELD_CHARACTERS)
            ])
        })
        .collect()
}
