//! The forms in which findings are written.

mod json;
mod sarif;
mod text;

pub(crate) use json::to_json;
pub(crate) use sarif::to_sarif;
pub(crate) use text::to_text;
