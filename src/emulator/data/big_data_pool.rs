//! Spark pools of a workspace, read through the data plane.

use super::dispatch::Call;
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::resource;

/// `GET /bigDataPools`
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let workspace = call.workspace;
    let pools = workspace
        .spark_pools
        .iter()
        .map(|pool| resource::big_data_pool(workspace, pool));
    Ok(Answer::ok(resource::list(pools)))
}

/// `GET /bigDataPools/{pool}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let name = call.parameters.get("pool");
    let pool = call
        .workspace
        .spark_pool(name)
        .ok_or_else(|| call.not_found("BigDataPool", name))?;
    Ok(Answer::ok(resource::big_data_pool(call.workspace, pool)))
}
