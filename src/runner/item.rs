//! One item at one cursor, from its prerequest scripts to its tests.
//!
//! 1. prerequest scripts, each of which may change variables and this execution's copy of the request;
//! 2. resolve the request with the variables as they are then;
//! 3. sign it;
//! 4. send it;
//! 5. test scripts, also when nothing came back;
//! 6. rules;
//! 7. the whole as one [`Execution`].

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use uuid::Uuid;

use super::behavior::send_options;
use super::tokens::learn_tokens;
use super::{Clock, Runner};
use crate::auth::{Signed, sign};
use crate::collection::{Request, ScriptKind};
use crate::http::{Exchange, StoredCookie, Transport};
use crate::plan::{PlannedItem, PlannedScript};
use crate::record::{
    ConsoleLevel, ConsoleMessage, Cursor, EventSink, ExchangeOrigin, Execution, RunEvent,
    ScriptError, ScriptRun, SentRequest, Step,
};
use crate::resolve::{Prepared, resolve};
use crate::script::{ItemFacts, NextRequest, ScriptContext, ScriptEffect, ScriptEngine};
use crate::variables::Dialect;

/// What test scripts see of the request.
struct Seen {
    definition: Arc<Value>,
    exchange: Option<Arc<Exchange>>,
    cookies: Vec<StoredCookie>,
}

/// What is known of an item while it is executed.
struct Progress {
    facts: Arc<ItemFacts>,
    execution: Execution,
    bailed: bool,
}

impl<T: Transport, E: ScriptEngine, S: EventSink, C: Clock> Runner<'_, T, E, S, C> {
    /// Executes one item; whatever goes wrong is part of the execution.
    pub(super) async fn run_item(&mut self, iteration: usize, position: usize) -> Execution {
        let item = &self.plan.items[position];
        self.scopes.folder = item.variables.clone();
        self.learn_secrets();
        let mut progress = self.start(item, iteration, position);
        let mut request = item.request.clone();
        self.run_prerequest(item, &mut request, &mut progress).await;
        if progress.execution.skipped || progress.bailed || self.interrupt.is_set() {
            return progress.execution;
        }
        let seen = self.send(item, &request, &mut progress).await;
        self.learn_secrets();
        progress.bailed = self.options.bail.on_error
            && seen
                .exchange
                .as_ref()
                .is_none_or(|exchange| exchange.outcome.is_err());
        if self.interrupt.is_set() || progress.bailed {
            return progress.execution;
        }
        self.run_tests(item, &seen, &mut progress).await;
        self.apply_rules(&seen, &mut progress.execution);
        progress.execution
    }

    fn start(&mut self, item: &PlannedItem, iteration: usize, position: usize) -> Progress {
        let cursor = Cursor {
            iteration,
            iteration_count: self.options.iteration_count,
            position,
            item_count: self.plan.items.len(),
            reference: Uuid::new_v4().to_string(),
        };
        self.sink.emit(RunEvent::ItemStarted {
            cursor: cursor.clone(),
            item: Arc::clone(&item.info),
        });
        Progress {
            facts: Arc::new(ItemFacts {
                item_id: item.info.id.clone(),
                item_name: item.info.name.clone(),
                location: item.location.clone(),
                iteration,
                iteration_count: self.options.iteration_count,
            }),
            execution: Execution {
                cursor,
                item: Arc::clone(&item.info),
                skipped: false,
                steps: Vec::new(),
                next_request: None,
            },
            bailed: false,
        }
    }

    async fn run_prerequest(
        &mut self,
        item: &PlannedItem,
        request: &mut Request,
        progress: &mut Progress,
    ) {
        if item.prerequest.is_empty() {
            return;
        }
        let mut seen = Seen {
            definition: Arc::new(self.unsent_definition(item, request)),
            exchange: None,
            cookies: Vec::new(),
        };
        for script in &item.prerequest {
            let changed = self
                .run_script(ScriptKind::Prerequest, script, &seen, progress)
                .await;
            if let Some(changed) = changed {
                *request = Request::from_json(&changed);
                seen.definition = Arc::new(changed);
            }
            if progress.execution.skipped || progress.bailed || self.interrupt.is_set() {
                return;
            }
        }
    }

    /// Scripts see the authorization that the request inherits as its own.
    fn unsent_definition(&self, item: &PlannedItem, request: &Request) -> Value {
        let auth = request.auth.clone().or_else(|| item.auth.clone());
        Request {
            auth,
            ..request.clone()
        }
        .to_json()
    }

    async fn run_tests(&mut self, item: &PlannedItem, seen: &Seen, progress: &mut Progress) {
        for script in &item.test {
            self.run_script(ScriptKind::Test, script, seen, progress)
                .await;
            if progress.bailed || self.interrupt.is_set() {
                return;
            }
        }
    }

    /// Runs one script and takes over all that it did; gives the request when the script changed it.
    async fn run_script(
        &mut self,
        kind: ScriptKind,
        planned: &PlannedScript,
        seen: &Seen,
        progress: &mut Progress,
    ) -> Option<Value> {
        let context = ScriptContext {
            kind,
            owner: planned.owner.clone(),
            facts: Arc::clone(&progress.facts),
            request: Arc::clone(&seen.definition),
            exchange: seen.exchange.clone(),
            cookies: seen.cookies.clone(),
            scopes: std::mem::take(&mut self.scopes),
            timeout: self.script_timeout(),
        };
        let outcome = self.engine.run(&planned.script, context).await;
        self.scopes = outcome.scopes;
        let execution = &mut progress.execution;
        let mut failed_tests = Vec::new();
        for effect in outcome.effects {
            let step = match effect {
                ScriptEffect::Console(message) => Step::Console(message),
                ScriptEffect::Assertion(assertion) => {
                    if assertion.has_failed() {
                        failed_tests.push(assertion.name.clone());
                    }
                    Step::Assertion(assertion)
                }
            };
            execution.steps.push(step);
        }
        let bails_at_tests = self.options.bail.on_assertion && !failed_tests.is_empty();
        progress.bailed |= bails_at_tests;
        // newman counts the script as failed as well.
        let second_failure =
            (bails_at_tests && self.options.dialect == Dialect::Newman).then(|| ScriptError {
                name: "AssertionFailure".to_owned(),
                message: failed_tests.join(", "),
                place: None,
            });
        match outcome.next_request {
            None => {}
            Some(NextRequest::Named(name)) => execution.next_request = Some(Some(name)),
            Some(NextRequest::EndIteration) => execution.next_request = Some(None),
        }
        execution.skipped |= outcome.skip_request;
        progress.bailed |= self.options.bail.on_error && outcome.error.is_some();
        execution.steps.push(Step::Script(ScriptRun {
            kind,
            owner: planned.owner.clone(),
            duration: outcome.duration,
            error: outcome.error.or(second_failure),
        }));
        outcome.request
    }

    /// A script must not outlive the run (as newman 6.2.2).
    fn script_timeout(&self) -> Option<Duration> {
        let left = self
            .options
            .timeout
            .map(|limit| limit.saturating_sub(self.clock.elapsed()));
        self.options.script_timeout.into_iter().chain(left).min()
    }

    async fn send(
        &mut self,
        item: &PlannedItem,
        request: &Request,
        progress: &mut Progress,
    ) -> Seen {
        let auth = request.auth.as_ref().or(item.auth.as_ref());
        let user_info = request.url.user_info.as_ref();
        if let Some(password) = user_info.and_then(|(_, password)| password.as_ref()) {
            self.secrets.add(&self.scopes.substitute(password).text);
        }
        let prepared = match resolve(
            request,
            auth,
            &item.behavior,
            &self.scopes,
            self.files,
            self.options.dialect,
        ) {
            Ok(prepared) => prepared,
            Err(error) => {
                let url = self.scopes.substitute(&request.url.to_text());
                for name in url.unknown {
                    self.notes
                        .unknown_variables
                        .entry(name)
                        .or_insert_with(|| item.info.path());
                }
                progress.execution.steps.push(Step::Unsendable {
                    method: request.method.clone(),
                    url: url.text,
                    reason: error.to_string(),
                    hint: Some(error.hint().to_owned()),
                });
                let definition = Arc::new(self.unsent_definition(item, request));
                return Seen {
                    definition,
                    exchange: None,
                    cookies: Vec::new(),
                };
            }
        };
        let authorization = prepared.request.header("authorization");
        if user_info.is_some()
            && let Some((_, credentials)) = authorization.and_then(|value| value.split_once(' '))
        {
            self.secrets.add(credentials);
        }
        self.exchange(item, prepared, progress).await
    }

    async fn exchange(
        &mut self,
        item: &PlannedItem,
        mut prepared: Prepared,
        progress: &mut Progress,
    ) -> Seen {
        for name in std::mem::take(&mut prepared.unknown) {
            self.notes
                .unknown_variables
                .entry(name)
                .or_insert_with(|| item.info.path());
        }
        let mut warnings = std::mem::take(&mut prepared.warnings);
        if let Some(auth) = &prepared.auth
            && sign(auth, &mut prepared.request, &self.secrets) == Signed::UnknownScheme
        {
            warnings.push(format!(
                "the authorization type {} is not supported; the request is sent without it",
                auth.kind
            ));
        }
        progress
            .execution
            .steps
            .extend(warnings.into_iter().map(|warning| {
                Step::Console(ConsoleMessage {
                    level: ConsoleLevel::Warn,
                    arguments: vec![format!("'{warning}'")],
                })
            }));
        let (request, definition) = prepared.complete();
        let options = send_options(&item.behavior, &self.options.send);
        let exchange = tokio::select! {
            exchange = self.transport.send(request.clone(), &options) => exchange,
            () = self.interrupt.wait() => {
                let definition = Arc::new(definition.to_json(&request));
                return Seen { definition, exchange: None, cookies: Vec::new() };
            }
        };
        if let Some(response) = exchange.response() {
            learn_tokens(response, &self.secrets);
        }
        let exchange = Arc::new(exchange);
        let definition = Arc::new(definition.to_json(&exchange.request));
        progress.execution.steps.push(Step::Request(SentRequest {
            origin: ExchangeOrigin::Item,
            definition: Arc::clone(&definition),
            exchange: Arc::clone(&exchange),
        }));
        let cookies = self.transport.cookies(&exchange.request.url);
        Seen {
            definition,
            exchange: Some(exchange),
            cookies,
        }
    }

    fn apply_rules(&mut self, seen: &Seen, execution: &mut Execution) {
        let response = seen
            .exchange
            .as_ref()
            .and_then(|exchange| exchange.response());
        if let Some(response) = response {
            let assertions = self
                .rules
                .apply(&execution.item, response, &mut self.scopes);
            execution
                .steps
                .extend(assertions.into_iter().map(Step::Assertion));
        }
    }
}
