//! One item at one cursor, from its prerequest scripts to its tests.
//!
//! 1. prerequest scripts, each of which may change variables and this execution's copy of the request;
//! 2. resolve the request with the variables as they are then;
//! 3. get the token that its authorization describes, and sign it;
//! 4. send it, and again if the server asks for credentials that can only then be made, or refuses a token;
//! 5. test scripts, also when nothing came back;
//! 6. rules;
//! 7. the whole as one [`Execution`].

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::exchange::warning;
use super::host::Host;
use super::send::Outgoing;
use super::vault_secrets::vault_secrets;
use super::{Clock, Surroundings};
use crate::collection::{Request, ScriptKind};
use crate::http::{Exchange, StoredCookie, Transport};
use crate::plan::{PlannedItem, PlannedScript};
use crate::record::{Cursor, ExchangeOrigin, Execution, ScriptError, ScriptRun, Step};
use crate::resolve::Replace;
use crate::script::{ItemFacts, NextRequest, ScriptContext, ScriptEngine};
use crate::variables::{Dialect, VariableScopes};

/// Where in the run an item is executed.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The iteration, counted from 0.
    pub(super) iteration: usize,
    /// The position of the item in the plan.
    pub(super) position: usize,
    /// How many scripts wait for this execution; 0 for an item of the run itself.
    pub(super) depth: usize,
}

/// What test scripts see of the request.
#[derive(Default)]
pub(super) struct Seen {
    definition: Arc<Value>,
    pub(super) exchange: Option<Arc<Exchange>>,
    pub(super) cookies: Vec<StoredCookie>,
}

/// One execution of an item, and what is known of it so far.
pub(super) struct ItemRun<'item, 'run, T, E, C> {
    around: &'item Surroundings<'run, T, E, C>,
    item: &'item PlannedItem,
    place: Place,
    engine: &'item mut E,
    scopes: &'item mut VariableScopes,
    facts: Arc<ItemFacts>,
    execution: Execution,
    bailed: bool,
}

impl<'item, 'run, T: Transport, E: ScriptEngine, C: Clock> ItemRun<'item, 'run, T, E, C> {
    /// An execution that has not begun.
    pub(super) fn new(
        around: &'item Surroundings<'run, T, E, C>,
        item: &'item PlannedItem,
        place: Place,
        engine: &'item mut E,
        scopes: &'item mut VariableScopes,
    ) -> Self {
        let iteration_count = around.options.iteration_count;
        Self {
            around,
            item,
            engine,
            scopes,
            facts: Arc::new(ItemFacts {
                item_id: item.info.id.clone(),
                item_name: item.info.name.clone(),
                location: item.location.clone(),
                iteration: place.iteration,
                iteration_count,
            }),
            execution: Execution {
                cursor: Cursor {
                    iteration: place.iteration,
                    iteration_count,
                    position: place.position,
                    item_count: around.plan.items.len(),
                    reference: Uuid::new_v4().to_string(),
                },
                item: Arc::clone(&item.info),
                skipped: false,
                steps: Vec::new(),
                next_request: None,
                visualization: None,
            },
            place,
            bailed: false,
        }
    }

    /// Where and when it takes place.
    pub(super) fn cursor(&self) -> &Cursor {
        &self.execution.cursor
    }

    /// Executes the item; whatever goes wrong is part of the execution.
    pub(super) async fn run(mut self) -> (Execution, Seen) {
        self.scopes.folder = self.item.variables.clone();
        self.around.learn_secrets(self.scopes);
        let mut request = self.item.request.clone();
        self.run_prerequest(&mut request).await;
        if self.execution.skipped || self.is_over() {
            return (self.execution, Seen::default());
        }
        let seen = self.send(&request).await;
        self.around.learn_secrets(self.scopes);
        self.bailed = self.around.options.bail.on_error
            && seen
                .exchange
                .as_ref()
                .is_none_or(|exchange| exchange.outcome.is_err());
        if !self.is_over() {
            self.run_tests(&seen).await;
            self.apply_rules(&seen);
        }
        (self.execution, seen)
    }

    fn is_over(&self) -> bool {
        self.bailed || self.around.interrupt.is_set()
    }

    async fn run_prerequest(&mut self, request: &mut Request) {
        if self.item.prerequest.is_empty() {
            return;
        }
        let mut seen = Seen {
            definition: Arc::new(self.unsent_definition(request)),
            ..Seen::default()
        };
        for script in &self.item.prerequest {
            let changed = self.run_script(ScriptKind::Prerequest, script, &seen).await;
            if let Some(changed) = changed {
                *request = Request::from_json(&changed);
                seen.definition = Arc::new(changed);
            }
            if self.execution.skipped || self.is_over() {
                return;
            }
        }
    }

    /// Scripts see the authorization that the request inherits as its own.
    fn unsent_definition(&self, request: &Request) -> Value {
        let auth = request.auth.clone().or_else(|| self.item.auth.clone());
        Request {
            auth,
            ..request.clone()
        }
        .to_json()
    }

    async fn run_tests(&mut self, seen: &Seen) {
        for script in &self.item.test {
            self.run_script(ScriptKind::Test, script, seen).await;
            if self.is_over() {
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
    ) -> Option<Value> {
        let context = ScriptContext {
            kind,
            owner: planned.owner.clone(),
            facts: Arc::clone(&self.facts),
            request: Arc::clone(&seen.definition),
            exchange: seen.exchange.clone(),
            cookies: seen.cookies.clone(),
            scopes: std::mem::take(self.scopes),
            timeout: self.around.script_timeout(),
        };
        let host = Host {
            around: self.around,
            item: self.item,
            place: &self.place,
        };
        let outcome = self.engine.run(&planned.script, context, &host).await;
        *self.scopes = outcome.scopes;
        let failed_tests: Vec<String> = outcome
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Assertion(assertion) if assertion.has_failed() => {
                    Some(assertion.name.clone())
                }
                _ => None,
            })
            .collect();
        self.execution.steps.extend(outcome.steps);
        let options = self.around.options;
        let bails_at_tests = options.bail.on_assertion && !failed_tests.is_empty();
        self.bailed |= bails_at_tests;
        // newman counts the script as failed as well.
        let second_failure =
            (bails_at_tests && options.dialect == Dialect::Newman).then(|| ScriptError {
                name: "AssertionFailure".to_owned(),
                message: failed_tests.join(", "),
                place: None,
            });
        match outcome.next_request {
            None => {}
            Some(NextRequest::Named(name)) => self.execution.next_request = Some(Some(name)),
            Some(NextRequest::EndIteration) => self.execution.next_request = Some(None),
        }
        if let Some(visualization) = outcome.visualization {
            self.execution.visualization = visualization.map(Arc::new);
        }
        self.execution.skipped |= outcome.skip_request;
        self.bailed |= options.bail.on_error && outcome.error.is_some();
        self.execution.steps.push(Step::Script(ScriptRun {
            kind,
            owner: planned.owner.clone(),
            duration: outcome.duration,
            error: outcome.error.or(second_failure),
        }));
        outcome.request
    }

    /// Asks the vault for every secret that the request names.
    async fn fetch_secrets(&mut self, request: &Request) {
        let Some(vault) = self.around.vault else {
            return;
        };
        let written = self.unsent_definition(request).to_string();
        for error in vault_secrets(vault, self.scopes, &written).await {
            self.execution.steps.push(warning(error.to_string()));
        }
        self.around.learn_secrets(self.scopes);
    }

    async fn send(&mut self, request: &Request) -> Seen {
        self.fetch_secrets(request).await;
        let sent = self
            .around
            .send(Outgoing {
                request,
                auth: request.auth.as_ref().or(self.item.auth.as_ref()),
                auth_place: Some(&self.item.auth_place),
                behavior: &self.item.behavior,
                replace: Replace::Everywhere(self.scopes),
                origin: match self.place.depth {
                    0 => ExchangeOrigin::Item,
                    _ => ExchangeOrigin::Script,
                },
            })
            .await;
        self.around
            .notes
            .add_unknown_variables(sent.unknown, self.item);
        self.execution.steps.extend(sent.steps);
        Seen {
            definition: sent
                .definition
                .unwrap_or_else(|| Arc::new(self.unsent_definition(request))),
            exchange: sent.exchange,
            cookies: sent.cookies,
        }
    }

    fn apply_rules(&mut self, seen: &Seen) {
        let response = seen
            .exchange
            .as_ref()
            .and_then(|exchange| exchange.response());
        if let Some(response) = response {
            let assertions = self
                .around
                .rules
                .apply(&self.execution.item, response, self.scopes);
            self.execution
                .steps
                .extend(assertions.into_iter().map(Step::Assertion));
        }
    }
}
