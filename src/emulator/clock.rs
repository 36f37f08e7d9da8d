//! The emulator's idea of now, so that tests decide when a token expires.

use time::OffsetDateTime;

/// Tells the time to everything in the emulator.
pub(super) trait Clock: Send + Sync {
    /// The present moment in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The time of the machine.
pub(super) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

#[cfg(test)]
pub(super) use manual::ManualClock;

#[cfg(test)]
mod manual {
    use std::sync::Mutex;
    use std::time::Duration;

    use time::OffsetDateTime;
    use time::macros::datetime;

    use super::Clock;

    /// A clock that stands still until it is told to move.
    pub(in crate::emulator) struct ManualClock(Mutex<OffsetDateTime>);

    impl ManualClock {
        /// Starts on 1 January 2026 at nine o'clock, UTC.
        pub(in crate::emulator) fn new() -> Self {
            Self(Mutex::new(datetime!(2026-01-01 09:00 UTC)))
        }

        pub(in crate::emulator) fn advance(&self, by: Duration) {
            *self.0.lock().unwrap() += by;
        }
    }

    impl Clock for ManualClock {
        fn now(&self) -> OffsetDateTime {
            *self.0.lock().unwrap()
        }
    }
}
