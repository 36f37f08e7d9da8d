//! Spark pools of a workspace, read through the management plane.

use super::dispatch::Call;
use super::refusal::Refusal;
use super::workspace;
use crate::emulator::answer::Answer;
use crate::emulator::resource;

/// `GET {workspace id}/bigDataPools`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let workspace = workspace::find(call, "/bigDataPools")?;
    let pools = workspace
        .spark_pools
        .iter()
        .map(|pool| resource::big_data_pool(workspace, pool));
    Ok(Answer::ok(resource::list(pools)))
}

/// `GET {workspace id}/bigDataPools/{pool}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    let name = call.parameters.get("pool");
    let workspace = workspace::find(call, &format!("/bigDataPools/{name}"))?;
    let pool = workspace
        .spark_pool(name)
        .ok_or_else(|| Refusal::UnknownResource {
            path: format!(
                "Microsoft.Synapse/workspaces/{}/bigDataPools/{name}",
                workspace.name
            ),
            group: workspace.resource_group.clone(),
        })?;
    Ok(Answer::ok(resource::big_data_pool(workspace, pool)))
}
