//! Resource documents that more than one place answers with.

use serde_json::{Value, json};

use super::scenario::{SparkPool, Workspace};

/// The list that Azure wraps resources in. A single page holds all, so there is no `nextLink`.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    json!({ "value": values.into_iter().collect::<Vec<_>>() })
}

/// A Spark pool, which Azure calls a big data pool here; both planes give the same document.
pub(super) fn big_data_pool(workspace: &Workspace, pool: &SparkPool) -> Value {
    json!({
        "id": format!("{}/bigDataPools/{}", workspace.resource_id(), pool.name),
        "name": pool.name,
        "type": "Microsoft.Synapse/workspaces/bigDataPools",
        "location": workspace.location,
        "tags": {},
        "properties": {
            "provisioningState": "Succeeded",
            "sparkVersion": pool.spark_version,
            "nodeCount": pool.node_count,
            "nodeSize": "Small",
            "nodeSizeFamily": "MemoryOptimized",
            "autoScale": { "enabled": false, "minNodeCount": 0, "maxNodeCount": 0 },
            "autoPause": { "enabled": true, "delayInMinutes": 15 },
            "isComputeIsolationEnabled": false,
        },
    })
}
