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
        self.pipelines
            .iter()
            .find(|pipeline| pipeline.name.eq_ignore_ascii_case(name))
    }

    pub(in crate::emulator) fn spark_pool(&self, name: &str) -> Option<&SparkPool> {
        self.spark_pools
            .iter()
            .find(|pool| pool.name.eq_ignore_ascii_case(name))
    }

    pub(in crate::emulator) fn spark_job_definition(
        &self,
        name: &str,
    ) -> Option<&SparkJobDefinition> {
        self.spark_job_definitions
            .iter()
            .find(|definition| definition.name.eq_ignore_ascii_case(name))
    }
}

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
}

/// A Spark pool.
pub(in crate::emulator) struct SparkPool {
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) spark_version: String,
    pub(in crate::emulator) node_count: u32,
}

/// A stored Spark job.
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
