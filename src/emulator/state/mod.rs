//! What has been started, as state machines that know the time but nothing of HTTP.
//!
//! A run or a batch moves on by *steps*. A [`Pace`] says when a step is due: with each look at it,
//! which makes every run take the same course however fast the client is, or with time.

mod batch;
mod notebook_run;
mod pace;
mod pipeline_run;
mod sql_pool;
mod store;
mod trigger;

#[cfg(test)]
mod tests;

pub(super) use batch::{Batch, BatchRequest, BatchState};
pub(super) use notebook_run::{NotebookRequest, NotebookRun, NotebookStatus};
pub(super) use pace::Pace;
pub(super) use pipeline_run::{ActivityRun, ActivityStatus, Invoker, NewRun, PipelineRun};
pub(super) use sql_pool::{SqlPoolGoal, SqlPoolState};
pub(super) use store::Store;
pub(super) use trigger::{Subscription, TriggerRun, TriggerState};
