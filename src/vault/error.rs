//! Why a secret cannot be had.

/// A source that does not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The program cannot be started.
    #[error("the vault's command cannot be started: {source}")]
    NotStarted {
        /// What the system says.
        source: std::io::Error,
    },
    /// The program says that it failed.
    #[error("the vault's command gave no value for `{key}` ({status}): {message}")]
    Failed {
        /// The secret that was asked for.
        key: String,
        /// How the program ended.
        status: std::process::ExitStatus,
        /// The first line that it wrote to standard error.
        message: String,
    },
    /// What the program printed is not UTF-8.
    #[error("the vault's command printed something that is no text for `{key}`")]
    NotText {
        /// The secret that was asked for.
        key: String,
    },
}
