//! Anything that makes a run fail.

use std::sync::Arc;

use super::{Cursor, ItemInfo, ScriptKind, ScriptPlace};

/// What kind of thing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// A `pm.test`, a legacy test or an expectation.
    Assertion,
    /// A script, outside its assertions.
    Script(ScriptKind),
    /// The request could not be sent or got no response.
    Request,
}

/// One failure with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// What failed.
    pub(crate) kind: FailureKind,
    /// The error's class.
    pub(crate) name: String,
    /// The name of the test, for a failed assertion.
    pub(crate) test: Option<String>,
    /// What went wrong.
    pub(crate) message: String,
    /// The line of the script, when it is known.
    pub(crate) place: Option<ScriptPlace>,
    /// What a user can do about it.
    pub(crate) hint: Option<String>,
    /// The item.
    pub(crate) item: Arc<ItemInfo>,
    /// Which iteration and item.
    pub(crate) cursor: Cursor,
}
