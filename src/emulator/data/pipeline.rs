//! Pipelines: reading them, and starting a run.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::{Pipeline, Workspace};
use crate::emulator::state::{Invoker, NewRun, PipelineRun};

/// `GET /pipelines`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let workspace = call.workspace;
    let pipelines = workspace
        .pipelines
        .iter()
        .map(|pipeline| document(workspace, pipeline));
    Ok(Answer::ok(resource::list(pipelines)))
}

/// `GET /pipelines/{pipeline}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(Answer::ok(document(call.workspace, find(call)?)))
}

/// `POST /pipelines/{pipeline}/createRun`
///
/// The run gets the GUID of `x-ms-client-request-id` where the client sends one, so a request
/// sent twice starts one run.
pub(super) fn create_run(call: &Call<'_>) -> Result<Answer, Problem> {
    let pipeline = find(call)?;
    let body = call.body()?;
    let workspace = &call.workspace.name;
    let mut store = call.service.store();

    let wanted = call
        .request
        .header("x-ms-client-request-id")
        .and_then(|id| Uuid::try_parse(id).ok());
    if let Some(id) = wanted
        && store
            .run(workspace, id)
            .is_some_and(|run| run.pipeline == pipeline.name)
    {
        return Ok(created(id));
    }
    let id = wanted
        .filter(|id| !store.has_run(*id))
        .unwrap_or_else(Uuid::new_v4);

    let reference = call
        .request
        .filled_query("referencePipelineRunId")
        .map(|given| reference(given, pipeline, |id| store.run(workspace, id)))
        .transpose()?;
    let is_recovery = call.request.flag("isRecovery");
    let start_activity = call
        .request
        .filled_query("startActivityName")
        .filter(|_| is_recovery);
    if let Some(name) = start_activity {
        check_activity(pipeline, name)?;
    }
    let new = NewRun {
        id,
        group: reference.filter(|_| is_recovery).map(|run| run.group),
        workspace,
        pipeline,
        given: match reference {
            Some(run) => run.given.clone(),
            None => body.unwrap_or_default(),
        },
        start_activity,
        invoker: Invoker::Manual,
    };
    let now = call.service.now();
    let run = PipelineRun::new(new, now);
    store.add_run(run, now);
    Ok(created(id))
}

fn find<'a>(call: &Call<'a>) -> Result<&'a Pipeline, Problem> {
    let name = call.parameters.get("pipeline");
    call.workspace
        .pipeline(name)
        .ok_or_else(|| call.not_found("Pipeline", name))
}

/// The run that a new one refers to; it has to be one of the same pipeline.
fn reference<'a>(
    given: &str,
    pipeline: &Pipeline,
    find: impl Fn(Uuid) -> Option<&'a PipelineRun>,
) -> Result<&'a PipelineRun, Problem> {
    Uuid::try_parse(given)
        .ok()
        .and_then(find)
        .filter(|run| run.pipeline == pipeline.name)
        .ok_or_else(|| Problem::BadReference {
            pipeline: pipeline.name.clone(),
            run: given.to_owned(),
        })
}

fn check_activity(pipeline: &Pipeline, name: &str) -> Result<(), Problem> {
    let is_known = pipeline
        .activities
        .iter()
        .any(|activity| activity.name.eq_ignore_ascii_case(name));
    if is_known {
        Ok(())
    } else {
        let reason = format!(
            "The pipeline {} has no activity {name} to start at.",
            pipeline.name
        );
        Err(Problem::BadRequest { reason })
    }
}

fn created(id: Uuid) -> Answer {
    Answer::json(StatusCode::ACCEPTED, json!({ "runId": id.to_string() }))
}

fn document(workspace: &Workspace, pipeline: &Pipeline) -> Value {
    let activities: Vec<Value> = pipeline
        .activities
        .iter()
        .map(|activity| json!({ "name": activity.name, "type": activity.kind, "dependsOn": [], "userProperties": [] }))
        .collect();
    let parameters: Map<String, Value> = pipeline
        .parameters
        .iter()
        .map(|parameter| {
            let mut declaration = json!({ "type": parameter.kind });
            if let Some(default) = &parameter.default {
                declaration["defaultValue"] = default.clone();
            }
            (parameter.name.clone(), declaration)
        })
        .collect();
    json!({
        "id": format!("{}/pipelines/{}", workspace.resource_id(), pipeline.name),
        "name": pipeline.name,
        "type": "Microsoft.Synapse/workspaces/pipelines",
        "etag": "00000000-0000-0000-0000-000000000001",
        "properties": {
            "activities": activities,
            "parameters": parameters,
            "annotations": [],
        },
    })
}
