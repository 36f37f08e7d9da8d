//! Running prerequest and test scripts.
//!
//! [`ScriptEngine`] is what the runner sees; [`WatchedEngine`] is the one behind it. What follows from a
//! script, such as the next request, is decided by the runner.

mod engine;
mod host;
mod js;

pub(crate) use engine::{ItemFacts, NextRequest, ScriptContext, ScriptEngine, ScriptOutcome};
pub(crate) use host::{CookieCall, HostAnswer, HostCall, ScriptExchange, ScriptHost, VaultAction};
pub(crate) use js::{Error, JsEngine, Options, WatchedEngine, licenses};
