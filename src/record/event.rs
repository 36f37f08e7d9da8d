//! What the runner tells while it runs, and who listens.

use std::sync::Arc;
use std::time::SystemTime;

use super::{CollectionInfo, Cursor, Execution, ItemInfo, RunSummary};

/// Something that reporters may want to show.
///
/// An item is told twice: when it starts, and as a whole when it has ended. What scripts learn is
/// secret only when they have run, so nothing of an item's content is told before that.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub(crate) enum RunEvent {
    /// The first event of a run.
    RunStarted {
        /// The collection.
        collection: Arc<CollectionInfo>,
        /// How many iterations are planned.
        iteration_count: usize,
        /// How many items each iteration has.
        item_count: usize,
        /// The wall clock.
        started: SystemTime,
    },
    /// An iteration begins.
    IterationStarted {
        /// Counted from 0.
        iteration: usize,
        /// How many are planned.
        iteration_count: usize,
    },
    /// An item begins; its prerequest scripts have not run yet.
    ItemStarted {
        /// Which iteration and item.
        cursor: Cursor,
        /// The item.
        item: Arc<ItemInfo>,
    },
    /// An item has ended, whether it was executed or skipped.
    ItemFinished(Arc<Execution>),
    /// An iteration has ended.
    IterationFinished,
    /// The last event of a run, also when it was stopped early.
    RunFinished(Arc<RunSummary>),
}

/// Takes events in the order they happen.
pub(crate) trait EventSink {
    /// Handles one event; a sink that fails keeps its error for later.
    fn emit(&mut self, event: RunEvent);
}
