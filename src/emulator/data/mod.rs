//! The data plane of a workspace: pipelines and their runs, Spark jobs and their batches, notebooks,
//! triggers.

mod activity_run;
mod big_data_pool;
mod dispatch;
mod notebook_run;
mod pipeline;
mod pipeline_run;
mod query_filter;
mod refusal;
mod spark_application;
mod spark_batch;
mod spark_job_definition;
mod trigger;
mod trigger_run;

#[cfg(test)]
pub(super) use dispatch::route_names;
pub(super) use dispatch::{AUDIENCES, answer};
