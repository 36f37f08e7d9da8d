//! The reporter `json`: the whole run in the structure of newman's JSON report.
//!
//! [`JsonReporter`] writes while the run goes on, so that memory does not grow with it; what is known only
//! at the end (counts, variables) follows the executions. [`JsonWriter`](writer::JsonWriter) writes one
//! value after the other, and the other files translate one type each.

mod execution;
mod failure;
mod reporter;
mod summary;
#[cfg(test)]
mod tests;
mod url;
mod writer;

pub(super) use reporter::{JsonReporter, NAME};
