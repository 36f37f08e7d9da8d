//! The engine driven through the trait.

mod calls;
mod folder_variables;
mod limits;
mod messages;
mod request;
mod sandbox;
mod scopes;
mod semantics;
mod support;
mod tables;
