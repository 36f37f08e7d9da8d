//! Variables: their layers, the order of lookup, and replacing names in text.
//!
//! The main type is [`VariableScopes`]. Nothing here knows about requests.

mod changes;
mod dialect;
mod dynamic;
mod rows;
mod scope;
mod scopes;
mod substitute;
mod value;

pub(crate) use changes::ScopeChanges;
pub(crate) use dialect::Dialect;
pub(crate) use dynamic::Random;
pub(crate) use rows::{RowError, Rows};
pub(crate) use scope::{Variable, VariableKind, VariableScope};
pub(crate) use scopes::{ScopeName, VariableScopes};
pub(crate) use substitute::{Substitution, substitute};
pub(crate) use value::{Value, javascript_number};
