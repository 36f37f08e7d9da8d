//! Firings of triggers: finding them, firing again, cancelling what they started.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::query_filter::{Operand, Query};
use super::refusal::Problem;
use super::trigger;
use crate::emulator::answer::Answer;
use crate::emulator::state::TriggerRun;
use crate::emulator::timestamp::Utc;

/// What firings can be filtered and sorted by.
const OPERANDS: &[Operand] = &[
    Operand {
        name: "TriggerName",
        member: "triggerName",
    },
    Operand {
        name: "TriggerRunTimestamp",
        member: "triggerRunTimestamp",
    },
    Operand {
        name: "Status",
        member: "status",
    },
];

/// `POST /queryTriggerRuns`
pub(super) fn query(call: &Call<'_>) -> Result<Answer, Problem> {
    let query = Query::read(call.body()?, OPERANDS)?;
    let store = call.service.store();
    let runs = store
        .trigger_runs(&call.workspace.name)
        .map(|run| (run.fired, document(run)));
    let (page, next) = query.page(runs)?;
    let mut body = json!({ "value": page });
    if let Some(next) = next {
        body["continuationToken"] = next.into();
    }
    Ok(Answer::ok(body))
}

/// `POST /triggers/{trigger}/triggerRuns/{run}/rerun`: the trigger fires again.
pub(super) fn rerun(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = trigger::find(call)?;
    pipelines(call, &trigger.name)?;
    trigger::fire(call, trigger);
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST /triggers/{trigger}/triggerRuns/{run}/cancel`: cancels the pipeline runs of a firing.
pub(super) fn cancel(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = trigger::find(call)?;
    let now = call.service.now();
    let runs = pipelines(call, &trigger.name)?;
    let mut store = call.service.store();
    for id in runs {
        store.cancel_run(&call.workspace.name, id, now);
    }
    Ok(Answer::empty(StatusCode::OK))
}

/// The pipeline runs of the firing in the path.
fn pipelines(call: &Call<'_>, trigger: &str) -> Result<Vec<Uuid>, Problem> {
    let given = call.parameters.get("run");
    let store = call.service.store();
    Uuid::try_parse(given)
        .ok()
        .and_then(|id| {
            store
                .trigger_runs(&call.workspace.name)
                .find(|run| run.id == id && run.trigger == trigger)
        })
        .map(|run| run.pipelines.iter().map(|(_, id)| *id).collect())
        .ok_or_else(|| call.not_found("TriggerRun", given))
}

fn document(run: &TriggerRun) -> Value {
    let pipelines: Map<String, Value> = run
        .pipelines
        .iter()
        .map(|(name, id)| (name.clone(), id.to_string().into()))
        .collect();
    json!({
        "triggerRunId": run.id.to_string(),
        "triggerName": run.trigger,
        "triggerType": run.kind,
        "triggerRunTimestamp": Utc::Letter.write(run.fired),
        "status": "Succeeded",
        "message": null,
        "properties": { "TriggerTime": Utc::Letter.write(run.fired) },
        "triggeredPipelines": pipelines,
    })
}
