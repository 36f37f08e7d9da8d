//! What the runner is told to do.

use std::time::Duration;

use crate::http::SendOptions;
use crate::variables::Dialect;

/// Which failures end the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bail {
    /// A script or request that fails.
    pub(crate) on_error: bool,
    /// An assertion that fails.
    pub(crate) on_assertion: bool,
}

/// How a run goes.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// How many times the whole plan runs.
    pub(crate) iteration_count: usize,
    /// Which failures end the run.
    pub(crate) bail: Bail,
    /// Waited before each item, the first one included.
    pub(crate) delay: Duration,
    /// Longest time that the whole run may take; `None` for no limit.
    pub(crate) timeout: Option<Duration>,
    /// Longest time that one script may run; `None` for no limit.
    pub(crate) script_timeout: Option<Duration>,
    /// Whose reading of doubtful inputs counts.
    pub(crate) dialect: Dialect,
    /// Whether the values of secret variables stand in the scopes of the summary.
    pub(crate) show_secrets: bool,
    /// How requests are sent where `protocolProfileBehavior` says nothing.
    pub(crate) send: SendOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            iteration_count: 1,
            bail: Bail::default(),
            delay: Duration::ZERO,
            timeout: None,
            script_timeout: None,
            dialect: Dialect::default(),
            show_secrets: false,
            send: SendOptions::default(),
        }
    }
}
