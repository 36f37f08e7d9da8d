//! Stored Spark jobs: reading them, running one, and asking how that went.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::dispatch::Call;
use super::refusal::Problem;
use super::spark_batch;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::{SparkJobDefinition, Workspace};
use crate::emulator::state::{Batch, BatchRequest};
use crate::emulator::timestamp::Utc;

/// `GET /sparkJobDefinitions`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let workspace = call.workspace;
    let definitions = workspace
        .spark_job_definitions
        .iter()
        .map(|definition| document(workspace, definition));
    Ok(Answer::ok(resource::list(definitions)))
}

/// `GET /sparkJobDefinitions/{definition}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(Answer::ok(document(call.workspace, find(call)?)))
}

/// `POST /sparkJobDefinitions/{definition}/execute`: starts a batch in the definition's pool.
pub(super) fn execute(call: &Call<'_>) -> Result<Answer, Problem> {
    let definition = find(call)?;
    let request = BatchRequest {
        workspace: call.workspace.name.clone(),
        pool: definition.pool.clone(),
        name: definition.name.clone(),
        submitter: call.caller.object_id.clone(),
        tags: json!({}),
        creation_request: job_properties(definition),
        job: definition.job.clone(),
        is_held: call
            .workspace
            .spark_pool(&definition.pool)
            .is_some_and(|pool| pool.is_full),
    };
    let mut store = call.service.store();
    let batch = store.add_batch(request, call.service.now());
    Ok(answer(call, batch))
}

/// `GET /operationResults/{operation}`: 202 as long as the job goes on, which each look moves on.
pub(super) fn operation_result(call: &Call<'_>) -> Result<Answer, Problem> {
    let operation = call.parameters.get("operation");
    let now = call.service.now();
    let mut store = call.service.store();
    let batch = operation_parts(operation)
        .and_then(|(pool, id)| {
            store.look_at_batch(
                &call.workspace.name,
                &call.workspace.spark_pool(pool)?.name,
                id,
                now,
            )
        })
        .ok_or_else(|| call.not_found("OperationResult", operation))?;
    Ok(answer(call, batch))
}

/// The job with the place to ask about it, until it has ended.
fn answer(call: &Call<'_>, batch: &Batch) -> Answer {
    let base_url = call.request.base_url();
    // Unlike Livy, this answer leaves out what is null and writes times with a letter.
    let body = without_nulls(spark_batch::detailed(batch, Utc::Letter, &base_url));
    if batch.state.is_final() {
        return Answer::ok(body);
    }
    let location = format!(
        "{base_url}/operationResults/arcadiaSpark$${}$$batch$${}?api-version={}",
        batch.request.pool, batch.id, call.version
    );
    Answer::json(StatusCode::ACCEPTED, body).with_header("location", location)
}

/// Pool and batch in `arcadiaSpark$$pool$$batch$$11`.
fn operation_parts(operation: &str) -> Option<(&str, usize)> {
    match operation.split("$$").collect::<Vec<_>>().as_slice() {
        [service, pool, kind, id]
            if service.eq_ignore_ascii_case("arcadiaSpark")
                && kind.eq_ignore_ascii_case("batch") =>
        {
            Some((*pool, id.parse().ok()?))
        }
        _ => None,
    }
}

fn find<'a>(call: &Call<'a>) -> Result<&'a SparkJobDefinition, Problem> {
    let name = call.parameters.get("definition");
    call.workspace
        .spark_job_definition(name)
        .ok_or_else(|| call.not_found("SparkJobDefinition", name))
}

fn document(workspace: &Workspace, definition: &SparkJobDefinition) -> Value {
    json!({
        "id": format!("{}/sparkJobDefinitions/{}", workspace.resource_id(), definition.name),
        "name": definition.name,
        "type": "Microsoft.Synapse/workspaces/sparkJobDefinitions",
        "etag": "00000000-0000-0000-0000-000000000001",
        "properties": {
            "targetBigDataPool": { "type": "BigDataPoolReference", "referenceName": definition.pool },
            "requiredSparkVersion": workspace.spark_pool(&definition.pool).map(|pool| &pool.spark_version),
            "language": definition.language,
            "jobProperties": job_properties(definition),
        },
    })
}

fn job_properties(definition: &SparkJobDefinition) -> Value {
    json!({
        "name": definition.name,
        "file": definition.file,
        "conf": {},
        "driverMemory": "28g",
        "driverCores": 4,
        "executorMemory": "28g",
        "executorCores": 4,
        "numExecutors": 2,
    })
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_names_pool_and_batch() {
        assert_eq!(
            operation_parts("arcadiaSpark$$sparkpool1$$batch$$11"),
            Some(("sparkpool1", 11))
        );
        assert_eq!(operation_parts("arcadiaSpark$$sparkpool1$$batch$$x"), None);
        assert_eq!(operation_parts("11"), None);
    }

    #[test]
    fn nulls_are_left_out_at_every_depth() {
        let value = json!({ "a": null, "b": { "c": null, "d": 0 }, "e": [null] });

        assert_eq!(
            without_nulls(value),
            json!({ "b": { "d": 0 }, "e": [null] })
        );
    }
}
