//! The login plane: who are you, and here is a token.

mod discovery;
mod dispatch;
mod refusal;
mod token_request;

pub(super) use dispatch::answer;
#[cfg(test)]
pub(super) use dispatch::route_names;
