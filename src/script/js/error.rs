//! Why the engine cannot be made.

/// A reason why no script can run at all; a script that fails is no error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// The engine did not start, for want of memory as a rule.
    #[error("cannot start the JavaScript engine: {reason}")]
    Start {
        /// What the engine says.
        reason: String,
    },
}
