//! One item in one iteration, as a list shows it.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::Value;

use super::failure::cut;
use super::phases::{phases, rounded};
use crate::http::HttpRequest;
use crate::record::{AssertionOutcome, ExchangeOrigin, Execution, Step};
use crate::report::measure::milliseconds;
use crate::report::problem::Problem;

/// So many failures of an item are listed outside its details.
const LISTED_FAILURES: usize = 20;
const NAME_CHARACTERS: usize = 300;
const URL_CHARACTERS: usize = 2000;
const MESSAGE_CHARACTERS: usize = 1000;

/// How an item went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// Nothing failed.
    Passed,
    /// The request, a script or an assertion failed.
    Failed,
    /// A script or a rule skipped it.
    Skipped,
}

/// A row; the names are short because there are many of them.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    #[serde(rename = "n")]
    pub(super) name: String,
    #[serde(rename = "f")]
    pub(super) folders: Vec<String>,
    /// Counted from 0.
    #[serde(rename = "i")]
    pub(super) iteration: usize,
    #[serde(rename = "v")]
    pub(super) verdict: Verdict,
    #[serde(rename = "m")]
    pub(super) method: String,
    #[serde(rename = "u")]
    pub(super) url: String,
    #[serde(rename = "c")]
    pub(super) code: Option<u16>,
    #[serde(rename = "r")]
    pub(super) reason: String,
    /// Milliseconds from the start of the run to the start of the exchange.
    #[serde(rename = "s")]
    pub(super) start: Option<f64>,
    /// Milliseconds of the exchange.
    #[serde(rename = "t")]
    pub(super) time: Option<f64>,
    #[serde(rename = "p")]
    pub(super) phases: Value,
    /// Bytes of the response's content.
    #[serde(rename = "z")]
    pub(super) size_bytes: Option<u64>,
    /// Assertions that passed, failed and were skipped.
    #[serde(rename = "a")]
    pub(super) assertions: [usize; 3],
    /// All requests, those of scripts included.
    #[serde(rename = "q")]
    pub(super) request_count: usize,
    #[serde(rename = "e")]
    pub(super) failures: Vec<ListedFailure>,
    /// Which packet of details holds this item, and where in it.
    #[serde(rename = "d")]
    pub(super) place: (usize, usize),
}

/// A failure in a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ListedFailure {
    /// The name of the test, for an assertion.
    #[serde(rename = "n")]
    pub(super) test: Option<String>,
    #[serde(rename = "m")]
    pub(super) message: String,
    #[serde(rename = "a")]
    pub(super) at: String,
}

impl Row {
    /// The row of an execution in a run that started then; its details are not placed yet.
    pub(super) fn of(execution: &Execution, run_started: SystemTime) -> Self {
        let main = execution.main_request();
        let exchange = main.map(|sent| &*sent.exchange);
        let response = execution.response();
        let (method, url) = method_and_url(execution, exchange.map(|it| &it.request));
        let failures: Vec<ListedFailure> = execution
            .steps
            .iter()
            .filter_map(Problem::of)
            .take(LISTED_FAILURES)
            .map(|problem| ListedFailure::of(&problem))
            .collect();
        Self {
            name: cut(&execution.item.name, NAME_CHARACTERS),
            folders: execution
                .item
                .folders
                .iter()
                .map(|folder| cut(folder, NAME_CHARACTERS))
                .collect(),
            iteration: execution.cursor.iteration,
            verdict: match (failures.is_empty(), execution.skipped) {
                (false, _) => Verdict::Failed,
                (true, true) => Verdict::Skipped,
                (true, false) => Verdict::Passed,
            },
            method: cut(&method, NAME_CHARACTERS),
            url: cut(&url, URL_CHARACTERS),
            code: response.map(|response| response.status),
            reason: response.map_or(String::new(), |response| {
                cut(&response.reason, NAME_CHARACTERS)
            }),
            start: exchange.map(|it| offset(it.timings.started, run_started)),
            time: exchange.map(|it| rounded(milliseconds(it.timings.total))),
            phases: exchange.map_or(Value::Null, |it| phases(&it.hops)),
            size_bytes: response.map(|response| response.body.size_bytes()),
            assertions: assertions(execution),
            request_count: execution.requests().count(),
            failures,
            place: (0, 0),
        }
    }
}

impl ListedFailure {
    fn of(problem: &Problem<'_>) -> Self {
        Self {
            test: problem.test.map(|(name, _)| cut(name, NAME_CHARACTERS)),
            message: cut(&problem.message, MESSAGE_CHARACTERS),
            at: problem.at(),
        }
    }
}

/// Milliseconds between two moments; 0 when the clock was set back.
pub(super) fn offset(moment: SystemTime, start: SystemTime) -> f64 {
    rounded(milliseconds(
        moment.duration_since(start).unwrap_or_default(),
    ))
}

/// Of the request as sent, else of what could not be sent, else as the collection has it.
fn method_and_url(execution: &Execution, request: Option<&HttpRequest>) -> (String, String) {
    if let Some(request) = request {
        return (request.method.clone(), request.url.to_string());
    }
    let unsendable = execution.steps.iter().rev().find_map(|step| match step {
        Step::Unsendable {
            origin: ExchangeOrigin::Item,
            method,
            url,
            ..
        } => Some((method.clone(), url.clone())),
        _ => None,
    });
    unsendable.unwrap_or_else(|| {
        let request = &execution.item.definition["request"];
        let url = request["url"]["raw"].as_str().or(request["url"].as_str());
        (
            request["method"].as_str().unwrap_or_default().to_owned(),
            url.unwrap_or_default().to_owned(),
        )
    })
}

fn assertions(execution: &Execution) -> [usize; 3] {
    let mut counts = [0; 3];
    for step in &execution.steps {
        if let Step::Assertion(assertion) = step {
            let kind = match assertion.outcome {
                AssertionOutcome::Passed => 0,
                AssertionOutcome::Failed(_) => 1,
                AssertionOutcome::Skipped => 2,
            };
            counts[kind] += 1;
        }
    }
    counts
}
