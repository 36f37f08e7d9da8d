//! The process's answer.

/// What the exit code says; the numbers are promises, see `docs/exit-codes.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum ExitCode {
    /// Every item ran, and nothing failed.
    Ok = 0,
    /// At least one assertion, script or request failed.
    RunFailed = 1,
    /// Wrong flags or settings; also clap's own code.
    Usage = 2,
    /// A collection, environment or other input cannot be read or is not valid.
    Input = 3,
    /// The selection matches no request.
    NothingRan = 4,
    /// A report or export could not be written.
    Output = 5,
    /// A bug in postrider.
    Internal = 70,
    /// Stopped by the user.
    Interrupted = 130,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
