//! The text of a scenario: YAML, and what can stand in it.

use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use super::error::{Error, Problem};

/// A scenario file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ScenarioFile {
    pub(super) version: Spanned<u64>,
    pub(super) token_lifetime: Option<Spanned<u64>>,
    pub(super) step_milliseconds: Option<Spanned<u64>>,
    #[serde(default)]
    pub(super) principals: Vec<PrincipalEntry>,
    #[serde(default)]
    pub(super) workspaces: Vec<WorkspaceEntry>,
    #[serde(default)]
    pub(super) faults: Vec<FaultEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct PrincipalEntry {
    pub(super) client_id: String,
    pub(super) object_id: Option<String>,
    pub(super) secret: Option<String>,
    pub(super) expired_secret: Option<String>,
    pub(super) management_role: Option<bool>,
    pub(super) synapse_role: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WorkspaceEntry {
    pub(super) name: Spanned<String>,
    pub(super) resource_group: Option<String>,
    pub(super) location: Option<String>,
    #[serde(default)]
    pub(super) spark_pools: Vec<SparkPoolEntry>,
    #[serde(default)]
    pub(super) pipelines: Vec<PipelineEntry>,
    #[serde(default)]
    pub(super) spark_jobs: Vec<SparkJobEntry>,
    #[serde(default)]
    pub(super) notebooks: Vec<NotebookEntry>,
    #[serde(default)]
    pub(super) triggers: Vec<TriggerEntry>,
    #[serde(default)]
    pub(super) sql_pools: Vec<SqlPoolEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct SparkPoolEntry {
    pub(super) name: String,
    pub(super) spark_version: Option<String>,
    pub(super) nodes: Option<u32>,
    #[serde(default)]
    pub(super) full: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct PipelineEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) parameters: Vec<ParameterEntry>,
    #[serde(default)]
    pub(super) activities: Vec<ActivityEntry>,
    pub(super) steps: Option<u32>,
    #[serde(default)]
    pub(super) outcome: PipelineOutcome,
    pub(super) failure: Option<ActivityFailureEntry>,
}

/// How the runs of a pipeline end.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum PipelineOutcome {
    #[default]
    Succeeds,
    Fails,
    /// Fails, and succeeds when it is recovered.
    Recovers,
    Cancelled,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ParameterEntry {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) default: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ActivityEntry {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ActivityFailureEntry {
    pub(super) activity: Option<Spanned<String>>,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct SparkJobEntry {
    pub(super) name: String,
    pub(super) pool: Option<Spanned<String>>,
    pub(super) language: Option<String>,
    pub(super) file: Option<String>,
    pub(super) steps: Option<u32>,
    #[serde(default)]
    pub(super) outcome: JobOutcome,
    pub(super) failure: Option<JobFailureEntry>,
}

/// How a Spark job or a notebook ends.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum JobOutcome {
    #[default]
    Succeeds,
    Fails,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct JobFailureEntry {
    pub(super) source: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct NotebookEntry {
    pub(super) name: String,
    pub(super) steps: Option<u32>,
    pub(super) exit_value: Option<String>,
    #[serde(default)]
    pub(super) outcome: JobOutcome,
    pub(super) failure: Option<NotebookFailureEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct NotebookFailureEntry {
    pub(super) name: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct TriggerEntry {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) pipelines: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) started: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct SqlPoolEntry {
    pub(super) name: String,
    pub(super) level: Option<String>,
    #[serde(default)]
    pub(super) paused: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FaultEntry {
    pub(super) request: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) calls: Vec<Spanned<u64>>,
    pub(super) status: Option<Spanned<u16>>,
    pub(super) retry_after: Option<u64>,
    pub(super) message: Option<String>,
}

impl ScenarioFile {
    /// Reads the text; names in it are not yet looked up.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let file: Self = serde_saphyr::from_str(text).map_err(|error| refused(&error))?;
        match file.version.value {
            1 => Ok(file),
            version => Err(at(&file.version, Problem::UnknownVersion { version })),
        }
    }
}

/// A problem with a value that was read.
pub(super) fn at<T>(place: &Spanned<T>, problem: Problem) -> Error {
    let location = place.referenced;
    Error {
        line: usize::try_from(location.line()).unwrap_or(1),
        column: usize::try_from(location.column()).unwrap_or(1),
        problem,
    }
}

fn refused(error: &serde_saphyr::Error) -> Error {
    let error = error.without_snippet();
    let (line, column) = error.location().map_or((1, 1), |location| {
        (
            usize::try_from(location.line()).unwrap_or(1),
            usize::try_from(location.column()).unwrap_or(1),
        )
    });
    let problem = match error {
        serde_saphyr::Error::SerdeUnknownField {
            field, expected, ..
        } => Problem::UnknownKey {
            key: field.clone(),
            known: expected.clone(),
        },
        serde_saphyr::Error::SerdeUnknownVariant {
            variant, expected, ..
        } => Problem::UnknownWord {
            word: variant.clone(),
            known: expected.clone(),
        },
        serde_saphyr::Error::SerdeMissingField { field, .. } => Problem::MissingKey { key: field },
        other => {
            let message = other.to_string();
            let place = format!(" at line {line}, column {column}");
            // What the parser offers to programmers is no use to the author of a file.
            let reason = message
                .trim()
                .trim_end_matches(&place)
                .split(", set DuplicateKeyPolicy")
                .next()
                .unwrap_or_default();
            Problem::Syntax {
                reason: reason.to_owned(),
            }
        }
    };
    Error {
        line,
        column,
        problem,
    }
}
