//! Entries of `run.executions`.

use std::io::{self, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::failure::{assertion_error, detailed_error, request_error};
use super::url::url_object;
use super::writer::JsonWriter;
use crate::http::{Header, Hop, HttpResponse};
use crate::record::{
    Assertion, AssertionOutcome, Cursor, ExchangeOrigin, Execution, ScriptKind, SentRequest, Step,
};
use crate::report::measure::milliseconds;
use crate::report::problem::Problem;

/// The entries of one execution, one for each of its requests.
pub(super) struct Entries<'run> {
    pub(super) execution: &'run Execution,
    pub(super) request_id: &'run str,
    /// When the last request had ended.
    pub(super) at: SystemTime,
}

impl Entries<'_> {
    /// Writes the entries in the order the requests were sent.
    ///
    /// What belongs to the item and not to one request (assertions, script errors) stands at the item's
    /// own request, the last one if there are several.
    pub(super) fn write<W: Write>(&self, writer: &mut JsonWriter<W>) -> io::Result<()> {
        let main = main_step(self.execution);
        for (position, step) in self.execution.steps.iter().enumerate() {
            if is_request(step) {
                let problem = Problem::of(step);
                self.write_entry(writer, step, problem.as_ref(), main == Some(position))?;
            }
        }
        Ok(())
    }

    /// Writes the entries as newman does, which makes all of an item's entries the same object: the last
    /// request takes the place of the others, and an error stays.
    pub(super) fn write_as_newman<W: Write>(&self, writer: &mut JsonWriter<W>) -> io::Result<()> {
        let requests = || self.execution.steps.iter().filter(|step| is_request(step));
        let Some(last) = requests().next_back() else {
            return Ok(());
        };
        let problem = requests().rev().find_map(Problem::of);
        for _ in requests() {
            self.write_entry(writer, last, problem.as_ref(), true)?;
        }
        Ok(())
    }

    fn write_entry<W: Write>(
        &self,
        writer: &mut JsonWriter<W>,
        step: &Step,
        problem: Option<&Problem<'_>>,
        is_main: bool,
    ) -> io::Result<()> {
        let Self {
            execution,
            request_id,
            at,
        } = *self;
        writer.begin_object(None)?;
        writer.member("cursor", &cursor_object(&execution.cursor, request_id))?;
        writer.member("item", &execution.item.definition)?;
        if is_main {
            write_script_errors(writer, execution, ScriptKind::Prerequest, at)?;
        }
        match step {
            Step::Request(sent) => {
                writer.member("request", &request_object(sent))?;
                if let Some(response) = sent.exchange.response() {
                    write_response(writer, response, milliseconds(sent.exchange.timings.total))?;
                }
                if !sent.exchange.hops.is_empty() {
                    let hops = sent.exchange.hops.iter().map(hop_object);
                    writer.member("timings", &Value::Array(hops.collect()))?;
                }
            }
            Step::Unsendable { method, url, .. } => {
                writer.member(
                    "request",
                    &json!({"url": url_object(url), "method": method}),
                )?;
            }
            _ => {}
        }
        writer.member("id", &json!(execution.item.id))?;
        if let Some(problem) = problem {
            writer.member("requestError", &request_error(problem))?;
        }
        if is_main {
            write_assertions(writer, execution)?;
            write_script_errors(writer, execution, ScriptKind::Test, at)?;
        }
        writer.end_object()
    }
}

fn is_request(step: &Step) -> bool {
    matches!(step, Step::Request(_) | Step::Unsendable { .. })
}

/// The request that carries what belongs to the item.
fn main_step(execution: &Execution) -> Option<usize> {
    let own = execution.steps.iter().rposition(|step| match step {
        Step::Request(sent) => sent.origin == ExchangeOrigin::Item,
        Step::Unsendable { origin, .. } => *origin == ExchangeOrigin::Item,
        _ => false,
    });
    own.or_else(|| {
        execution
            .steps
            .iter()
            .rposition(|step| matches!(step, Step::Request(_)))
    })
}

/// The flags after `cycles` stand at the first item of a run, and `cr` at the first of each iteration.
pub(super) fn cursor_object(cursor: &Cursor, request_id: &str) -> Value {
    let mut object = json!({
        "position": cursor.position,
        "iteration": cursor.iteration,
        "length": cursor.item_count,
        "cycles": cursor.iteration_count,
    });
    if cursor.position == 0 && cursor.iteration == 0 {
        object["empty"] = json!(false);
        object["eof"] = json!(false);
        object["bof"] = json!(true);
        object["cr"] = json!(false);
    } else if cursor.position == 0 {
        object["cr"] = json!(true);
    }
    object["ref"] = json!(cursor.reference);
    object["httpRequestId"] = json!(request_id);
    object
}

fn request_object(sent: &SentRequest) -> Value {
    let mut request = match &*sent.definition {
        Value::Object(members) => members.clone(),
        _ => Map::new(),
    };
    let exchange = &sent.exchange.request;
    let url = match request.get("url") {
        Some(url @ Value::Object(_)) => url.clone(),
        Some(Value::String(text)) => url_object(text),
        _ => url_object(&exchange.url.to_string()),
    };
    request.insert("url".to_owned(), url);
    if !request.contains_key("header") {
        request.insert(
            "header".to_owned(),
            exchange.headers.iter().map(sent_field).collect(),
        );
    }
    request
        .entry("method")
        .or_insert_with(|| json!(exchange.method));
    Value::Object(request)
}

fn sent_field(field: &Header) -> Value {
    if field.system {
        json!({"key": field.name, "value": field.value, "system": true})
    } else {
        json!({"key": field.name, "value": field.value})
    }
}

fn write_response<W: Write>(
    writer: &mut JsonWriter<W>,
    response: &HttpResponse,
    time_ms: f64,
) -> io::Result<()> {
    let fields: Value = response
        .headers
        .iter()
        .map(|field| json!({"key": field.name, "value": field.value}))
        .collect();
    writer.begin_object(Some("response"))?;
    writer.member("id", &json!(Uuid::new_v4().to_string()))?;
    writer.member("status", &json!(response.reason))?;
    writer.member("code", &json!(response.status))?;
    writer.member("header", &fields)?;
    writer.begin_object(Some("stream"))?;
    writer.member("type", &json!("Buffer"))?;
    writer.bytes("data", &response.body)?;
    writer.end_object()?;
    writer.member("cookie", &json!([]))?;
    writer.member("responseTime", &json!(time_ms.round() as u64))?;
    writer.member("responseSize", &json!(response.body.size_bytes()))?;
    if let Some(path) = response.body.saved() {
        writer.member("savedTo", &json!(path.display().to_string()))?;
    }
    writer.end_object()
}

/// As in newman, the member is there only if there were assertions.
fn write_assertions<W: Write>(writer: &mut JsonWriter<W>, execution: &Execution) -> io::Result<()> {
    let assertions: Vec<Value> = execution
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Assertion(assertion) => {
                Some(assertion_object(assertion, Problem::of(step), execution))
            }
            _ => None,
        })
        .collect();
    if assertions.is_empty() {
        return Ok(());
    }
    writer.member("assertions", &Value::Array(assertions))
}

fn assertion_object(
    assertion: &Assertion,
    problem: Option<Problem<'_>>,
    execution: &Execution,
) -> Value {
    let mut object = json!({
        "assertion": assertion.name,
        "skipped": assertion.outcome == AssertionOutcome::Skipped,
    });
    if let Some(problem) = problem {
        object["error"] = assertion_error(&problem, execution);
    }
    object
}

/// The phases of one hop in milliseconds, under the names that postman-request gives them; newman's report
/// has none of it.
fn hop_object(hop: &Hop) -> Value {
    let phases = &hop.phases;
    let time = |phase: Option<Duration>| phase.map_or(0.0, milliseconds);
    json!({
        "method": hop.method,
        "url": hop.url,
        "code": hop.status,
        "dns": time(phases.dns),
        "tcp": time(phases.connect),
        "secureHandshake": time(phases.tls),
        "firstByte": time(phases.wait),
        "download": time(phases.download),
        "total": milliseconds(hop.total),
    })
}

/// `prerequestScript` or `testScript`: only scripts that failed are listed.
fn write_script_errors<W: Write>(
    writer: &mut JsonWriter<W>,
    execution: &Execution,
    kind: ScriptKind,
    at: SystemTime,
) -> io::Result<()> {
    let errors: Vec<Value> = execution
        .steps
        .iter()
        .filter(|step| matches!(step, Step::Script(run) if run.kind == kind))
        .filter_map(Problem::of)
        .map(|problem| json!({"error": detailed_error(&problem, execution, at)}))
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    writer.member(&format!("{}Script", kind.name()), &Value::Array(errors))
}

/// Milliseconds since 1970; 0 for what is earlier.
pub(super) fn epoch_ms(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
