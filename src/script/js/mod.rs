//! Scripts in QuickJS.
//!
//! [`WatchedEngine`] keeps a [`JsEngine`] on a thread of its own. The engine owns a realm: QuickJS with the
//! prelude (`prelude/*.js`: `pm`, `console`, timers, the names of Postman's first sandbox) and, on demand,
//! the libraries that scripts `require`. The prelude calls Rust through the functions of `host`, which work
//! on the `session` of the running script. The loop that keeps a script alive while timers wait is in
//! `engine`.

mod answer;
mod bytecode;
mod cache;
mod callee;
mod engine;
mod error;
mod failure;
mod host;
mod library;
mod place;
mod prelude;
mod realm;
mod session;
mod sugar;
mod syntax;
mod translate;
mod value;
mod watched;

#[cfg(test)]
mod tests;

pub(crate) use engine::{JsEngine, Options};
pub(crate) use error::Error;
pub(crate) use library::licenses;
pub(crate) use watched::WatchedEngine;
