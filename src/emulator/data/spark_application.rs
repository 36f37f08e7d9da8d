//! The Spark applications of a workspace, over all its pools.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::dispatch::Call;
use super::refusal::Problem;
use super::spark_batch::app_id;
use crate::emulator::answer::Answer;
use crate::emulator::state::Batch;
use crate::emulator::timestamp::Utc;

/// `GET /monitoring/workloadTypes/spark/Applications`, newest first in each pool.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let store = call.service.store();
    let jobs: Vec<Value> = call
        .workspace
        .spark_pools
        .iter()
        .flat_map(|pool| store.batches(&call.workspace.name, &pool.name).iter().rev())
        .map(document)
        .collect();
    Ok(Answer::ok(
        json!({ "nJobs": jobs.len(), "sparkJobs": jobs }),
    ))
}

fn document(batch: &Batch) -> Value {
    let seconds =
        |from: OffsetDateTime, to: Option<OffsetDateTime>| to.map(|to| (to - from).whole_seconds());
    json!({
        "state": if batch.state.is_final() { "Ended" } else { "Active" },
        "name": batch.request.name,
        "submitter": batch.request.submitter,
        "compute": batch.request.pool,
        "sparkApplicationId": app_id(batch),
        "livyId": batch.id.to_string(),
        "timing": [],
        "jobType": "SparkBatch",
        "result": batch.state.result(),
        "submitTime": Utc::Letter.write(batch.submitted),
        "endTime": batch.ended.map(|ended| Utc::Letter.write(ended)),
        "queuedDuration": seconds(batch.submitted, batch.starting),
        "runningDuration": batch.running.and_then(|running| seconds(running, batch.ended)),
        "totalDuration": seconds(batch.submitted, batch.ended),
    })
}
