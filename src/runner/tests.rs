//! The flow of a run, with a scripted transport and engine.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{
    Bail, Clock, Interrupt, Notes, Options, Person, RunResult, Runner, Surroundings, TokenStore,
};
use crate::collection::{Script, ScriptKind, parse};
use crate::files::WorkingDir;
use crate::http::{
    CookieError, Error, Exchange, HttpRequest, HttpResponse, RequestUrl, SendOptions, StoredCookie,
    Timings, Transport,
};
use crate::plan::{Selection, plan};
use crate::record::{
    Assertion, AssertionError, AssertionOutcome, CollectionInfo, EventSink, RunEnd, RunEvent,
    ScriptError, Step,
};
use crate::redact::Secrets;
use crate::rules::RuleSet;
use crate::script::{self, NextRequest, ScriptContext, ScriptEngine, ScriptHost, ScriptOutcome};
use crate::variables::{Dialect, Value as Variable, VariableScopes};

/// Answers 200 with the body that the test names for a path, and refuses `/refused`.
#[derive(Default)]
struct FakeTransport {
    sent: RefCell<Vec<String>>,
    bodies: HashMap<&'static str, &'static str>,
}

impl Transport for FakeTransport {
    async fn send(&self, request: HttpRequest, _options: &SendOptions) -> Exchange {
        self.sent
            .borrow_mut()
            .push(format!("{} {}", request.method, request.url));
        let outcome = match request.url.target.as_str() {
            "/refused" => Err(Error::ConnectionRefused {
                address: request.url.authority(),
            }),
            path => Ok(Arc::new(HttpResponse {
                status: 200,
                reason: "OK".to_owned(),
                version: "1.1",
                headers: Vec::new(),
                body: self.bodies.get(path).copied().unwrap_or_default().into(),
            })),
        };
        let timings = Timings {
            started: UNIX_EPOCH,
            first_byte: None,
            total: Duration::from_millis(1),
        };
        Exchange {
            request,
            outcome,
            timings,
            hops: Vec::new(),
        }
    }

    fn cookies(&self, _url: &RequestUrl) -> Vec<StoredCookie> {
        Vec::new()
    }

    fn stored_cookies(&self, _url: &str) -> Result<Vec<StoredCookie>, CookieError> {
        Ok(Vec::new())
    }

    fn store_cookie(&self, url: &str, _set_cookie: &str) -> Result<StoredCookie, CookieError> {
        let url = url.to_owned();
        Err(CookieError::InvalidUrl { url })
    }

    fn remove_cookies(&self, _url: &str, _name: Option<&str>) -> Result<(), CookieError> {
        Ok(())
    }
}

/// Understands scripts of a few words: `fail`, `throw`, `skip`, `next NAME`, `end`, `set NAME VALUE`.
#[derive(Default)]
struct FakeEngine {
    ran: Vec<String>,
}

impl ScriptEngine for &mut FakeEngine {
    async fn run(
        &mut self,
        script: &Script,
        context: ScriptContext,
        _host: &impl ScriptHost,
    ) -> ScriptOutcome {
        self.ran
            .push(format!("{} {}", context.kind.name(), script.source));
        let mut outcome = ScriptOutcome {
            scopes: context.scopes,
            request: None,
            steps: Vec::new(),
            next_request: None,
            visualization: None,
            skip_request: false,
            error: None,
            duration: Duration::ZERO,
        };
        let words: Vec<&str> = script.source.split(' ').collect();
        match words.as_slice() {
            ["fail"] => outcome.steps.push(Step::Assertion(Assertion {
                name: "check".to_owned(),
                index: 0,
                outcome: AssertionOutcome::Failed(AssertionError::default()),
                place: None,
            })),
            ["throw"] => {
                outcome.error = Some(ScriptError {
                    name: "Error".to_owned(),
                    message: "thrown".to_owned(),
                    place: None,
                });
            }
            ["skip"] => outcome.skip_request = true,
            ["next", name] => outcome.next_request = Some(NextRequest::Named((*name).to_owned())),
            ["end"] => outcome.next_request = Some(NextRequest::EndIteration),
            ["set", name, value] => outcome.scopes.environment.set(name, Variable::from(*value)),
            _ => {}
        }
        outcome
    }
}

struct StillClock;

impl Clock for StillClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

#[derive(Default)]
struct Kept(Vec<RunEvent>);

impl EventSink for Kept {
    fn emit(&mut self, event: RunEvent) {
        self.0.push(event);
    }
}

/// What a test looks at after a run.
struct Ran {
    sent: Vec<String>,
    scripts: Vec<String>,
    events: Vec<RunEvent>,
    result: RunResult,
    secrets: Secrets,
}

fn item(name: &str, prerequest: &str, test: &str) -> Value {
    json!({
        "name": name,
        "request": {"method": "GET", "url": format!("http://h/{name}")},
        "event": [
            {"listen": "prerequest", "script": {"exec": prerequest}},
            {"listen": "test", "script": {"exec": test}}
        ]
    })
}

fn run(items: Value, options: Options) -> Ran {
    run_with(
        items,
        options,
        FakeTransport::default(),
        &Interrupt::default(),
    )
}

fn run_with(
    items: Value,
    options: Options,
    transport: FakeTransport,
    interrupt: &Interrupt,
) -> Ran {
    let collection = parse(&json!({"info": {"name": "C"}, "item": items})).unwrap();
    let plan = plan(&collection, &Selection::default(), Dialect::Postrider).unwrap();
    let files = WorkingDir::new(Path::new("."), true).unwrap();
    let (mut engine, mut kept) = (FakeEngine::default(), Kept::default());
    let secrets = Secrets::default();
    let runner = Runner {
        around: Surroundings {
            transport: &transport,
            make_engine: &|| {
                let reason = "there is one engine only".to_owned();
                Err(script::Error::Start { reason })
            },
            clock: StillClock,
            plan: &plan,
            rules: &RuleSet::default(),
            files: &files,
            options: &options,
            secrets: secrets.clone(),
            interrupt: interrupt.clone(),
            vault: None,
            notes: Notes::default(),
            memory: RefCell::default(),
            tokens: &TokenStore::default(),
            person: &Person::nobody(),
            platform: |_| None,
        },
        engine: &mut engine,
        sink: &mut kept,
        scopes: VariableScopes::default(),
        rows: None,
    };
    let info = CollectionInfo {
        id: collection.id.clone(),
        name: collection.name.clone(),
        definition: Arc::new(Value::Null),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let result = runtime.block_on(runner.run(info));
    let sent = transport.sent.into_inner();
    Ran {
        sent,
        scripts: engine.ran,
        events: kept.0,
        result,
        secrets,
    }
}

#[test]
fn variables_that_a_script_sets_reach_the_request() {
    let mut first = item("a", "set v 1", "");
    first["request"]["url"] = json!("http://h/{{v}}");

    let ran = run(json!([first]), Options::default());

    assert_eq!(ran.sent, ["GET http://h/1"]);
}

#[test]
fn a_failed_request_stops_neither_its_tests_nor_the_run() {
    let ran = run(
        json!([item("refused", "", "x"), item("b", "", "")]),
        Options::default(),
    );

    assert_eq!(ran.sent, ["GET http://h/refused", "GET http://h/b"]);
    assert_eq!(ran.scripts, ["test x"]);
    assert_eq!(ran.result.summary.failure_count, 1);
}

#[test]
fn a_failed_prerequest_script_stops_nothing() {
    let ran = run(json!([item("a", "throw", "x")]), Options::default());

    assert_eq!(ran.sent, ["GET http://h/a"]);
    assert_eq!(ran.scripts, ["prerequest throw", "test x"]);
    assert_eq!(ran.result.summary.stats.prerequest_scripts.failed, 1);
}

#[test]
fn a_skipped_item_sends_nothing_and_runs_no_tests() {
    let ran = run(
        json!([item("a", "skip", "x"), item("b", "", "")]),
        Options::default(),
    );

    assert_eq!(ran.sent, ["GET http://h/b"]);
    assert_eq!(ran.scripts, ["prerequest skip"]);
    assert_eq!(ran.result.summary.stats.requests.total, 1);
}

#[test]
fn a_jump_goes_on_from_the_named_item() {
    let items = json!([
        item("a", "", "next c"),
        item("b", "", ""),
        item("c", "", "end"),
        item("d", "", "")
    ]);
    let ran = run(
        items,
        Options {
            iteration_count: 2,
            ..Options::default()
        },
    );

    assert_eq!(
        ran.sent,
        [
            "GET http://h/a",
            "GET http://h/c",
            "GET http://h/a",
            "GET http://h/c"
        ]
    );
    assert_eq!(ran.result.summary.stats.iterations.total, 2);
}

#[test]
fn a_jump_to_nowhere_ends_the_iteration_and_is_told() {
    let ran = run(
        json!([item("first", "", "next frist"), item("b", "", "")]),
        Options::default(),
    );

    assert_eq!(ran.sent, ["GET http://h/first"]);
    assert_eq!(ran.result.warnings.len(), 1);
    assert_eq!(
        ran.result.warnings[0].hint.as_deref(),
        Some("did you mean `first`?")
    );
}

#[test]
fn an_unknown_variable_is_told_once() {
    let mut first = item("a", "", "");
    first["request"]["url"] = json!("http://h/{{nobody}}/{{nobody}}");

    let ran = run(
        json!([first]),
        Options {
            iteration_count: 2,
            ..Options::default()
        },
    );

    let messages: Vec<&str> = ran
        .result
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(messages, ["the variable `nobody` in `a` has no value"]);
}

#[test]
fn bail_stops_after_the_first_failure() {
    let bail = Bail {
        on_error: true,
        on_assertion: true,
    };
    let items = json!([item("a", "", "fail"), item("b", "", "")]);

    let ran = run(
        items,
        Options {
            bail,
            iteration_count: 3,
            ..Options::default()
        },
    );

    assert_eq!(ran.sent, ["GET http://h/a"]);
    assert_eq!(ran.result.summary.end, RunEnd::Bailed);
    assert_eq!(ran.result.summary.stats.iterations.total, 1);
}

#[test]
fn bail_at_errors_lets_failed_assertions_pass() {
    let bail = Bail {
        on_error: true,
        on_assertion: false,
    };
    let items = json!([
        item("a", "", "fail"),
        item("b", "throw", "x"),
        item("c", "", "")
    ]);

    let ran = run(
        items,
        Options {
            bail,
            ..Options::default()
        },
    );

    assert_eq!(ran.sent, ["GET http://h/a"]);
    assert_eq!(ran.result.summary.end, RunEnd::Bailed);
}

#[test]
fn a_request_without_a_url_is_a_failure_with_a_reason() {
    let ran = run(json!([{"name": "a"}]), Options::default());

    let RunEvent::ItemFinished(execution) = &ran.events[3] else {
        panic!("the fourth event is {:?}", ran.events[3]);
    };
    assert!(matches!(execution.steps[0], Step::Unsendable { .. }));
    assert_eq!(execution.failures()[0].message, "the request has no URL");
}

#[test]
fn tokens_of_a_response_are_secret_before_it_is_told() {
    let bodies = HashMap::from([("/a", r#"{"access_token": "t0ken-value"}"#)]);
    let transport = FakeTransport {
        bodies,
        ..FakeTransport::default()
    };

    let ran = run_with(
        json!([item("a", "", "")]),
        Options::default(),
        transport,
        &Interrupt::default(),
    );

    assert_eq!(ran.secrets.mask("the t0ken-value"), "the ***");
}

#[test]
fn an_interrupted_run_ends_with_its_last_event() {
    let interrupt = Interrupt::default();
    interrupt.set(RunEnd::Interrupted);

    let ran = run_with(
        json!([item("a", "", "")]),
        Options::default(),
        FakeTransport::default(),
        &interrupt,
    );

    assert_eq!(ran.result.summary.end, RunEnd::Interrupted);
    assert!(matches!(ran.events.last(), Some(RunEvent::RunFinished(_))));
    assert!(ran.sent.is_empty());
}

#[test]
fn scripts_know_when_they_run() {
    let ran = run(json!([item("a", "p", "t")]), Options::default());

    let kinds = [ScriptKind::Prerequest, ScriptKind::Test].map(ScriptKind::name);
    assert_eq!(
        ran.scripts,
        [format!("{} p", kinds[0]), format!("{} t", kinds[1])]
    );
}

#[test]
fn variables_of_a_folder_count_inside_it_only() {
    let request =
        |name: &str| json!({"name": name, "request": format!("http://h/{name}/{{{{v}}}}")});
    let items = json!([
        {"name": "F", "variable": [{"key": "v", "value": "outer"}], "item": [
            {"name": "G", "variable": [{"key": "v", "value": "inner"}], "item": [request("a")]},
            request("b")
        ]},
        request("c")
    ]);

    let ran = run(items, Options::default());

    assert_eq!(
        ran.sent,
        [
            "GET http://h/a/inner",
            "GET http://h/b/outer",
            "GET http://h/c/%7B%7Bv%7D%7D"
        ]
    );
}
