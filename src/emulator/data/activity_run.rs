//! Runs of the activities in a pipeline run: the only place that tells why one failed.

use serde_json::{Value, json};

use super::dispatch::Call;
use super::pipeline_run::{id, unknown};
use super::query_filter::{Operand, Query};
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::state::{ActivityRun, ActivityStatus, PipelineRun};
use crate::emulator::timestamp::Utc;

/// What activity runs can be filtered and sorted by.
const OPERANDS: &[Operand] = &[
    Operand {
        name: "ActivityName",
        member: "activityName",
    },
    Operand {
        name: "ActivityType",
        member: "activityType",
    },
    Operand {
        name: "ActivityRunStart",
        member: "activityRunStart",
    },
    Operand {
        name: "ActivityRunEnd",
        member: "activityRunEnd",
    },
    Operand {
        name: "Status",
        member: "status",
    },
];

/// `POST /pipelines/{pipeline}/pipelineruns/{run}/queryActivityruns`
pub(super) fn query(call: &Call<'_>) -> Result<Answer, Problem> {
    let name = call.parameters.get("pipeline");
    let pipeline = call
        .workspace
        .pipeline(name)
        .ok_or_else(|| call.not_found("Pipeline", name))?;
    let query = Query::read(call.body()?, OPERANDS)?;
    let store = call.service.store();
    let run = id(call)
        .and_then(|id| store.run(&call.workspace.name, id))
        .filter(|run| run.pipeline == pipeline.name)
        .ok_or_else(|| unknown(call))?;
    let activities = run.activity_runs().into_iter().map(|activity| {
        (
            activity.ended.unwrap_or(activity.started),
            document(run, &activity),
        )
    });
    let (page, _) = query.page(activities)?;
    Ok(Answer::ok(json!({ "value": page })))
}

fn document(run: &PipelineRun, activity: &ActivityRun) -> Value {
    let duration = activity.ended.map(|ended| ended - activity.started);
    let (status, error) = match &activity.status {
        ActivityStatus::InProgress => ("InProgress", no_error(activity)),
        ActivityStatus::Succeeded => ("Succeeded", no_error(activity)),
        ActivityStatus::Cancelled => ("Cancelled", no_error(activity)),
        ActivityStatus::Failed { code, message } => (
            "Failed",
            json!({
                "errorCode": code,
                "message": message,
                "failureType": "UserError",
                "target": activity.name,
                "details": [],
            }),
        ),
    };
    json!({
        "activityRunId": activity.id.to_string(),
        "activityName": activity.name,
        "activityType": activity.kind,
        "pipelineName": run.pipeline,
        "pipelineRunId": run.id.to_string(),
        "activityRunStart": Utc::Letter.write(activity.started),
        "activityRunEnd": activity.ended.map(|ended| Utc::Letter.write(ended)),
        "durationInMs": duration.and_then(|duration| i64::try_from(duration.whole_milliseconds()).ok()),
        "status": status,
        "retryAttempt": null,
        "linkedServiceName": "",
        "userProperties": {},
        "input": {},
        "output": {},
        "error": error,
    })
}

fn no_error(activity: &ActivityRun) -> Value {
    json!({ "errorCode": "", "message": "", "failureType": "", "target": activity.name })
}
