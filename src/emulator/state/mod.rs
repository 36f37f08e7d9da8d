//! What has been started, as state machines that know the time but nothing of HTTP.
//!
//! A run or a batch moves on by *steps*. At present a step is one look at it (a poll), which makes
//! every run take the same course however fast the client is.

mod batch;
mod pipeline_run;
mod store;

#[cfg(test)]
mod tests;

pub(super) use batch::{Batch, BatchRequest, BatchState};
pub(super) use pipeline_run::{ActivityRun, ActivityStatus, NewRun, PipelineRun};
pub(super) use store::Store;
