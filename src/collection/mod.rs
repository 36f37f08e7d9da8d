//! The collection file format, as it is on disk.
//!
//! The main type is [`Collection`]. Reading is tolerant, as Postman's own reader is: a member that is
//! missing or of another kind counts as absent. Nothing here reads files, replaces variables or inherits.

mod auth;
mod body;
mod error;
mod json;
mod node;
mod parameter;
mod parse;
mod request;
mod script;
mod url;

pub(crate) use auth::{Auth, AuthParameters};
pub(crate) use body::{Body, BodyContent, FormDataPart, GraphQl};
pub(crate) use error::Error;
pub(crate) use node::{Collection, CollectionVariable, Item, ItemGroup, Node};
pub(crate) use parameter::Parameter;
pub(crate) use parse::parse;
pub(crate) use request::Request;
pub(crate) use script::{Event, Script, ScriptKind};
pub(crate) use url::Url;
