//! YAML with the line of everything, and a strict reader of its mappings.
//!
//! Postman's own reader drops what it does not know. Here each such place becomes a notice, and the rest
//! is read all the same.

mod error;
mod fields;
mod node;
mod parse;
mod raw;

pub(super) use error::YamlError;
pub(super) use fields::{Fields, text_of};
pub(super) use node::{Content, Node};
pub(super) use parse::parse_yaml;
