//! The loop over iterations and items; the only module that knows the whole way of a request.
//!
//! The main type is [`Runner`]. Nothing here formats output or reads flags.

mod bearer;
mod behavior;
mod clock;
mod exchange;
mod host;
mod interrupt;
mod item;
mod options;
mod run;
mod scope_report;
mod send;
mod surroundings;
mod token;
mod tokens;
mod vault_secrets;

#[cfg(test)]
mod tests;

pub(crate) use clock::{Clock, SystemClock};
pub(crate) use interrupt::Interrupt;
pub(crate) use options::{Bail, Options};
pub(crate) use run::{RunResult, Runner, Warning};
pub(crate) use surroundings::{Notes, Surroundings};
pub(crate) use token::{Person, TokenCalls, TokenStore};
pub(crate) use vault_secrets::vault_secrets;
