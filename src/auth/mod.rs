//! Signing requests, one file per scheme.
//!
//! [`sign`] finds the scheme in the registry. Nothing here looks up variables.

mod api_key;
mod authorizer;
mod basic;
mod bearer;
mod oauth2;
mod registry;

pub(crate) use authorizer::{Authorizer, Parameters};
pub(crate) use registry::{Signed, learn_credentials, sign};
