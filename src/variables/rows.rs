//! The rows of iteration data.

use super::VariableScope;

/// A row that could be read when the file was checked and cannot be read now.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct RowError {
    reason: String,
}

impl RowError {
    /// Keeps what is said about the cause.
    pub(crate) fn new(cause: impl std::fmt::Display) -> Self {
        Self {
            reason: cause.to_string(),
        }
    }
}

/// Rows in order, read while the run goes on.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<VariableScope, RowError>> + Send>;
