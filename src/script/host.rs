//! What scripts ask of the run and wait for.

use std::sync::Arc;

use serde_json::Value;

use crate::http::{Exchange, StoredCookie};
use crate::record::Step;
use crate::variables::{ScopeChanges, VariableScope, VariableScopes};

/// Something that a script cannot do by itself.
#[derive(Debug)]
pub(crate) enum HostCall {
    /// `pm.sendRequest`
    SendRequest {
        /// The request in the form of collection v2.1.
        request: Value,
        /// The variables at the moment of the call.
        scopes: Box<VariableScopes>,
    },
    /// `pm.execution.runRequest`
    RunRequest {
        /// The id or name of a request of the collection.
        target: String,
        /// Variables for this request alone.
        overrides: VariableScope,
        /// The variables at the moment of the call.
        scopes: Box<VariableScopes>,
    },
    /// A method of `pm.cookies.jar()`
    Cookies(CookieCall),
    /// A method of `pm.vault`
    Vault {
        /// The name of the secret.
        key: String,
        /// What it does.
        action: VaultAction,
    },
}

/// Reading or changing a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VaultAction {
    /// Reads it.
    Get,
    /// Changes it for this run.
    Set(String),
    /// Takes it away for this run.
    Unset,
}

/// Reading or changing the cookie jar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CookieCall {
    /// The cookies that would be sent to a URL.
    All {
        /// The URL.
        url: String,
    },
    /// Storing a cookie as if a response of the URL had set it.
    Set {
        /// The URL.
        url: String,
        /// The value of a `Set-Cookie` field.
        cookie: String,
    },
    /// Taking away those cookies that would be sent to a URL.
    Remove {
        /// The URL.
        url: String,
        /// Only the ones of this name.
        name: Option<String>,
    },
}

/// What a script asked for.
#[derive(Debug)]
pub(crate) enum HostAnswer {
    /// The request came to an end, of whatever kind.
    Sent(ScriptExchange),
    /// The request of the collection was executed.
    Ran {
        /// How it ended; `None` when it was skipped.
        exchange: Option<ScriptExchange>,
        /// What its scripts did to the variables.
        changes: ScopeChanges,
    },
    /// Cookies of the URL, or the one that was stored.
    Cookies(Vec<StoredCookie>),
    /// A secret; `None` when there is none, or nothing was asked for.
    Secret(Option<String>),
    /// It could not be done.
    Refused {
        /// Why.
        reason: String,
    },
}

/// A request that a script asked for, with what came of it.
#[derive(Debug)]
pub(crate) struct ScriptExchange {
    /// What went over the wire, or why nothing did.
    pub(crate) outcome: Result<Arc<Exchange>, String>,
    /// The cookies that the jar would send to the same URL afterwards.
    pub(crate) cookies: Vec<StoredCookie>,
}

/// Does for scripts what they cannot do by themselves.
pub(crate) trait ScriptHost {
    /// Answers a call; whatever reports should tell comes with the answer.
    async fn answer(&self, call: HostCall) -> (HostAnswer, Vec<Step>);
}
