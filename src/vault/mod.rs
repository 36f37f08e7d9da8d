//! Secrets from outside of the collection: `pm.vault` and `{{vault:name}}`.
//!
//! The main type is [`Vault`]. Nothing here knows who asks.

mod error;
mod source;
mod store;

pub(crate) use error::Error;
pub(crate) use source::VaultSource;
pub(crate) use store::Vault;
