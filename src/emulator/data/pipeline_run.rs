//! Runs of pipelines: looking at one, cancelling it, finding several.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::query_filter::{Operand, Query};
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::scenario::Workspace;
use crate::emulator::state::{Invoker, PipelineRun};
use crate::emulator::timestamp::Utc;

/// What runs can be filtered and sorted by.
const OPERANDS: &[Operand] = &[
    Operand {
        name: "PipelineName",
        member: "pipelineName",
    },
    Operand {
        name: "Status",
        member: "status",
    },
    Operand {
        name: "RunStart",
        member: "runStart",
    },
    Operand {
        name: "RunEnd",
        member: "runEnd",
    },
    Operand {
        name: "RunGroupId",
        member: "runGroupId",
    },
    Operand {
        name: "LatestOnly",
        member: "isLatest",
    },
];

/// `GET /pipelineruns/{run}`, which is also what moves the run on.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let now = call.service.now();
    let mut store = call.service.store();
    let run = id(call)
        .and_then(|id| store.look_at_run(&call.workspace.name, id, now))
        .ok_or_else(|| unknown(call))?;
    Ok(Answer::ok(document(call.workspace, run)))
}

/// `POST /pipelineruns/{run}/cancel`
pub(super) fn cancel(call: &Call<'_>) -> Result<Answer, Problem> {
    let now = call.service.now();
    let mut store = call.service.store();
    id(call)
        .and_then(|id| store.cancel_run(&call.workspace.name, id, now))
        .ok_or_else(|| unknown(call))?;
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST /queryPipelineRuns`
pub(super) fn query(call: &Call<'_>) -> Result<Answer, Problem> {
    let query = Query::read(call.body()?, OPERANDS)?;
    let store = call.service.store();
    let runs = store
        .runs(&call.workspace.name)
        .map(|run| (run.updated, document(call.workspace, run)));
    let (page, next) = query.page(runs)?;
    let mut body = json!({ "value": page });
    if let Some(next) = next {
        body["continuationToken"] = next.into();
    }
    Ok(Answer::ok(body))
}

/// The id in the path; text that is no GUID is the id of no run.
pub(super) fn id(call: &Call<'_>) -> Option<Uuid> {
    Uuid::try_parse(call.parameters.get("run")).ok()
}

pub(super) fn unknown(call: &Call<'_>) -> Problem {
    call.not_found("PipelineRun", call.parameters.get("run"))
}

fn document(workspace: &Workspace, run: &PipelineRun) -> Value {
    json!({
        // Azure writes it in capitals up to the last part.
        "id": format!("{}/pipelineruns/{}", workspace.resource_id().to_uppercase(), run.id),
        "runId": run.id.to_string(),
        "debugRunId": null,
        "runGroupId": run.group.to_string(),
        "pipelineName": run.pipeline,
        "parameters": as_text(&run.parameters),
        "invokedBy": invoked_by(run),
        "runStart": Utc::Letter.write(run.started),
        "runEnd": run.ended.map(|ended| Utc::Letter.write(ended)),
        "durationInMs": run.duration().and_then(|duration| i64::try_from(duration.whole_milliseconds()).ok()),
        "status": run.status.as_str(),
        "message": run.message,
        "output": null,
        "lastUpdated": Utc::Letter.write(run.updated),
        "annotations": [],
        "runDimension": {},
        "isLatest": run.is_latest,
    })
}

fn invoked_by(run: &PipelineRun) -> Value {
    let (name, kind) = match &run.invoker {
        Invoker::Manual => ("Manual", "Manual"),
        Invoker::Trigger { name, kind } => (name.as_str(), kind.as_str()),
    };
    json!({ "id": run.id.simple().to_string(), "name": name, "invokedByType": kind })
}

/// Azure gives parameters back as strings, those that are none as JSON text.
fn as_text(parameters: &Map<String, Value>) -> Map<String, Value> {
    parameters
        .iter()
        .map(|(name, value)| {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (name.clone(), Value::String(text))
        })
        .collect()
}
