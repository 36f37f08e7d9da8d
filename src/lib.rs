//! Runs Postman collections from the command line.
//!
//! A request takes one way through the modules: `load` reads files, `plan` puts the items in order, and
//! for each item `runner` runs scripts, has the request resolved (`resolve`), signed (`auth`) and sent
//! (`http`), checks it (`script`, `rules`), records it (`record`) and tells the reporters (`report`).
//! `docs/architecture.md` has the whole picture; `tests/architecture/` keeps the modules apart.

mod auth;
mod check;
mod cli;
mod collection;
mod config;
mod emulator;
mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod http;
mod load;
mod packages;
mod plan;
mod record;
mod redact;
mod report;
mod resolve;
mod rules;
mod runner;
mod script;
mod suggest;
mod variables;
mod vault;

pub use cli::main;
