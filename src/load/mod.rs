//! From files to a collection, scopes and rules, one file per kind of input.
//!
//! Nothing here runs anything.

mod collection;
mod environment;
mod error;
mod iteration_data;
mod json;
mod rules;
mod text;

pub(crate) use collection::load_collection;
pub(crate) use environment::{ScopeFile, collection_scope, load_scope};
pub(crate) use error::Error;
pub(crate) use iteration_data::load_iteration_data;
pub(crate) use rules::load_rules;
