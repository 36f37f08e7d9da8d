//! From files to a collection, scopes and rules, one file per kind of input.
//!
//! Nothing here runs anything.

mod client_certificates;
mod collection;
mod cookie_jar;
mod environment;
mod error;
mod iteration_data;
mod json;
mod newman;
mod notice;
mod recognize;
mod rules;
mod scenario;
mod text;
mod v3;
mod yaml;

pub(crate) use client_certificates::{CertificateEntry, load_client_certificates};
pub(crate) use collection::{collection_folder, load_collection};
pub(crate) use cookie_jar::load_cookie_jar;
pub(crate) use environment::{ScopeFile, load_scope};
pub(crate) use error::{Error, Input};
pub(crate) use iteration_data::load_iteration_data;
pub(crate) use json::{JsonContent, JsonMember, JsonNode, Place};
pub(crate) use notice::Notice;
pub(crate) use recognize::recognize;
pub(crate) use rules::load_rules;
pub(crate) use scenario::load_scenario;
