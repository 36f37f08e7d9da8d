//! Reading JSON, and finding the places of its values.

mod node;
mod parse;

pub(crate) use node::{JsonContent, JsonMember, JsonNode, Place};
pub(super) use parse::{error_at, parse_json};
