//! Laying a scenario file over the scenario that ships.
//!
//! What the file names replaces what has the same name, and is added where nothing has it; the
//! rest stays, so that a file of a few lines changes one pipeline and no more.

use std::time::Duration;

use serde_saphyr::Spanned;
use uuid::Uuid;

use super::entry::{fault, notebook, pipeline, positive, spark_job, spark_pool, sql_pool, trigger};
use super::error::{Error, Problem};
use super::file::{PrincipalEntry, ScenarioFile, WorkspaceEntry, at};
use super::workspace::Named;
use super::{ClientSecret, Principal, Scenario, Tenant, Workspace};

impl Scenario {
    /// The scenario that ships, changed by a file.
    ///
    /// # Errors
    ///
    /// When the text is not YAML of version 1, or a key, a word or a name in it is not known.
    pub(crate) fn from_yaml(text: &str) -> Result<Self, Error> {
        let file = ScenarioFile::read(text)?;
        let mut scenario = Self::demo();
        if let Some(seconds) = &file.token_lifetime {
            scenario.set_token_lifetime(Duration::from_secs(positive("tokenLifetime", seconds)?));
        }
        if let Some(step) = &file.step_milliseconds {
            scenario.move_by_time(Duration::from_millis(positive("stepMilliseconds", step)?));
        }
        for entry in file.principals {
            lay_principal(&mut scenario.tenants[0], entry);
        }
        for entry in file.workspaces {
            lay_workspace(&mut scenario, entry)?;
        }
        for entry in file.faults {
            scenario.faults.push(fault(entry)?);
        }
        Ok(scenario)
    }
}

/// Roles and secrets that the file leaves out stay as they are; a new application has both roles.
fn lay_principal(tenant: &mut Tenant, entry: PrincipalEntry) {
    let place = tenant
        .principals
        .iter()
        .position(|principal| principal.client_id.eq_ignore_ascii_case(&entry.client_id));
    let mut principal = match place {
        Some(place) => tenant.principals.remove(place),
        None => Principal {
            client_id: entry.client_id,
            object_id: Uuid::new_v4().to_string(),
            secrets: Vec::new(),
            reads_resources: true,
            has_synapse_role: true,
        },
    };
    if let Some(object_id) = entry.object_id {
        principal.object_id = object_id;
    }
    if entry.secret.is_some() || entry.expired_secret.is_some() {
        let secret = |value: Option<String>, is_expired| {
            value.map(|value| ClientSecret { value, is_expired })
        };
        principal.secrets = [
            secret(entry.secret, false),
            secret(entry.expired_secret, true),
        ]
        .into_iter()
        .flatten()
        .collect();
    }
    principal.reads_resources = entry.management_role.unwrap_or(principal.reads_resources);
    principal.has_synapse_role = entry.synapse_role.unwrap_or(principal.has_synapse_role);
    tenant.principals.push(principal);
}

fn lay_workspace(scenario: &mut Scenario, entry: WorkspaceEntry) -> Result<(), Error> {
    let place = scenario
        .workspaces
        .iter()
        .position(|workspace| workspace.name.eq_ignore_ascii_case(&entry.name.value));
    let place = match place {
        Some(place) => place,
        None => {
            let workspace = new_workspace(&scenario.workspaces[0], &entry.name)?;
            scenario.workspaces.push(workspace);
            scenario.workspaces.len() - 1
        }
    };
    let workspace = &mut scenario.workspaces[place];
    if let Some(group) = entry.resource_group {
        let subscription = &mut scenario.subscriptions[0];
        workspace.resource_group = match subscription.resource_group(&group) {
            Some(known) => known.to_owned(),
            None => {
                subscription.resource_groups.push(group.clone());
                group
            }
        };
    }
    if let Some(location) = entry.location {
        workspace.location = location;
    }
    lay(&mut workspace.spark_pools, entry.spark_pools, |entry| {
        Ok(spark_pool(entry))
    })?;
    lay(&mut workspace.sql_pools, entry.sql_pools, |entry| {
        Ok(sql_pool(entry))
    })?;
    lay(&mut workspace.pipelines, entry.pipelines, pipeline)?;
    lay(&mut workspace.notebooks, entry.notebooks, |entry| {
        Ok(notebook(entry))
    })?;
    let pools = &workspace.spark_pools;
    let lake = format!(
        "abfss://{}@{}.dfs.core.windows.net/jobs/",
        workspace.filesystem, workspace.storage_account
    );
    lay(
        &mut workspace.spark_job_definitions,
        entry.spark_jobs,
        |entry| spark_job(entry, pools, &lake),
    )?;
    let pipelines = &workspace.pipelines;
    lay(&mut workspace.triggers, entry.triggers, |entry| {
        trigger(entry, pipelines)
    })
}

/// Replaces what has the same name, and adds the rest.
fn lay<E, T: Named>(
    items: &mut Vec<T>,
    entries: Vec<E>,
    read: impl Fn(E) -> Result<T, Error>,
) -> Result<(), Error> {
    for entry in entries {
        let item = read(entry)?;
        match items
            .iter_mut()
            .find(|known| known.name().eq_ignore_ascii_case(item.name()))
        {
            Some(known) => *known = item,
            None => items.push(item),
        }
    }
    Ok(())
}

/// An empty workspace with one pool, beside the one that ships.
fn new_workspace(first: &Workspace, name: &Spanned<String>) -> Result<Workspace, Error> {
    let is_label = |text: &str| {
        !text.is_empty()
            && text.len() <= 50
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if !is_label(&name.value) {
        let problem = Problem::Value {
            key: "name",
            value: format!("`{}`", name.value),
            wanted: "a part of a host name, of lower-case letters, digits and dashes,",
        };
        return Err(at(name, problem));
    }
    Ok(Workspace {
        name: name.value.clone(),
        subscription_id: first.subscription_id.clone(),
        resource_group: first.resource_group.clone(),
        location: first.location.clone(),
        uid: Uuid::new_v4().to_string(),
        identity_id: Uuid::new_v4().to_string(),
        managed_resource_group: format!("synapseworkspace-managedrg-{}", Uuid::new_v4()),
        storage_account: first.storage_account.clone(),
        filesystem: first.filesystem.clone(),
        pipelines: Vec::new(),
        spark_pools: first.spark_pools.first().cloned().into_iter().collect(),
        spark_job_definitions: Vec::new(),
        notebooks: Vec::new(),
        triggers: Vec::new(),
        sql_pools: Vec::new(),
    })
}
