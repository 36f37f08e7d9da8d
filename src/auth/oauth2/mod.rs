//! OAuth 2 (RFC 6749): signing with a token, and all that is needed to get one but the sending.
//!
//! [`TokenSettings`] reads what an authorization says about tokens and makes the requests for one; what a
//! server answers becomes a [`Token`] or a [`TokenError`]. Who sends, waits and remembers is the caller.

mod answer;
mod assertion;
mod authorization_code;
mod client;
mod device;
mod error;
mod form;
mod grant;
mod identity;
mod scheme;
mod settings;

#[cfg(test)]
mod tests;

pub(crate) use answer::{Token, read_token};
pub(crate) use authorization_code::{Authorization, Callback};
pub(crate) use client::BasicForm;
pub(crate) use device::{DeviceCode, Poll};
pub(crate) use error::TokenError;
pub(crate) use form::TokenRequest;
pub(crate) use grant::Grant;
pub(crate) use identity::ReadVariable;
pub(super) use scheme::OAuth2;
pub(crate) use scheme::refuses_token;
pub(crate) use settings::TokenSettings;
