//! What reports for CI servers count: one case for each request and each test of an execution.

mod case;
mod text;

pub(super) use case::{Case, CaseFailure, CaseResult, cases, measured};
pub(super) use text::{clipped, name_text, unique};
