//! Getting the OAuth 2 tokens that requests need, and keeping them for the run.
//!
//! The main type is [`TokenStore`]. What is sent and how answers are read is told by `auth`; here it is sent,
//! waited for and remembered.

mod browser;
mod call;
mod flow;
mod person;
mod store;

#[cfg(test)]
mod tests;

pub(crate) use call::TokenCalls;
pub(crate) use person::Person;
pub(crate) use store::{Obtained, TokenStore};
