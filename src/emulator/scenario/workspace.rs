//! A workspace and what is stored in it, with the ends that its runs come to.

use serde_json::Value;

/// A Synapse workspace.
pub(in crate::emulator) struct Workspace {
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) subscription_id: String,
    pub(in crate::emulator) resource_group: String,
    pub(in crate::emulator) location: String,
    /// The workspace's own id, `workspaceUID`.
    pub(in crate::emulator) uid: String,
    /// Object id of the workspace's managed identity.
    pub(in crate::emulator) identity_id: String,
    pub(in crate::emulator) managed_resource_group: String,
    pub(in crate::emulator) storage_account: String,
    pub(in crate::emulator) filesystem: String,
    pub(in crate::emulator) pipelines: Vec<Pipeline>,
    pub(in crate::emulator) spark_pools: Vec<SparkPool>,
    pub(in crate::emulator) spark_job_definitions: Vec<SparkJobDefinition>,
    pub(in crate::emulator) notebooks: Vec<Notebook>,
    pub(in crate::emulator) triggers: Vec<Trigger>,
    pub(in crate::emulator) sql_pools: Vec<SqlPool>,
}

impl Workspace {
    /// The id that the management plane gives it.
    pub(in crate::emulator) fn resource_id(&self) -> String {
        format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Synapse/workspaces/{}",
            self.subscription_id, self.resource_group, self.name
        )
    }

    pub(in crate::emulator) fn pipeline(&self, name: &str) -> Option<&Pipeline> {
        by_name(&self.pipelines, name)
    }

    pub(in crate::emulator) fn spark_pool(&self, name: &str) -> Option<&SparkPool> {
        by_name(&self.spark_pools, name)
    }

    pub(in crate::emulator) fn spark_job_definition(
        &self,
        name: &str,
    ) -> Option<&SparkJobDefinition> {
        by_name(&self.spark_job_definitions, name)
    }

    pub(in crate::emulator) fn notebook(&self, name: &str) -> Option<&Notebook> {
        by_name(&self.notebooks, name)
    }

    pub(in crate::emulator) fn trigger(&self, name: &str) -> Option<&Trigger> {
        by_name(&self.triggers, name)
    }

    pub(in crate::emulator) fn sql_pool(&self, name: &str) -> Option<&SqlPool> {
        by_name(&self.sql_pools, name)
    }
}

/// What is found by its name, without regard to case.
pub(in crate::emulator) trait Named {
    fn name(&self) -> &str;
}

pub(in crate::emulator) fn by_name<'a, T: Named>(items: &'a [T], name: &str) -> Option<&'a T> {
    items
        .iter()
        .find(|item| item.name().eq_ignore_ascii_case(name))
}

macro_rules! named {
    ($($kind:ty),+) => {
        $(impl Named for $kind {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}

named!(
    Workspace,
    Pipeline,
    SparkPool,
    SparkJobDefinition,
    Notebook,
    Trigger,
    SqlPool
);

/// A pipeline, and how each of its runs goes.
#[derive(Clone)]
pub(in crate::emulator) struct Pipeline {
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) parameters: Vec<Parameter>,
    pub(in crate::emulator) activities: Vec<Activity>,
    /// For how many steps a run is in progress; at least one.
    pub(in crate::emulator) steps_in_progress: u32,
    pub(in crate::emulator) end: PipelineEnd,
}

/// A parameter that a pipeline declares.
#[derive(Clone)]
pub(in crate::emulator) struct Parameter {
    pub(in crate::emulator) name: String,
    /// Azure's word for the type, such as `String` or `Int`.
    pub(in crate::emulator) kind: String,
    pub(in crate::emulator) default: Option<Value>,
}

/// One activity of a pipeline; they run in the order of the list.
#[derive(Clone)]
pub(in crate::emulator) struct Activity {
    pub(in crate::emulator) name: String,
    /// Azure's word for the type, such as `Copy`.
    pub(in crate::emulator) kind: String,
}

/// How the runs of a pipeline end.
#[derive(Clone)]
pub(in crate::emulator) enum PipelineEnd {
    Succeeds,
    Fails(ActivityFailure),
    /// Somebody else cancels each run.
    IsCancelled,
}

/// The failure of one activity, which fails the run.
#[derive(Clone)]
pub(in crate::emulator) struct ActivityFailure {
    pub(in crate::emulator) activity: String,
    pub(in crate::emulator) code: String,
    pub(in crate::emulator) message: String,
    /// Whether a run that recovers a failed one succeeds.
    pub(in crate::emulator) is_mended_by_recovery: bool,
}

/// A Spark pool.
#[derive(Clone)]
pub(in crate::emulator) struct SparkPool {
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) spark_version: String,
    pub(in crate::emulator) node_count: u32,
    /// Whether there is no room, so that whatever is submitted waits.
    pub(in crate::emulator) is_full: bool,
}

/// A stored Spark job.
#[derive(Clone)]
pub(in crate::emulator) struct SparkJobDefinition {
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) pool: String,
    pub(in crate::emulator) language: String,
    /// The main file of the job.
    pub(in crate::emulator) file: String,
    pub(in crate::emulator) job: SparkJob,
}

/// How a Spark job goes.
#[derive(Clone)]
pub(in crate::emulator) struct SparkJob {
    /// For how many steps it is running; at least one.
    pub(in crate::emulator) steps_running: u32,
    pub(in crate::emulator) failure: Option<SparkJobFailure>,
}

impl Default for SparkJob {
    fn default() -> Self {
        Self {
            steps_running: 1,
            failure: None,
        }
    }
}

/// Why a Spark job fails.
#[derive(Clone)]
pub(in crate::emulator) struct SparkJobFailure {
    /// Whose fault it is in Azure's words: `User` or `Dependency`.
    pub(in crate::emulator) source: String,
    pub(in crate::emulator) message: String,
}

/// A notebook, and how each of its runs goes.
#[derive(Clone)]
pub(in crate::emulator) struct Notebook {
    pub(in crate::emulator) name: String,
    /// For how many steps a run is running; at least one.
    pub(in crate::emulator) steps_running: u32,
    /// What the notebook hands back at its end.
    pub(in crate::emulator) exit_value: Option<String>,
    pub(in crate::emulator) failure: Option<NotebookFailure>,
}

/// The exception that ends a notebook.
#[derive(Clone)]
pub(in crate::emulator) struct NotebookFailure {
    /// Its class, such as `ValueError`.
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) message: String,
}

/// Something that starts pipelines.
#[derive(Clone)]
pub(in crate::emulator) struct Trigger {
    pub(in crate::emulator) name: String,
    /// Azure's word for the type, such as `ScheduleTrigger`.
    pub(in crate::emulator) kind: String,
    pub(in crate::emulator) pipelines: Vec<String>,
    pub(in crate::emulator) is_started: bool,
}

/// A dedicated SQL pool as it is at the start.
#[derive(Clone)]
pub(in crate::emulator) struct SqlPool {
    pub(in crate::emulator) name: String,
    /// The performance level, such as `DW100c`.
    pub(in crate::emulator) level: String,
    pub(in crate::emulator) is_paused: bool,
}
