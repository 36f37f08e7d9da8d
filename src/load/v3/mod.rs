//! Postman's YAML format: a collection is a folder with one file for each request.
//!
//! Files of another kind, saved examples and other protocols than HTTP and GraphQL are left out; what is
//! probably not meant so is told with its file and line, and the rest is read all the same.

mod auth;
mod body;
mod collection;
mod definition;
mod parameter;
mod request;
mod scope;
mod script;
mod variable;

pub(super) use collection::{load_folder, root_of};
pub(super) use scope::read_scope;

#[cfg(test)]
mod tests;
