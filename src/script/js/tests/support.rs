//! Running one script, or several in one engine.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::collection::Script;
use crate::http::{
    Error, Exchange, Header, HttpRequest, HttpResponse, RequestUrl, StoredCookie, Timings,
};
use crate::record::{AssertionOutcome, ScriptKind, Step};
use crate::script::{
    CookieCall, HostAnswer, HostCall, ItemFacts, JsEngine, Options, ScriptContext, ScriptEngine,
    ScriptExchange, ScriptHost, ScriptOutcome, VaultAction, WatchedEngine,
};
use crate::variables::{ScopeChanges, VariableScopes};

/// The stack that the engine's limit asks of a thread.
const STACK_BYTES: usize = 8 << 20;

/// Answers a request with its own definition, and refuses what goes to `refused`.
struct FakeHost;

impl ScriptHost for FakeHost {
    async fn answer(&self, call: HostCall) -> (HostAnswer, Vec<Step>) {
        let answer = match call {
            HostCall::SendRequest { request, .. } => HostAnswer::Sent(sent(&request)),
            HostCall::RunRequest {
                target, overrides, ..
            } => {
                let mut scopes = VariableScopes::default();
                let before = scopes.clone();
                scopes.environment.set("ran", target.as_str().into());
                let names: Vec<&str> = overrides.names().collect();
                let definition = json!({"url": {"raw": target}, "overrides": names});
                HostAnswer::Ran {
                    exchange: (target != "skipped").then(|| sent(&definition)),
                    changes: ScopeChanges::between(&before, &scopes),
                }
            }
            HostCall::Vault { key, .. } if key == "denied" => HostAnswer::Refused {
                reason: "Vault access denied".to_owned(),
            },
            HostCall::Vault { key, action } => {
                HostAnswer::Secret((action == VaultAction::Get).then(|| format!("secret {key}")))
            }
            HostCall::Cookies(CookieCall::Remove { .. }) => HostAnswer::Cookies(Vec::new()),
            HostCall::Cookies(CookieCall::All { .. }) => {
                HostAnswer::Cookies(vec![cookie("a", "1"), cookie("b", "x%20y")])
            }
            HostCall::Cookies(CookieCall::Set { url, cookie: text }) if url.contains("refused") => {
                let reason = format!("{text} is refused");
                HostAnswer::Refused { reason }
            }
            HostCall::Cookies(CookieCall::Set { cookie: text, .. }) => {
                HostAnswer::Cookies(vec![cookie("set", &text)])
            }
        };
        (answer, Vec::new())
    }
}

fn sent(definition: &Value) -> ScriptExchange {
    let url = definition["url"]["raw"].as_str().unwrap_or_default();
    let headers = [("Content-Type", "application/json")];
    let mut exchange = exchange(response(200, &headers, definition.to_string().as_bytes()));
    if url.contains("refused") {
        let address = "localhost:8080".to_owned();
        exchange.outcome = Err(Error::ConnectionRefused { address });
    }
    ScriptExchange {
        outcome: match url {
            "" => Err("the URL is empty".to_owned()),
            _ => Ok(Arc::new(exchange)),
        },
        cookies: vec![cookie("a", "1")],
    }
}

/// Runs on a thread with enough stack and a runtime of its own.
pub(super) fn on_thread<T: Send + 'static>(work: impl AsyncFnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime can be made")
                .block_on(work())
        })
        .expect("a thread can be started")
        .join()
        .expect("the engine does not panic")
}

/// One script with everything it sees.
pub(super) struct Case {
    pub(super) source: String,
    pub(super) context: ScriptContext,
}

impl Case {
    pub(super) fn test(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            context: context(ScriptKind::Test),
        }
    }

    pub(super) fn prerequest(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            context: context(ScriptKind::Prerequest),
        }
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut ScriptContext)) -> Self {
        change(&mut self.context);
        self
    }

    pub(super) fn response(self, status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let response = response(status, headers, body);
        self.with(|context| context.exchange = Some(Arc::new(exchange(response))))
    }
}

/// Runs scripts one after the other in one engine; variables pass from each to the next.
pub(super) fn run_all(cases: Vec<Case>) -> Vec<ScriptOutcome> {
    let options = Options {
        console_width: 72,
        ..Options::default()
    };
    run_with(options, cases)
}

pub(super) fn run_with(options: Options, cases: Vec<Case>) -> Vec<ScriptOutcome> {
    on_thread(async move || {
        let mut engine = JsEngine::new(options).expect("the engine starts");
        run_in(&mut engine, cases).await
    })
}

/// As [`run_with`], in an engine that survives scripts that cannot be stopped.
pub(super) fn run_watched(options: Options, cases: Vec<Case>) -> Vec<ScriptOutcome> {
    on_thread(async move || {
        let mut engine = WatchedEngine::new(options).expect("the engine starts");
        run_in(&mut engine, cases).await
    })
}

async fn run_in(engine: &mut impl ScriptEngine, cases: Vec<Case>) -> Vec<ScriptOutcome> {
    let mut outcomes: Vec<ScriptOutcome> = Vec::new();
    for mut case in cases {
        if let Some(last) = outcomes.last() {
            case.context.scopes = last.scopes.clone();
        }
        let script = Script {
            id: None,
            source: case.source,
        };
        outcomes.push(engine.run(&script, case.context, &FakeHost).await);
    }
    outcomes
}

pub(super) fn run(case: Case) -> ScriptOutcome {
    run_all(vec![case]).remove(0)
}

/// Runs a test script and gives what it wrote to the console.
pub(super) fn console(source: &str) -> Vec<String> {
    let outcome = run(Case::test(source));
    assert_eq!(outcome.error, None, "{source}");
    lines(&outcome)
}

pub(super) fn lines(outcome: &ScriptOutcome) -> Vec<String> {
    let messages = outcome.steps.iter().filter_map(|step| match step {
        Step::Console(message) => Some(message.arguments.join(", ")),
        _ => None,
    });
    messages
        .filter(|line| !line.contains("is deprecated."))
        .collect()
}

/// Each assertion as `index name: outcome`.
pub(super) fn assertions(outcome: &ScriptOutcome) -> Vec<String> {
    let assertions = outcome.steps.iter().filter_map(|step| match step {
        Step::Assertion(assertion) => Some(assertion),
        _ => None,
    });
    assertions
        .map(|assertion| {
            let (index, name) = (assertion.index, &assertion.name);
            match &assertion.outcome {
                AssertionOutcome::Passed => format!("{index} {name}: passed"),
                AssertionOutcome::Skipped => format!("{index} {name}: skipped"),
                AssertionOutcome::Failed(error) => {
                    format!("{index} {name}: {}: {}", error.name, error.message)
                }
            }
        })
        .collect()
}

/// The error as `Name: message (line:column)`.
pub(super) fn error(outcome: &ScriptOutcome) -> String {
    let Some(error) = &outcome.error else {
        return "none".to_owned();
    };
    match &error.place {
        Some(place) => {
            format!(
                "{}: {} ({}:{})",
                error.name, error.message, place.line, place.column
            )
        }
        None => format!("{}: {}", error.name, error.message),
    }
}

fn context(kind: ScriptKind) -> ScriptContext {
    let body = br#"{"a":1,"b":{"c":[1,2,3]},"s":"str","n":null,"t":true}"#;
    let headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-Test", "v1"),
        ("Set-Cookie", "a=1; Path=/"),
        ("Set-Cookie", "b=x%20y; Path=/"),
    ];
    let exchange = exchange(response(200, &headers, body));
    ScriptContext {
        kind,
        owner: "Get json".to_owned(),
        facts: Arc::new(ItemFacts {
            item_id: "id-1".to_owned(),
            item_name: "Get json".to_owned(),
            location: vec![
                "Collection".to_owned(),
                "Folder".to_owned(),
                "Get json".to_owned(),
            ],
            iteration: 1,
            iteration_count: 3,
        }),
        request: request_definition().into(),
        exchange: (kind == ScriptKind::Test).then(|| Arc::new(exchange)),
        cookies: vec![cookie("a", "1"), cookie("b", "x%20y")],
        scopes: VariableScopes::default(),
        timeout: Some(Duration::from_secs(20)),
    }
}

pub(super) fn request_definition() -> Value {
    json!({
        "method": "GET",
        "url": {
            "raw": "http://localhost:8080/json?x=1&x=2&flag&e=",
            "protocol": "http",
            "host": ["localhost"],
            "port": "8080",
            "path": ["json"],
            "query": [
                {"key": "x", "value": "1"},
                {"key": "x", "value": "2"},
                {"key": "flag", "value": null},
                {"key": "e", "value": ""},
            ],
        },
        "header": [
            {"key": "H1", "value": "one"},
            {"key": "H2", "value": "two", "disabled": true},
        ],
    })
}

fn cookie(name: &str, value: &str) -> StoredCookie {
    StoredCookie {
        name: name.to_owned(),
        value: value.to_owned(),
        domain: "localhost".to_owned(),
        host_only: true,
        path: "/".to_owned(),
        expires: None,
        secure: false,
        http_only: false,
    }
}

fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> HttpResponse {
    let reason = match status {
        200 => "OK",
        201 => "Created",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => "",
    };
    HttpResponse {
        status,
        reason: reason.to_owned(),
        version: "1.1",
        headers: headers
            .iter()
            .map(|(name, value)| Header::new(*name, *value))
            .collect(),
        body: body.to_vec().into(),
    }
}

fn exchange(response: HttpResponse) -> Exchange {
    Exchange {
        request: HttpRequest {
            method: "GET".to_owned(),
            url: RequestUrl {
                scheme: "http".to_owned(),
                host: "localhost".to_owned(),
                port: Some(8080),
                target: "/json".to_owned(),
            },
            headers: Vec::new(),
            body: None,
        },
        outcome: Ok(Arc::new(response)),
        timings: Timings {
            started: SystemTime::UNIX_EPOCH,
            first_byte: Some(Duration::from_millis(40)),
            total: Duration::from_millis(43),
        },
        hops: Vec::new(),
    }
}
