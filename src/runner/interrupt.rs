//! The wish to stop, of the user or because the time is over.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::sync::Notify;

use crate::record::RunEnd;

/// A request to stop that can be made from any thread.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt {
    flag: Arc<AtomicBool>,
    end: Arc<OnceLock<RunEnd>>,
    notify: Arc<Notify>,
}

impl Interrupt {
    /// Asks the run to stop with this end; what is going on is given up. The first wish counts.
    pub(crate) fn set(&self, end: RunEnd) {
        self.end.get_or_init(|| end);
        self.flag.store(true, Ordering::SeqCst);
        self.notify.notify_waiters();
    }

    /// Whether the run has been asked to stop.
    pub(crate) fn is_set(&self) -> bool {
        self.flag.load(Ordering::SeqCst)
    }

    /// How the run is to end, once it has been asked to stop.
    pub(crate) fn end(&self) -> RunEnd {
        self.end.get().copied().unwrap_or_default()
    }

    /// The flag itself, for code that can only look.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.flag)
    }

    /// Ends when the run is asked to stop.
    pub(crate) async fn wait(&self) {
        loop {
            let notified = self.notify.notified();
            tokio::pin!(notified);
            // Registered before the flag is read, so that a call of `set` in between is not missed.
            notified.as_mut().enable();
            if self.is_set() {
                return;
            }
            notified.await;
        }
    }
}
