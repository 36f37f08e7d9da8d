//! The time, injected so that tests can hold it still.

use std::time::{Duration, Instant, SystemTime};

/// Tells the time.
pub(crate) trait Clock {
    /// The wall clock.
    fn now(&self) -> SystemTime;

    /// The time since the clock was made.
    fn elapsed(&self) -> Duration;
}

/// The time of the machine.
#[derive(Debug)]
pub(crate) struct SystemClock {
    started: Instant,
}

#[expect(clippy::disallowed_methods, reason = "this is where the time is read")]
impl SystemClock {
    /// A clock that starts now.
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the time is read")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}
