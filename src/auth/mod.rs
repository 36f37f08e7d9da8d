//! Signing requests, one file or folder per scheme.
//!
//! [`sign`] finds the scheme in the registry, and [`answer`] lets it look at the response, as some schemes
//! send nothing before the server has asked. What servers asked is kept in a [`Memory`]. Nothing here looks
//! up variables, the time or randomness: they come with the [`Signing`].

mod api_key;
mod asap;
mod authorizer;
mod aws;
mod basic;
mod bearer;
mod body_hash;
mod challenge;
mod digest;
mod edgegrid;
mod encode;
mod error;
mod hash;
mod hawk;
mod jws;
mod jwt;
mod memory;
mod ntlm;
mod oauth1;
mod oauth2;
mod private_key;
mod registry;
mod signing;

#[cfg(test)]
mod vectors;

pub(crate) use authorizer::{Answer, Authorizer, Outcome, Parameters};
pub(crate) use error::Error;
pub(crate) use memory::{Memory, merge, with_learnt};
pub(crate) use oauth2::{
    Authorization, BasicForm, Callback, DeviceCode, Grant, Poll, ReadVariable, Token, TokenError,
    TokenRequest, TokenSettings, read_token, refuses_token,
};
pub(crate) use registry::{answer, learn_credentials, sign};
pub(crate) use signing::{Signing, entropy};
