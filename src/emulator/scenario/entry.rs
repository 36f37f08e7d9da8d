//! The entries of a scenario file, each turned into what it describes.

use std::time::Duration;

use serde_saphyr::Spanned;

use super::error::{Error, Problem};
use super::fault::CallPattern;
use super::file::{
    ActivityFailureEntry, FaultEntry, JobFailureEntry, JobOutcome, NotebookEntry, PipelineEntry,
    PipelineOutcome, SparkJobEntry, SparkPoolEntry, SqlPoolEntry, TriggerEntry, at,
};
use super::{
    Activity, ActivityFailure, Fault, Notebook, NotebookFailure, Parameter, Pipeline, PipelineEnd,
    SparkJob, SparkJobDefinition, SparkJobFailure, SparkPool, SqlPool, Trigger,
};
use crate::suggest::nearest;

pub(super) fn spark_pool(entry: SparkPoolEntry) -> SparkPool {
    SparkPool {
        name: entry.name,
        spark_version: entry.spark_version.unwrap_or_else(|| "3.4".to_owned()),
        node_count: entry.nodes.unwrap_or(3),
        is_full: entry.full,
    }
}

pub(super) fn sql_pool(entry: SqlPoolEntry) -> SqlPool {
    SqlPool {
        name: entry.name,
        level: entry.level.unwrap_or_else(|| "DW100c".to_owned()),
        is_paused: entry.paused,
    }
}

pub(super) fn pipeline(entry: PipelineEntry) -> Result<Pipeline, Error> {
    let mut activities: Vec<Activity> = entry
        .activities
        .into_iter()
        .map(|activity| Activity {
            name: activity.name,
            kind: activity.kind.unwrap_or_else(|| "Copy".to_owned()),
        })
        .collect();
    if activities.is_empty() {
        activities.push(Activity {
            name: "Copy data".to_owned(),
            kind: "Copy".to_owned(),
        });
    }
    let end = match entry.outcome {
        PipelineOutcome::Succeeds => PipelineEnd::Succeeds,
        PipelineOutcome::Cancelled => PipelineEnd::IsCancelled,
        PipelineOutcome::Fails | PipelineOutcome::Recovers => PipelineEnd::Fails(activity_failure(
            entry.failure,
            &activities,
            entry.outcome == PipelineOutcome::Recovers,
        )?),
    };
    Ok(Pipeline {
        name: entry.name,
        parameters: entry
            .parameters
            .into_iter()
            .map(|parameter| Parameter {
                name: parameter.name,
                kind: parameter.kind.unwrap_or_else(|| "String".to_owned()),
                default: parameter.default,
            })
            .collect(),
        activities,
        steps_in_progress: entry.steps.unwrap_or(1),
        end,
    })
}

fn activity_failure(
    entry: Option<ActivityFailureEntry>,
    activities: &[Activity],
    is_mended_by_recovery: bool,
) -> Result<ActivityFailure, Error> {
    let (activity, code, message) = match entry {
        Some(entry) => (entry.activity, entry.code, entry.message),
        None => (None, None, None),
    };
    let names = activities.iter().map(|activity| activity.name.as_str());
    let activity = match activity {
        Some(activity) => known("activity", &activity, names)?,
        // Without a name, the last one fails.
        None => activities
            .last()
            .map(|activity| activity.name.clone())
            .unwrap_or_default(),
    };
    Ok(ActivityFailure {
        activity,
        code: code.unwrap_or_else(|| "2200".to_owned()),
        message: message.unwrap_or_else(|| "The scenario has it fail".to_owned()),
        is_mended_by_recovery,
    })
}

pub(super) fn spark_job(
    entry: SparkJobEntry,
    pools: &[SparkPool],
    lake: &str,
) -> Result<SparkJobDefinition, Error> {
    let names = pools.iter().map(|pool| pool.name.as_str());
    let pool = match &entry.pool {
        Some(pool) => known("Spark pool", pool, names)?,
        None => names.into_iter().next().unwrap_or_default().to_owned(),
    };
    let failure = (entry.outcome == JobOutcome::Fails).then(|| job_failure(entry.failure));
    Ok(SparkJobDefinition {
        file: entry
            .file
            .unwrap_or_else(|| format!("{lake}{}.py", entry.name)),
        name: entry.name,
        pool,
        language: entry.language.unwrap_or_else(|| "PySpark".to_owned()),
        job: SparkJob {
            steps_running: entry.steps.unwrap_or(1),
            failure,
        },
    })
}

fn job_failure(entry: Option<JobFailureEntry>) -> SparkJobFailure {
    let (source, message) = entry.map_or((None, None), |entry| (entry.source, entry.message));
    SparkJobFailure {
        source: source.unwrap_or_else(|| "User".to_owned()),
        message: message.unwrap_or_else(|| "The scenario has it fail".to_owned()),
    }
}

pub(super) fn notebook(entry: NotebookEntry) -> Notebook {
    let failure = (entry.outcome == JobOutcome::Fails).then(|| {
        let (name, message) = entry
            .failure
            .map_or((None, None), |entry| (entry.name, entry.message));
        NotebookFailure {
            name: name.unwrap_or_else(|| "RuntimeError".to_owned()),
            message: message.unwrap_or_else(|| "the scenario has it fail".to_owned()),
        }
    });
    Notebook {
        name: entry.name,
        steps_running: entry.steps.unwrap_or(1),
        exit_value: entry.exit_value,
        failure,
    }
}

pub(super) fn trigger(entry: TriggerEntry, pipelines: &[Pipeline]) -> Result<Trigger, Error> {
    let names = || pipelines.iter().map(|pipeline| pipeline.name.as_str());
    Ok(Trigger {
        name: entry.name,
        kind: entry.kind.unwrap_or_else(|| "ScheduleTrigger".to_owned()),
        pipelines: entry
            .pipelines
            .iter()
            .map(|pipeline| known("pipeline", pipeline, names()))
            .collect::<Result<_, _>>()?,
        is_started: entry.started,
    })
}

pub(super) fn fault(entry: FaultEntry) -> Result<Fault, Error> {
    let pattern = match &entry.request {
        None => CallPattern::BothPlanes,
        Some(request) => CallPattern::parse(&request.value).ok_or_else(|| {
            let problem = Problem::Value {
                key: "request",
                value: format!("`{}`", request.value),
                wanted: "a method and a path such as `POST /pipelines/*/createRun`",
            };
            at(request, problem)
        })?,
    };
    let status = match &entry.status {
        None => 429,
        Some(status) if (400..600).contains(&status.value) => status.value,
        Some(status) => {
            let problem = Problem::Value {
                key: "status",
                value: status.value.to_string(),
                wanted: "a status from 400 to 599",
            };
            return Err(at(status, problem));
        }
    };
    let calls = entry
        .calls
        .iter()
        .map(|call| positive("calls", call))
        .collect::<Result<_, _>>()?;
    Ok(Fault {
        pattern,
        calls,
        status,
        retry_after: entry.retry_after.map(Duration::from_secs),
        message: entry.message,
    })
}

/// The name as the scenario spells it.
fn known<'a>(
    kind: &'static str,
    name: &Spanned<String>,
    names: impl Iterator<Item = &'a str>,
) -> Result<String, Error> {
    let names: Vec<&str> = names.collect();
    names
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&name.value))
        .map(|known| (*known).to_owned())
        .ok_or_else(|| {
            let near = nearest(&name.value, names.iter().copied()).map(str::to_owned);
            let problem = Problem::UnknownName {
                kind,
                name: name.value.clone(),
                near,
            };
            at(name, problem)
        })
}

/// A number that is neither 0 nor beyond all dates.
pub(super) fn positive(key: &'static str, number: &Spanned<u64>) -> Result<u64, Error> {
    // A century, beyond which dates stop being dates.
    const MOST: u64 = 3_155_760_000_000;
    if (1..=MOST).contains(&number.value) {
        Ok(number.value)
    } else {
        let problem = Problem::Value {
            key,
            value: number.value.to_string(),
            wanted: "a number from 1 to what a century has",
        };
        Err(at(number, problem))
    }
}
