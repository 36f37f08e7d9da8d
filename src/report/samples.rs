//! Events made by hand, for the tests of all reporters.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{Console, Error, Options, Output, ReporterSet};
use crate::http::{
    Error as HttpError, Exchange, Header, HttpRequest, HttpResponse, RequestUrl, Timings,
};
use crate::record::{
    Assertion, AssertionError, AssertionOutcome, CollectionInfo, ConsoleLevel, ConsoleMessage,
    Cursor, EventSink as _, ExchangeOrigin, Execution, ItemInfo, RunEnd, RunEvent, RunSummary,
    ScriptError, ScriptKind, ScriptPlace, ScriptRun, SentRequest, Step,
};
use crate::redact::Secrets;

/// 2026-11-25T01:04:44.304Z
pub(super) fn moment() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_795_568_684_304)
}

pub(super) fn header(name: &str, value: &str) -> Header {
    Header::new(name, value)
}

pub(super) fn item(folders: &[&str], name: &str) -> Arc<ItemInfo> {
    let parent = folders.last().copied().unwrap_or("Shop");
    Arc::new(ItemInfo {
        id: format!("id-{name}"),
        name: name.to_owned(),
        folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
        parent: (format!("id-{parent}"), parent.to_owned()),
        definition: Arc::new(json!({"id": format!("id-{name}"), "name": name})),
    })
}

pub(super) fn response(status: u16, reason: &str, body: &[u8]) -> HttpResponse {
    HttpResponse {
        status,
        reason: reason.to_owned(),
        version: "1.1",
        headers: vec![header("Content-Type", "text/plain")],
        body: body.to_vec().into(),
    }
}

pub(super) fn exchange(target: &str, outcome: Result<HttpResponse, HttpError>) -> Exchange {
    Exchange {
        request: HttpRequest {
            method: "GET".to_owned(),
            url: RequestUrl {
                scheme: "https".to_owned(),
                host: "api.example.com".to_owned(),
                port: None,
                target: target.to_owned(),
            },
            headers: vec![Header::system("Accept", "*/*"), header("X-Key", "value")],
            body: None,
        },
        outcome: outcome.map(Arc::new),
        timings: Timings {
            started: moment() + Duration::from_millis(100),
            first_byte: Some(Duration::from_millis(40)),
            total: Duration::from_millis(45),
        },
        hops: Vec::new(),
    }
}

pub(super) fn sent(origin: ExchangeOrigin, exchange: Exchange) -> Step {
    let definition = json!({
        "url": {
            "protocol": "https", "path": ["x"], "host": ["api", "example", "com"],
            "query": [], "variable": [],
        },
        "header": [{"key": "Accept", "value": "*/*", "system": true}],
        "method": exchange.request.method,
    });
    Step::Request(SentRequest {
        origin,
        definition: Arc::new(definition),
        exchange: Arc::new(exchange),
    })
}

pub(super) fn answered(target: &str) -> Step {
    sent(
        ExchangeOrigin::Item,
        exchange(target, Ok(response(200, "OK", b"hello"))),
    )
}

pub(super) fn refused() -> Step {
    let error = HttpError::ConnectionRefused {
        address: "127.0.0.1:81".to_owned(),
    };
    sent(ExchangeOrigin::Item, exchange("/refused", Err(error)))
}

pub(super) fn passed(name: &str, index: usize) -> Step {
    assertion(name, index, AssertionOutcome::Passed, None)
}

pub(super) fn skipped(name: &str, index: usize) -> Step {
    assertion(name, index, AssertionOutcome::Skipped, None)
}

pub(super) fn failed(name: &str, index: usize, message: &str) -> Step {
    let error = AssertionError {
        name: "AssertionError".to_owned(),
        message: message.to_owned(),
        actual: None,
        expected: None,
    };
    assertion(name, index, AssertionOutcome::Failed(error), None)
}

pub(super) fn unequal(name: &str, index: usize, expected: &str, actual: &str) -> Step {
    let error = AssertionError {
        name: "AssertionError".to_owned(),
        message: format!("expected {actual} to deeply equal {expected}"),
        actual: Some(actual.to_owned()),
        expected: Some(expected.to_owned()),
    };
    let place = place(
        ScriptKind::Test,
        "Create user",
        3,
        5,
        "    pm.expect(a).to.eql(b);",
    );
    assertion(name, index, AssertionOutcome::Failed(error), Some(place))
}

fn assertion(
    name: &str,
    index: usize,
    outcome: AssertionOutcome,
    place: Option<ScriptPlace>,
) -> Step {
    Step::Assertion(Assertion {
        name: name.to_owned(),
        index,
        outcome,
        place,
    })
}

pub(super) fn place(
    kind: ScriptKind,
    owner: &str,
    line: u32,
    column: u32,
    source_line: &str,
) -> ScriptPlace {
    ScriptPlace {
        kind,
        owner: owner.to_owned(),
        line,
        column,
        source_line: source_line.to_owned(),
    }
}

pub(super) fn script(kind: ScriptKind, error: Option<ScriptError>) -> Step {
    let duration = Duration::from_millis(5);
    Step::Script(ScriptRun {
        kind,
        owner: "Create user".to_owned(),
        duration,
        error,
    })
}

pub(super) fn script_failure(kind: ScriptKind) -> Step {
    let error = ScriptError {
        name: "ReferenceError".to_owned(),
        message: "user is not defined".to_owned(),
        place: Some(place(kind, "Create user", 2, 11, "  let id = user.id;")),
    };
    script(kind, Some(error))
}

pub(super) fn log(level: ConsoleLevel, arguments: &[&str]) -> Step {
    let arguments = arguments
        .iter()
        .map(|&argument| argument.to_owned())
        .collect();
    Step::Console(ConsoleMessage { level, arguments })
}

pub(super) fn execution(item: Arc<ItemInfo>, iteration: usize, steps: Vec<Step>) -> Execution {
    Execution {
        cursor: Cursor {
            iteration,
            iteration_count: 1,
            position: 0,
            item_count: 1,
            reference: format!("ref-{}-{iteration}", item.name),
        },
        item,
        skipped: false,
        steps,
        next_request: None,
        visualization: None,
    }
}

/// All events of a run of these executions.
pub(super) fn events(executions: Vec<Execution>) -> Vec<RunEvent> {
    let iteration_count = executions
        .iter()
        .map(|execution| execution.cursor.iteration + 1)
        .max()
        .unwrap_or(1);
    let item_count = executions
        .iter()
        .filter(|execution| execution.cursor.iteration == 0)
        .count();
    let mut summary = RunSummary {
        started: Some(moment()),
        duration: Duration::from_millis(368),
        environment: Arc::new(json!({"id": "environment", "values": []})),
        globals: Arc::new(json!({"id": "globals", "values": []})),
        ..RunSummary::default()
    };
    let definition = json!({"info": {"_postman_id": "id-Shop", "name": "Shop"}, "item": []});
    let mut events = vec![RunEvent::RunStarted {
        collection: Arc::new(CollectionInfo {
            id: "id-Shop".to_owned(),
            name: "Shop".to_owned(),
            definition: Arc::new(definition),
        }),
        iteration_count,
        item_count,
        started: moment(),
    }];
    for iteration in 0..iteration_count {
        events.push(RunEvent::IterationStarted {
            iteration,
            iteration_count,
        });
        let here = executions
            .iter()
            .filter(|execution| execution.cursor.iteration == iteration);
        for (position, execution) in here.enumerate() {
            let mut execution = execution.clone();
            execution.cursor = Cursor {
                iteration_count,
                position,
                item_count,
                ..execution.cursor
            };
            summary.add(&execution);
            events.push(RunEvent::ItemStarted {
                cursor: execution.cursor.clone(),
                item: Arc::clone(&execution.item),
            });
            events.push(RunEvent::ItemFinished(Arc::new(execution)));
        }
        summary.add_iteration();
        events.push(RunEvent::IterationFinished);
    }
    events.push(RunEvent::RunFinished(Arc::new(summary)));
    events
}

/// The same events, as if the run had come to another end.
pub(super) fn ending(mut events: Vec<RunEvent>, end: RunEnd) -> Vec<RunEvent> {
    if let Some(RunEvent::RunFinished(summary)) = events.last_mut() {
        let summary = Arc::make_mut(summary);
        summary.end = end;
    }
    events
}

/// A writer that keeps what it gets where a test can read it.
#[derive(Clone, Default)]
pub(super) struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that always fails in the same way.
pub(super) struct Broken(pub(super) io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn options(writer: impl Write + Send + 'static) -> Options {
    let console = Console {
        output: Output::new(writer),
        width: None,
        color: false,
        unicode: true,
    };
    Options {
        as_newman: false,
        console: Some(console),
        verbose: false,
        silent: false,
        exports: BTreeMap::new(),
        flags: BTreeMap::new(),
    }
}

/// Hands the events to reporters; their errors.
pub(super) fn report(
    names: &[&str],
    options: Options,
    secrets: &Secrets,
    events: Vec<RunEvent>,
) -> Vec<Error> {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut reporters = ReporterSet::new(&names, options, secrets.clone()).unwrap();
    for event in events {
        reporters.emit(event);
    }
    reporters.finish()
}

/// What a reporter with a file writes for these events.
pub(super) fn file_report(name: &str, secrets: &Secrets, events: Vec<RunEvent>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    let mut options = options(Paper::default());
    options.exports.insert(name.to_owned(), path.clone());
    let errors = report(&[name], options, secrets, events);
    assert!(errors.is_empty(), "{errors:?}");
    read(&path)
}

pub(super) fn read(path: &Path) -> String {
    String::from_utf8(crate::files::read_bytes(path).unwrap()).unwrap()
}

/// The value of a JSON report with what differs from run to run replaced.
pub(super) fn settled(value: &Value) -> Value {
    const CHANGING: [&str; 3] = ["httpRequestId", "id", "checksum"];

    match value {
        Value::Array(elements) => elements.iter().map(settled).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, member)| {
                    let changes = CHANGING.contains(&key.as_str())
                        && member.as_str().is_some_and(|text| text.len() >= 32);
                    let member = if changes {
                        json!(format!("<{key}>"))
                    } else {
                        settled(member)
                    };
                    (key.clone(), member)
                })
                .collect(),
        ),
        scalar => scalar.clone(),
    }
}
