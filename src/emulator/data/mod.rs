//! The data plane of a workspace: pipelines and their runs, Spark jobs and their batches.

mod activity_run;
mod big_data_pool;
mod dispatch;
mod pipeline;
mod pipeline_run;
mod query_filter;
mod refusal;
mod spark_batch;
mod spark_job_definition;

#[cfg(test)]
pub(super) use dispatch::route_names;
pub(super) use dispatch::{AUDIENCES, answer};
