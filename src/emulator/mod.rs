//! A local Azure Synapse: the login, management and data planes behind one TLS address.
//!
//! It exists so that the sample collections, the documentation and the tests run against something
//! that answers, and refuses, as Azure does, without a subscription. Who may ask and what is there
//! to be found comes from a [`Scenario`]; what has been started lives in `state`, as state machines
//! that know nothing of HTTP; `login`, `management` and `data` turn requests into answers, one file
//! per kind of resource; `server` owns sockets, threads and certificates. Nothing here knows about
//! collections, and the main type is [`Emulator`].
//!
//! Which routes and refusals there are, and which of them are our own choice, is listed in
//! `docs/emulator.md`.

mod answer;
mod api_request;
mod api_version;
mod clock;
mod data;
mod error;
mod fault_counter;
mod login;
mod management;
mod plane;
mod resource;
mod route;
mod scenario;
mod server;
mod service;
mod state;
mod timestamp;
mod token;

#[cfg(test)]
mod tests;

pub(crate) use error::Error;
pub(crate) use plane::HOSTS;
pub(crate) use scenario::{Scenario, identifiers};
pub(crate) use server::{Emulator, Options};
