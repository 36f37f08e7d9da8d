//! Rules files: captures and expectations by JSONPath, beside a collection and without scripts.
//!
//! The main type is [`RuleSet`]. Reading files and sending requests is left to others.

mod apply;
mod error;
mod file;
mod json_path;
mod rule;

pub(crate) use error::Error;
pub(crate) use rule::{Capture, Expectation, JsonPathExpectation, Rule, RuleSet};
