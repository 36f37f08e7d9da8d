//! What a script engine takes and gives.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::ScriptHost;
use crate::collection::Script;
use crate::http::{Exchange, StoredCookie};
use crate::record::{ScriptError, ScriptKind, Step, Visualization};
use crate::variables::VariableScopes;

/// What every script of one execution sees.
#[derive(Debug, Clone)]
pub(crate) struct ItemFacts {
    /// The item's id.
    pub(crate) item_id: String,
    /// The item's name.
    pub(crate) item_name: String,
    /// The names from the collection down to the item, for `pm.execution.location`.
    pub(crate) location: Vec<String>,
    /// The iteration, counted from 0.
    pub(crate) iteration: usize,
    /// How many iterations are planned.
    pub(crate) iteration_count: usize,
}

/// Everything that one script may see and change.
#[derive(Debug)]
pub(crate) struct ScriptContext {
    /// Before or after the request.
    pub(crate) kind: ScriptKind,
    /// The name of the collection, folder or request that the script belongs to.
    pub(crate) owner: String,
    /// The item and the iteration.
    pub(crate) facts: Arc<ItemFacts>,
    /// The request in the form of collection v2.1: as written before it is sent, as sent afterwards.
    pub(crate) request: Arc<Value>,
    /// What was sent and came back; `None` in a prerequest script or when nothing could be sent.
    pub(crate) exchange: Option<Arc<Exchange>>,
    /// The cookies that the jar would send to the request's URL.
    pub(crate) cookies: Vec<StoredCookie>,
    /// All variables; the outcome gives them back.
    pub(crate) scopes: VariableScopes,
    /// How long the script may run; `None` for no limit.
    pub(crate) timeout: Option<Duration>,
}

/// Where a script wants the run to continue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextRequest {
    /// At the item with this id or name.
    Named(String),
    /// With the next iteration.
    EndIteration,
}

/// What a script gave.
#[derive(Debug)]
pub(crate) struct ScriptOutcome {
    /// The variables after the script.
    pub(crate) scopes: VariableScopes,
    /// The request after the script, when the script may have changed it.
    pub(crate) request: Option<Value>,
    /// Console messages, assertions and requests, in order.
    pub(crate) steps: Vec<Step>,
    /// The last value given to `setNextRequest`.
    pub(crate) next_request: Option<NextRequest>,
    /// What `pm.visualizer` is to show: `None` when the script says nothing about it.
    pub(crate) visualization: Option<Option<Visualization>>,
    /// Whether `pm.execution.skipRequest()` was called.
    pub(crate) skip_request: bool,
    /// Why the script failed, if it did.
    pub(crate) error: Option<ScriptError>,
    /// How long it ran.
    pub(crate) duration: Duration,
}

/// Runs scripts; one engine serves one worker for the whole run.
pub(crate) trait ScriptEngine {
    /// Runs one script to its end. A failure of the script is part of the outcome.
    async fn run(
        &mut self,
        script: &Script,
        context: ScriptContext,
        host: &impl ScriptHost,
    ) -> ScriptOutcome;
}
