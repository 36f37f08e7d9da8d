//! Runs of notebooks, under ids that the caller chooses.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::scenario::Notebook;
use crate::emulator::state::{NotebookRequest, NotebookRun, NotebookStatus};
use crate::emulator::timestamp::Utc;

/// `PUT /notebooks/runs/{run}`: starts a run; sent again, it starts no second one.
pub(super) fn start(call: &Call<'_>) -> Result<Answer, Problem> {
    let given = call.parameters.get("run");
    let id = Uuid::try_parse(given).map_err(|_| Problem::BadRequest {
        reason: format!("The run id '{given}' is not a GUID."),
    })?;
    let body = call.body()?.unwrap_or_default();
    let notebook_name = required(&body, "notebook")?;
    let notebook = call
        .workspace
        .notebook(notebook_name)
        .ok_or_else(|| call.not_found("Notebook", notebook_name))?;
    let pool_name = required(&body, "sparkPool")?;
    let pool = call
        .workspace
        .spark_pool(pool_name)
        .ok_or_else(|| call.not_found("SparkPool", pool_name))?;
    let object = |name: &str| {
        body.get(name)
            .filter(|value| value.is_object())
            .cloned()
            .unwrap_or_else(|| json!({}))
    };
    let request = NotebookRequest {
        id,
        workspace: call.workspace.name.clone(),
        pool: pool.name.clone(),
        session_options: object("sessionOptions"),
        keeps_session: body.get("honorSessionTimeToLive") == Some(&Value::Bool(true)),
        parameters: object("parameters"),
        notebook: notebook.clone(),
    };
    let now = call.service.now();
    let mut store = call.service.store();
    let run = store.add_notebook_run(request, now);
    Ok(answer(
        StatusCode::ACCEPTED,
        "Run notebook is accepted.",
        run,
    ))
}

/// `GET /notebooks/runs/{run}`, which is also what moves the run on.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let now = call.service.now();
    let mut store = call.service.store();
    let run = id(call)
        .and_then(|id| store.look_at_notebook_run(&call.workspace.name, id, now))
        .ok_or_else(|| unknown(call))?;
    Ok(answer(StatusCode::OK, "Run notebook is found.", run))
}

/// `POST /notebooks/runs/{run}/cancel`
pub(super) fn cancel(call: &Call<'_>) -> Result<Answer, Problem> {
    let now = call.service.now();
    let mut store = call.service.store();
    let run = id(call)
        .and_then(|id| store.notebook_run_mut(&call.workspace.name, id))
        .ok_or_else(|| unknown(call))?;
    run.cancel(now);
    Ok(answer(StatusCode::OK, "Run notebook is cancelled.", run))
}

/// `GET /notebooks/runs/{run}/snapshot`: the run with what it was started with.
pub(super) fn snapshot(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut store = call.service.store();
    let run: &NotebookRun = id(call)
        .and_then(|id| store.notebook_run_mut(&call.workspace.name, id))
        .ok_or_else(|| unknown(call))?;
    let request = &run.request;
    let mut result = result(run);
    result["snapshot"] = json!({
        "id": request.id.to_string(),
        "notebook": request.notebook.name,
        "sparkPool": request.pool,
        "sessionId": session(run),
        "sessionOptions": request.session_options,
        "honorSessionTimeToLive": request.keeps_session,
        "parameters": request.parameters,
        "exitValue": exit_value(run),
        "notebookContent": content(&request.notebook),
    });
    Ok(Answer::ok(json!({
        "code": 200,
        "message": "Snapshot is found.",
        "result": result,
    })))
}

fn answer(status: StatusCode, message: &str, run: &NotebookRun) -> Answer {
    Answer::json(
        status,
        json!({ "code": status.as_u16(), "message": message, "result": result(run) }),
    )
}

fn result(run: &NotebookRun) -> Value {
    let failure = run
        .request
        .notebook
        .failure
        .as_ref()
        .filter(|_| run.status == NotebookStatus::Failed);
    json!({
        "runId": run.request.id.to_string(),
        "runStatus": run.status.as_str(),
        "lastCheckedOn": Utc::Letter.write(run.updated),
        "sessionId": session(run),
        "sparkPool": run.request.pool,
        "sessionDetail": run.session.map(|id| json!({
            "id": id,
            "state": if run.status == NotebookStatus::Running { "busy" } else { "dead" },
        })),
        "exitValue": exit_value(run),
        "error": failure.map(|failure| json!({
            "ename": failure.name,
            "evalue": failure.message,
            "traceback": [format!("{}: {}", failure.name, failure.message)],
        })),
    })
}

/// Azure writes -1 as long as there is none.
fn session(run: &NotebookRun) -> Value {
    run.session.map_or_else(|| json!(-1), |id| json!(id))
}

fn exit_value(run: &NotebookRun) -> Option<&str> {
    run.request
        .notebook
        .exit_value
        .as_deref()
        .filter(|_| run.status == NotebookStatus::Succeeded)
}

fn content(notebook: &Notebook) -> Value {
    json!({
        "name": notebook.name,
        "properties": { "nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [] },
    })
}

fn id(call: &Call<'_>) -> Option<Uuid> {
    Uuid::try_parse(call.parameters.get("run")).ok()
}

fn unknown(call: &Call<'_>) -> Problem {
    call.not_found("NotebookRun", call.parameters.get("run"))
}

fn required<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, Problem> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Problem::BadRequest {
            reason: format!("The property '{name}' of a notebook run is required."),
        })
}
