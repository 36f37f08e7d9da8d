//! Dedicated SQL pools: reading them, pausing, resuming and scaling, and how that goes.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::dispatch::Call;
use super::refusal::Refusal;
use super::workspace;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::{SqlPool, Workspace};
use crate::emulator::state::{SqlPoolGoal, SqlPoolState};

/// `GET {workspace id}/sqlPools`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let workspace = workspace::find(call, "/sqlPools")?;
    let now = call.service.now();
    let mut store = call.service.store();
    let pools: Vec<Value> = workspace
        .sql_pools
        .iter()
        .map(|pool| {
            let state = store.sql_pool_mut(&workspace.name, pool, now);
            document(workspace, pool, state)
        })
        .collect();
    Ok(Answer::ok(resource::list(pools)))
}

/// `GET {workspace id}/sqlPools/{pool}`, which is also what moves an operation on.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (workspace, pool) = find(call, "")?;
    let mut store = call.service.store();
    let state = store.look_at_sql_pool(&workspace.name, pool, call.service.now());
    Ok(Answer::ok(document(workspace, pool, state)))
}

/// `POST {workspace id}/sqlPools/{pool}/pause`
pub(super) fn pause(call: &Call<'_>) -> Result<Answer, Refusal> {
    change(call, "/pause", SqlPoolGoal::Pause)
}

/// `POST {workspace id}/sqlPools/{pool}/resume`
pub(super) fn resume(call: &Call<'_>) -> Result<Answer, Refusal> {
    change(call, "/resume", SqlPoolGoal::Resume)
}

/// `PATCH {workspace id}/sqlPools/{pool}`: scales to the level that `sku.name` says.
pub(super) fn scale(call: &Call<'_>) -> Result<Answer, Refusal> {
    let body: Value = serde_json::from_slice(&call.request.body).unwrap_or_default();
    let level = body["sku"]["name"].as_str().unwrap_or_default();
    let is_level = level
        .strip_prefix("DW")
        .and_then(|rest| rest.strip_suffix('c'))
        .is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
        });
    if !is_level {
        return Err(Refusal::BadRequest {
            message: format!(
                "The property 'sku.name' has to be a performance level such as DW200c, and is '{level}'."
            ),
        });
    }
    change(call, "", SqlPoolGoal::Scale(level.to_owned()))
}

/// `GET {workspace id}/operationStatuses/{operation}`, which is also what moves it on.
pub(super) fn operation_status(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (workspace, pool, id) = find_operation(call, "operationStatuses")?;
    let mut store = call.service.store();
    let state = store.look_at_sql_pool(&workspace.name, pool, call.service.now());
    let status = if state.is_under_way(id) {
        "InProgress"
    } else {
        "Succeeded"
    };
    Ok(Answer::ok(json!({
        "id": format!("{}/operationStatuses/{id}", workspace.resource_id()),
        "name": id.to_string(),
        "status": status,
        "properties": {},
    })))
}

/// `GET {workspace id}/operationResults/{operation}`: 202 as long as it goes on, then the pool.
pub(super) fn operation_result(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (workspace, pool, id) = find_operation(call, "operationResults")?;
    let mut store = call.service.store();
    let state = store.look_at_sql_pool(&workspace.name, pool, call.service.now());
    if state.is_under_way(id) {
        return Ok(accepted(
            call,
            workspace,
            id,
            Answer::empty(StatusCode::ACCEPTED),
        ));
    }
    Ok(Answer::ok(document(workspace, pool, state)))
}

/// Begins an operation, unless the pool is what it should become already.
fn change(call: &Call<'_>, below: &str, goal: SqlPoolGoal) -> Result<Answer, Refusal> {
    let (workspace, pool) = find(call, below)?;
    let now = call.service.now();
    let mut store = call.service.store();
    let state = store.sql_pool_mut(&workspace.name, pool, now);
    if state.has_reached(&goal) {
        return Ok(Answer::ok(document(workspace, pool, state)));
    }
    let is_asleep = matches!(goal, SqlPoolGoal::Scale(_)) && state.status() == "Paused";
    if state.has_operation() || is_asleep {
        return Err(Refusal::Conflict {
            message: format!(
                "The SQL pool '{}' is {}; the operation cannot be started now.",
                pool.name,
                state.status()
            ),
        });
    }
    let id = store.change_sql_pool(&workspace.name, pool, goal, now);
    let state = store.sql_pool_mut(&workspace.name, pool, now);
    let answer = Answer::json(StatusCode::ACCEPTED, document(workspace, pool, state));
    Ok(accepted(call, workspace, id, answer))
}

/// Both places to ask, as Azure names them; they lead back to the host of the request.
fn accepted(call: &Call<'_>, workspace: &Workspace, id: Uuid, answer: Answer) -> Answer {
    let place = |kind: &str| {
        format!(
            "{}{}/{kind}/{id}?api-version={}",
            call.request.base_url(),
            workspace.resource_id(),
            call.version
        )
    };
    answer
        .with_header("azure-asyncoperation", place("operationStatuses"))
        .with_header("location", place("operationResults"))
}

fn find<'a>(call: &Call<'a>, below: &str) -> Result<(&'a Workspace, &'a SqlPool), Refusal> {
    let name = call.parameters.get("pool");
    let workspace = workspace::find(call, &format!("/sqlPools/{name}{below}"))?;
    let pool = workspace
        .sql_pool(name)
        .ok_or_else(|| unknown(workspace, &format!("sqlPools/{name}")))?;
    Ok((workspace, pool))
}

fn find_operation<'a>(
    call: &Call<'a>,
    kind: &str,
) -> Result<(&'a Workspace, &'a SqlPool, Uuid), Refusal> {
    let given = call.parameters.get("operation");
    let below = format!("/{kind}/{given}");
    let workspace = workspace::find(call, &below)?;
    let store = call.service.store();
    Uuid::try_parse(given)
        .ok()
        .and_then(|id| {
            let pool = workspace.sql_pool(store.sql_pool_of(&workspace.name, id)?)?;
            Some((workspace, pool, id))
        })
        .ok_or_else(|| unknown(workspace, &below[1..]))
}

fn unknown(workspace: &Workspace, below: &str) -> Refusal {
    Refusal::UnknownResource {
        path: format!("Microsoft.Synapse/workspaces/{}/{below}", workspace.name),
        group: workspace.resource_group.clone(),
    }
}

fn document(workspace: &Workspace, pool: &SqlPool, state: &SqlPoolState) -> Value {
    json!({
        "id": format!("{}/sqlPools/{}", workspace.resource_id(), pool.name),
        "name": pool.name,
        "type": "Microsoft.Synapse/workspaces/sqlPools",
        "location": workspace.location,
        "tags": {},
        "sku": { "name": state.level, "capacity": 0 },
        "properties": {
            "status": state.status(),
            "maxSizeBytes": 263_882_790_666_240_u64,
            "collation": "SQL_Latin1_General_CP1_CI_AS",
            "creationDate": "2026-01-01T09:00:00Z",
            "storageAccountType": "GRS",
            "provisioningState": "Succeeded",
        },
    })
}
