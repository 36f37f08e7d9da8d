//! Synapse workspaces as the management plane shows them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::dispatch::Call;
use super::refusal::Refusal;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::Workspace;

/// The first version, whose answers lack the members added later.
const OLDEST_VERSION: &str = "2019-06-01-preview";
const LATER_MEMBERS: [&str; 2] = ["encryption", "publicNetworkAccess"];

/// What stays unescaped in the workspace's web address.
const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `GET …/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    find(call, "").map(|workspace| Answer::ok(document(call, workspace)))
}

/// `GET …/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces`
pub(super) fn list_in_group(call: &Call<'_>) -> Result<Answer, Refusal> {
    let subscription = call.subscription()?;
    let given = call.parameters.get("group");
    call.authorize(&format!(
        "/subscriptions/{}/resourceGroups/{given}",
        subscription.id
    ))?;
    let group = subscription
        .resource_group(given)
        .ok_or_else(|| Refusal::UnknownGroup {
            name: given.to_owned(),
        })?;
    Ok(list(call, |workspace| {
        workspace.subscription_id == subscription.id && workspace.resource_group == group
    }))
}

/// `GET /subscriptions/{subscription}/providers/Microsoft.Synapse/workspaces`
pub(super) fn list_in_subscription(call: &Call<'_>) -> Result<Answer, Refusal> {
    let subscription = call.subscription()?;
    call.authorize(&format!("/subscriptions/{}", subscription.id))?;
    Ok(list(call, |workspace| {
        workspace.subscription_id == subscription.id
    }))
}

/// The workspace in the path, to someone who may read it and what `below` adds to its id.
pub(super) fn find<'a>(call: &Call<'a>, below: &str) -> Result<&'a Workspace, Refusal> {
    let subscription = call.subscription()?;
    let given_group = call.parameters.get("group");
    let given_name = call.parameters.get("workspace");
    call.authorize(&format!(
        "/subscriptions/{}/resourceGroups/{given_group}/providers/Microsoft.Synapse/workspaces/{given_name}{below}",
        subscription.id
    ))?;
    let group = subscription
        .resource_group(given_group)
        .ok_or_else(|| Refusal::UnknownGroup {
            name: given_group.to_owned(),
        })?;
    call.service
        .scenario
        .workspace(given_name)
        .filter(|workspace| {
            workspace.subscription_id == subscription.id && workspace.resource_group == group
        })
        .ok_or_else(|| Refusal::UnknownResource {
            path: format!("Microsoft.Synapse/workspaces/{given_name}"),
            group: group.to_owned(),
        })
}

fn list(call: &Call<'_>, is_wanted: impl Fn(&Workspace) -> bool) -> Answer {
    let wanted = call
        .service
        .scenario
        .workspaces
        .iter()
        .filter(|workspace| is_wanted(workspace));
    Answer::ok(resource::list(
        wanted.map(|workspace| document(call, workspace)),
    ))
}

fn document(call: &Call<'_>, workspace: &Workspace) -> Value {
    let mut properties = properties(workspace);
    if call.version.eq_ignore_ascii_case(OLDEST_VERSION) {
        properties.retain(|name, _| !LATER_MEMBERS.contains(&name.as_str()));
    }
    json!({
        "type": "Microsoft.Synapse/workspaces",
        "id": workspace.resource_id(),
        "name": workspace.name,
        "location": workspace.location,
        "identity": {
            "type": "SystemAssigned",
            "tenantId": call.service.scenario.tenant_id_of(workspace),
            "principalId": workspace.identity_id,
        },
        "tags": {},
        "properties": properties,
    })
}

fn properties(workspace: &Workspace) -> Map<String, Value> {
    let name = &workspace.name;
    let id = workspace.resource_id();
    let escaped_id = utf8_percent_encode(&id, QUERY_VALUE)
        .to_string()
        .replace("%2F", "%2f");
    let properties = json!({
        "provisioningState": "Succeeded",
        "defaultDataLakeStorage": {
            "accountUrl": format!("https://{}.dfs.core.windows.net", workspace.storage_account),
            "filesystem": workspace.filesystem,
        },
        // The names under which the real service would be found: clients compare them with what
        // they built themselves, so these do not follow the request's host.
        "connectivityEndpoints": {
            "web": format!("https://web.azuresynapse.net?workspace={escaped_id}"),
            "dev": format!("https://{name}.dev.azuresynapse.net"),
            "sqlOnDemand": format!("{name}-ondemand.sql.azuresynapse.net"),
            "sql": format!("{name}.sql.azuresynapse.net"),
        },
        "managedResourceGroupName": workspace.managed_resource_group,
        "sqlAdministratorLogin": "demoadmin",
        "privateEndpointConnections": [],
        "workspaceUID": workspace.uid,
        "extraProperties": { "WorkspaceType": "Normal", "IsScopeEnabled": false },
        "encryption": { "doubleEncryptionEnabled": false },
        "publicNetworkAccess": "Enabled",
    });
    match properties {
        Value::Object(properties) => properties,
        _ => Map::new(),
    }
}
