//! Livy batches: Spark jobs as Synapse runs them.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::dispatch::Call;
use super::refusal::Problem;
use crate::emulator::answer::Answer;
use crate::emulator::scenario::SparkPool;
use crate::emulator::state::{Batch, BatchRequest, BatchState};
use crate::emulator::timestamp::Utc;

/// How many batches one answer lists at most.
const LIST_LIMIT: usize = 20;

/// What the value of a member has to be.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Number,
    Texts,
    TextByName,
}

/// Members of a request, in the order in which answers repeat them.
const MEMBERS: [(&str, Form); 14] = [
    ("name", Form::Text),
    ("file", Form::Text),
    ("className", Form::Text),
    ("args", Form::Texts),
    ("conf", Form::TextByName),
    ("jars", Form::Texts),
    ("pyFiles", Form::Texts),
    ("files", Form::Texts),
    ("archives", Form::Texts),
    ("driverMemory", Form::Text),
    ("driverCores", Form::Number),
    ("executorMemory", Form::Text),
    ("executorCores", Form::Number),
    ("numExecutors", Form::Number),
];

const TAGS: &str = "tags";

/// `POST …/batches`: starts a batch, which goes as the job definition of its name would.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Problem> {
    let pool = pool(call)?;
    let body = call.body()?.unwrap_or_default();
    let name = required(&body, "name")?;
    required(&body, "file")?;
    for (member, form) in MEMBERS.into_iter().chain([(TAGS, Form::TextByName)]) {
        check(&body, member, form)?;
    }
    let job = call
        .workspace
        .spark_job_definition(name)
        .map(|definition| definition.job.clone())
        .unwrap_or_default();
    let request = BatchRequest {
        workspace: call.workspace.name.clone(),
        pool: pool.name.clone(),
        name: name.to_owned(),
        submitter: call.caller.object_id.clone(),
        tags: body
            .get(TAGS)
            .filter(|tags| tags.is_object())
            .cloned()
            .unwrap_or_else(|| json!({})),
        creation_request: MEMBERS
            .into_iter()
            .filter_map(|(member, _)| Some((member.to_owned(), body.get(member)?.clone())))
            .collect::<Map<_, _>>()
            .into(),
        job,
        is_held: pool.is_full,
    };
    let mut store = call.service.store();
    let batch = store.add_batch(request, call.service.now());
    Ok(with_job_headers(Answer::ok(document(call, batch)), batch))
}

/// `GET …/batches/{batch}`, which is also what moves the batch on.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let pool = pool(call)?;
    let now = call.service.now();
    let mut store = call.service.store();
    let batch = id(call)?
        .and_then(|id| store.look_at_batch(&call.workspace.name, &pool.name, id, now))
        .ok_or_else(|| unknown(call))?;
    Ok(with_job_headers(Answer::ok(document(call, batch)), batch))
}

/// `GET …/batches`, newest first; `total` counts those in this answer.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let pool = pool(call)?;
    let from = number(call, "from")?.unwrap_or(0);
    let size = number(call, "size")?.unwrap_or(LIST_LIMIT).min(LIST_LIMIT);
    let store = call.service.store();
    let sessions: Vec<Value> = store
        .batches(&call.workspace.name, &pool.name)
        .iter()
        .rev()
        .skip(from)
        .take(size)
        .map(|batch| document(call, batch))
        .collect();
    Ok(Answer::ok(
        json!({ "from": from, "total": sessions.len(), "sessions": sessions }),
    ))
}

/// `DELETE …/batches/{batch}`: cancels a batch.
pub(super) fn cancel(call: &Call<'_>) -> Result<Answer, Problem> {
    let pool = pool(call)?;
    let mut store = call.service.store();
    let batch = id(call)?
        .and_then(|id| store.batch_mut(&call.workspace.name, &pool.name, id))
        .ok_or_else(|| unknown(call))?;
    batch.cancel(call.service.now());
    Ok(Answer::empty(StatusCode::OK))
}

/// The whole job, as Livy gives it with `detailed=true`; times as `utc` has them.
pub(super) fn detailed(batch: &Batch, utc: Utc, base_url: &str) -> Value {
    let time = |moment: Option<OffsetDateTime>| moment.map(|moment| utc.write(moment));
    let entered = |state: BatchState| time(batch.entered(state));
    let (scheduler_state, plugin_state) = progress(batch.state);
    let request = &batch.request;
    let mut job = json!({
        "livyInfo": {
            // Stays null even in the state of that name.
            "notStartedAt": null,
            "startingAt": entered(BatchState::Starting),
            "runningAt": entered(BatchState::Running),
            "deadAt": entered(BatchState::Dead),
            "successAt": entered(BatchState::Success),
            "killedAt": entered(BatchState::Killed),
            "recoveringAt": null,
            "currentState": batch.state.as_str(),
            "jobCreationRequest": request.creation_request,
        },
        "name": request.name,
        "workspaceName": request.workspace,
        "computeName": request.pool,
        "sparkPoolName": request.pool,
        "submitterId": request.submitter,
        "artifactId": "Livy",
        "jobType": "SparkBatch",
        "result": batch.state.result(),
        "schedulerInfo": {
            "submittedAt": time(Some(batch.submitted)),
            "queuedAt": time(Some(batch.submitted)),
            "scheduledAt": time(batch.starting),
            "endedAt": time(batch.ended),
            "cancellationRequestedAt": time(batch.cancel_requested),
            "currentState": scheduler_state,
        },
        "pluginInfo": {
            "preparationStartedAt": null,
            "resourceAcquisitionStartedAt": null,
            "submissionStartedAt": time(batch.starting),
            "monitoringStartedAt": time(batch.running),
            "cleanupStartedAt": time(batch.ended),
            "currentState": plugin_state,
        },
        "tags": request.tags,
    });
    if let Some(failure) = batch.failure() {
        job["errorInfo"] = json!([{
            "message": failure.message,
            "errorCode": "LIVY_JOB_FAILED",
            "source": failure.source,
        }]);
    }
    for (name, value) in plain_members(batch, base_url) {
        job[name] = value;
    }
    job
}

fn document(call: &Call<'_>, batch: &Batch) -> Value {
    let base_url = call.request.base_url();
    if call.request.flag("detailed") {
        detailed(batch, Utc::Offset, &base_url)
    } else {
        let members = plain_members(batch, &base_url);
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>()
            .into()
    }
}

/// The id that YARN gives an application once it runs.
pub(super) fn app_id(batch: &Batch) -> Option<String> {
    batch.running.map(|_| {
        let milliseconds = batch.submitted.unix_timestamp_nanos() / 1_000_000;
        format!("application_{milliseconds}_{:04}", batch.id + 1)
    })
}

/// The members of Apache Livy's own answer.
fn plain_members(batch: &Batch, base_url: &str) -> [(&'static str, Value); 5] {
    let has_begun = batch.starting.is_some();
    let app_id = app_id(batch);
    let link = |page: &str| {
        app_id
            .as_ref()
            .map(|app_id| format!("{base_url}/sparkui/{}/{app_id}/{page}", batch.request.pool))
    };
    let app_info = has_begun.then(|| {
        json!({
            "driverLogUrl": link("driverlog"),
            "sparkUiUrl": link("ui"),
            "isSessionTimedOut": null,
        })
    });
    let log = has_begun.then(|| json!(["stdout: ", "\nstderr: ", "\nYARN Diagnostics: "]));
    [
        ("id", batch.id.into()),
        ("appId", app_id.clone().into()),
        ("appInfo", app_info.into()),
        ("state", batch.state.as_str().into()),
        ("log", log.into()),
    ]
}

/// The words of the scheduler and of the plugin for a state.
fn progress(state: BatchState) -> (&'static str, &'static str) {
    match state {
        BatchState::NotStarted => ("Queued", "Preparation"),
        BatchState::Starting => ("Scheduled", "Submission"),
        BatchState::Running => ("Scheduled", "Monitoring"),
        BatchState::Success | BatchState::Dead | BatchState::Killed | BatchState::Error => {
            ("Ended", "Ended")
        }
    }
}

fn with_job_headers(answer: Answer, batch: &Batch) -> Answer {
    let (scheduler_state, _) = progress(batch.state);
    let answer = answer
        .with_header(
            "x-ms-job-internal-id",
            format!("{}-{}", batch.request.pool, batch.id),
        )
        .with_header("x-ms-job-type", "SparkServiceBatch")
        .with_header("x-ms-job-result", batch.state.result())
        .with_header("x-ms-job-scheduler-state", scheduler_state)
        .with_header("x-ms-job-submitted-on", Utc::Offset.write(batch.submitted))
        .with_header("x-ms-job-queued-on", Utc::Offset.write(batch.submitted));
    [
        ("x-ms-job-scheduled-on", batch.starting),
        ("x-ms-job-livysubmission-on", batch.starting),
        ("x-ms-job-ended-on", batch.ended),
    ]
    .into_iter()
    .filter_map(|(name, moment)| Some((name, moment?)))
    .fold(answer, |answer, (name, moment)| {
        answer.with_header(name, Utc::Offset.write(moment))
    })
}

fn pool<'a>(call: &Call<'a>) -> Result<&'a SparkPool, Problem> {
    let name = call.parameters.get("pool");
    call.workspace
        .spark_pool(name)
        .ok_or_else(|| call.not_found("SparkPool", name))
}

fn unknown(call: &Call<'_>) -> Problem {
    call.not_found("SparkBatch", call.parameters.get("batch"))
}

/// The id in the path; none where it is a number too large for any batch.
fn id(call: &Call<'_>) -> Result<Option<usize>, Problem> {
    let given = call.parameters.get("batch");
    if given.is_empty() || !given.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::BadRequest {
            reason: format!("The batch id '{given}' is not a number."),
        });
    }
    Ok(given.parse().ok())
}

fn number(call: &Call<'_>, name: &str) -> Result<Option<usize>, Problem> {
    call.request
        .filled_query(name)
        .map(|value| {
            value.parse().map_err(|_| Problem::BadRequest {
                reason: format!("The query parameter '{name}' is not a number: '{value}'."),
            })
        })
        .transpose()
}

/// Refuses a member whose value has another form. A null counts as left out.
fn check(body: &Map<String, Value>, member: &str, form: Form) -> Result<(), Problem> {
    let value = match body.get(member) {
        None | Some(Value::Null) => return Ok(()),
        Some(value) => value,
    };
    let (is_right, expected) = match form {
        Form::Text => (value.is_string(), "text"),
        Form::Number => (value.is_u64(), "a whole number"),
        Form::Texts => (
            value
                .as_array()
                .is_some_and(|values| values.iter().all(Value::is_string)),
            "a list of texts",
        ),
        Form::TextByName => (
            value
                .as_object()
                .is_some_and(|values| values.values().all(Value::is_string)),
            "an object whose values are texts",
        ),
    };
    if is_right {
        Ok(())
    } else {
        Err(Problem::BadRequest {
            reason: format!("The member '{member}' must be {expected}."),
        })
    }
}

fn required<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, Problem> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Problem::BadRequest {
            reason: format!("The property '{name}' of a batch is required."),
        })
}
