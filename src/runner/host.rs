//! What the run does for scripts that wait for it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::item::{ItemRun, Place};
use super::send::{Outgoing, Sent};
use super::{Clock, Surroundings};
use crate::collection::Request;
use crate::http::{Exchange, Transport};
use crate::plan::PlannedItem;
use crate::record::{ExchangeOrigin, Step};
use crate::resolve::Replace;
use crate::script::{
    CookieCall, HostAnswer, HostCall, ScriptEngine, ScriptExchange, ScriptHost, VaultAction,
};
use crate::variables::{Dialect, ScopeChanges, VariableScope, VariableScopes};

/// So many requests may run each other through their scripts.
const DEEPEST_RUN: usize = 8;

/// Answers the scripts of one item.
pub(super) struct Host<'item, 'run, T, E, C> {
    /// What all items share.
    pub(super) around: &'item Surroundings<'run, T, E, C>,
    /// The item whose scripts ask.
    pub(super) item: &'item PlannedItem,
    /// Where in the run it is executed.
    pub(super) place: &'item Place,
}

impl<T: Transport, E: ScriptEngine, C: Clock> ScriptHost for Host<'_, '_, T, E, C> {
    async fn answer(&self, call: HostCall) -> (HostAnswer, Vec<Step>) {
        match call {
            HostCall::SendRequest { request, scopes } => self.send_request(&request, &scopes).await,
            HostCall::RunRequest {
                target,
                overrides,
                scopes,
            } => self.run_request(&target, &overrides, *scopes).await,
            HostCall::Vault { key, action } => (self.vault(&key, action).await, Vec::new()),
            HostCall::Cookies(call) => (self.cookies(call), Vec::new()),
        }
    }
}

impl<T: Transport, E: ScriptEngine, C: Clock> Host<'_, '_, T, E, C> {
    /// It has no part in what the item inherits (as newman 6.2.2).
    async fn send_request(
        &self,
        definition: &Value,
        scopes: &VariableScopes,
    ) -> (HostAnswer, Vec<Step>) {
        let request = Request::from_json(definition);
        let mut sent = self
            .around
            .send(Outgoing {
                request: &request,
                auth: request.auth.as_ref(),
                auth_place: None,
                behavior: &Map::new(),
                replace: match self.around.options.dialect {
                    Dialect::Postrider => Replace::OutsideOfBody(scopes),
                    Dialect::Newman => Replace::Nowhere,
                },
                origin: ExchangeOrigin::Script,
            })
            .await;
        self.around
            .notes
            .add_unknown_variables(std::mem::take(&mut sent.unknown), self.item);
        let steps = std::mem::take(&mut sent.steps);
        (HostAnswer::Sent(script_exchange(sent, &steps)), steps)
    }

    async fn run_request(
        &self,
        target: &str,
        overrides: &VariableScope,
        mut scopes: VariableScopes,
    ) -> (HostAnswer, Vec<Step>) {
        let refused = |reason: String| (HostAnswer::Refused { reason }, Vec::new());
        let Some(position) = self.around.plan.position(target) else {
            return refused(format!("`{target}` is no request of this run"));
        };
        if self.place.depth == DEEPEST_RUN {
            return refused(format!(
                "requests run each other more than {DEEPEST_RUN} levels deep"
            ));
        }
        let mut engine = match (self.around.make_engine)() {
            Ok(engine) => engine,
            Err(error) => return refused(error.to_string()),
        };
        for entry in overrides.entries() {
            scopes.local.set(&entry.key, entry.value.clone());
        }
        let before = scopes.clone();
        let place = Place {
            position,
            depth: self.place.depth + 1,
            ..self.place.clone()
        };
        let item = &self.around.plan.items[position];
        let run = ItemRun::new(self.around, item, place, &mut engine, &mut scopes);
        let ended: std::pin::Pin<Box<dyn Future<Output = _> + '_>> = Box::pin(run.run());
        let (execution, seen) = ended.await;
        let exchange = (!execution.skipped).then(|| ScriptExchange {
            outcome: outcome(seen.exchange, &execution.steps),
            cookies: seen.cookies,
        });
        let changes = ScopeChanges::between(&before, &scopes);
        (HostAnswer::Ran { exchange, changes }, execution.steps)
    }

    async fn vault(&self, key: &str, action: VaultAction) -> HostAnswer {
        let Some(vault) = self.around.vault else {
            let reason = "Vault access denied: name a vault with --vault".to_owned();
            return HostAnswer::Refused { reason };
        };
        match action {
            VaultAction::Get => match vault.get(key).await {
                Ok(secret) => {
                    if let Some(value) = &secret {
                        self.around.secrets.add(value);
                    }
                    HostAnswer::Secret(secret)
                }
                Err(error) => HostAnswer::Refused {
                    reason: error.to_string(),
                },
            },
            VaultAction::Set(value) => {
                self.around.secrets.add(&value);
                vault.set(key, Some(value));
                HostAnswer::Secret(None)
            }
            VaultAction::Unset => {
                vault.set(key, None);
                HostAnswer::Secret(None)
            }
        }
    }

    fn cookies(&self, call: CookieCall) -> HostAnswer {
        let transport = self.around.transport;
        let found = match &call {
            CookieCall::All { url } => transport.stored_cookies(url),
            CookieCall::Set { url, cookie } => transport
                .store_cookie(url, cookie)
                .map(|stored| vec![stored]),
            CookieCall::Remove { url, name } => transport
                .remove_cookies(url, name.as_deref())
                .map(|()| Vec::new()),
        };
        match found {
            Ok(cookies) => HostAnswer::Cookies(cookies),
            Err(reason) => HostAnswer::Refused {
                reason: reason.to_string(),
            },
        }
    }
}

fn script_exchange(sent: Sent, steps: &[Step]) -> ScriptExchange {
    ScriptExchange {
        outcome: outcome(sent.exchange, steps),
        cookies: sent.cookies,
    }
}

/// Without an exchange the last step tells why the request could not be made.
fn outcome(exchange: Option<Arc<Exchange>>, steps: &[Step]) -> Result<Arc<Exchange>, String> {
    exchange.ok_or_else(|| {
        let reason = steps.iter().rev().find_map(|step| match step {
            Step::Unsendable { reason, .. } => Some(reason.clone()),
            _ => None,
        });
        reason.unwrap_or_else(|| "the run is stopped".to_owned())
    })
}
