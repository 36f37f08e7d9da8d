//! Triggers: reading them, starting and stopping them, and their events.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::{Trigger, Workspace};
use crate::emulator::state::{
    Invoker, NewRun, PipelineRun, Subscription, TriggerRun, TriggerState,
};

/// `GET /triggers`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let workspace = call.workspace;
    let mut store = call.service.store();
    let triggers: Vec<Value> = workspace
        .triggers
        .iter()
        .map(|trigger| {
            let state = store.trigger_mut(&workspace.name, trigger);
            document(workspace, trigger, state)
        })
        .collect();
    Ok(Answer::ok(resource::list(triggers)))
}

/// `GET /triggers/{trigger}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = find(call)?;
    let mut store = call.service.store();
    let state = store.trigger_mut(&call.workspace.name, trigger);
    Ok(Answer::ok(document(call.workspace, trigger, state)))
}

/// `POST /triggers/{trigger}/start`: a trigger that was stopped fires once, at once.
pub(super) fn start(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = find(call)?;
    let was_started = {
        let mut store = call.service.store();
        let state = store.trigger_mut(&call.workspace.name, trigger);
        std::mem::replace(&mut state.is_started, true)
    };
    if !was_started {
        fire(call, trigger);
    }
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST /triggers/{trigger}/stop`
pub(super) fn stop(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = find(call)?;
    let mut store = call.service.store();
    store.trigger_mut(&call.workspace.name, trigger).is_started = false;
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST /triggers/{trigger}/subscribeToEvents`
pub(super) fn subscribe(call: &Call<'_>) -> Result<Answer, Problem> {
    set_subscription(call, Subscription::Provisioning)
}

/// `POST /triggers/{trigger}/unsubscribeFromEvents`
pub(super) fn unsubscribe(call: &Call<'_>) -> Result<Answer, Problem> {
    set_subscription(call, Subscription::Disabled)
}

/// `POST /triggers/{trigger}/getEventSubscriptionStatus`: what is being set up is ready at the
/// second look.
pub(super) fn subscription(call: &Call<'_>) -> Result<Answer, Problem> {
    let trigger = find(call)?;
    let mut store = call.service.store();
    let state = store.trigger_mut(&call.workspace.name, trigger);
    let answer = subscription_document(trigger, state.subscription);
    if state.subscription == Subscription::Provisioning {
        state.subscription = Subscription::Enabled;
    }
    Ok(Answer::ok(answer))
}

/// Starts a run of each pipeline of a trigger.
pub(super) fn fire(call: &Call<'_>, trigger: &Trigger) {
    let now = call.service.now();
    let workspace = call.workspace;
    let mut store = call.service.store();
    let mut pipelines = Vec::new();
    for pipeline in trigger
        .pipelines
        .iter()
        .filter_map(|name| workspace.pipeline(name))
    {
        let id = Uuid::new_v4();
        let new = NewRun {
            id,
            group: None,
            workspace: &workspace.name,
            pipeline,
            given: Map::new(),
            start_activity: None,
            invoker: Invoker::Trigger {
                name: trigger.name.clone(),
                kind: trigger.kind.clone(),
            },
        };
        store.add_run(PipelineRun::new(new, now), now);
        pipelines.push((pipeline.name.clone(), id));
    }
    store.add_trigger_run(TriggerRun {
        id: Uuid::new_v4(),
        workspace: workspace.name.clone(),
        trigger: trigger.name.clone(),
        kind: trigger.kind.clone(),
        fired: now,
        pipelines,
    });
}

pub(super) fn find<'a>(call: &Call<'a>) -> Result<&'a Trigger, Problem> {
    let name = call.parameters.get("trigger");
    call.workspace
        .trigger(name)
        .ok_or_else(|| call.not_found("Trigger", name))
}

fn set_subscription(call: &Call<'_>, subscription: Subscription) -> Result<Answer, Problem> {
    let trigger = find(call)?;
    if !trigger.kind.contains("Event") {
        return Err(Problem::BadRequest {
            reason: format!(
                "The trigger {} is a {}, which waits for no events.",
                trigger.name, trigger.kind
            ),
        });
    }
    let mut store = call.service.store();
    store
        .trigger_mut(&call.workspace.name, trigger)
        .subscription = subscription;
    Ok(Answer::ok(subscription_document(trigger, subscription)))
}

fn subscription_document(trigger: &Trigger, subscription: Subscription) -> Value {
    json!({ "triggerName": trigger.name, "status": subscription.as_str() })
}

fn document(workspace: &Workspace, trigger: &Trigger, state: &TriggerState) -> Value {
    let pipelines: Vec<Value> = trigger
        .pipelines
        .iter()
        .map(|name| {
            json!({
                "pipelineReference": { "referenceName": name, "type": "PipelineReference" },
                "parameters": {},
            })
        })
        .collect();
    json!({
        "id": format!("{}/triggers/{}", workspace.resource_id(), trigger.name),
        "name": trigger.name,
        "type": "Microsoft.Synapse/workspaces/triggers",
        "etag": "00000000-0000-0000-0000-000000000001",
        "properties": {
            "type": trigger.kind,
            "runtimeState": if state.is_started { "Started" } else { "Stopped" },
            "annotations": [],
            "pipelines": pipelines,
            "typeProperties": type_properties(&trigger.kind, workspace),
        },
    })
}

/// What clients demand of the types they know.
fn type_properties(kind: &str, workspace: &Workspace) -> Value {
    match kind {
        "ScheduleTrigger" => json!({
            "recurrence": {
                "frequency": "Day",
                "interval": 1,
                "startTime": "2026-01-01T02:00:00Z",
                "timeZone": "UTC",
            },
        }),
        "BlobEventsTrigger" => json!({
            "blobPathBeginsWith": format!("/{}/blobs/landing/", workspace.filesystem),
            "ignoreEmptyBlobs": true,
            "scope": format!(
                "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Storage/storageAccounts/{}",
                workspace.subscription_id, workspace.resource_group, workspace.storage_account
            ),
            "events": ["Microsoft.Storage.BlobCreated"],
        }),
        _ => json!({}),
    }
}
