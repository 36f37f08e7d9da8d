//! The engine driven through the trait.

mod calls;
mod folder_variables;
mod hostile;
mod isolation;
mod limits;
mod messages;
mod request;
mod sandbox;
mod scopes;
mod semantics;
mod stuck;
mod support;
mod tables;
mod values;
