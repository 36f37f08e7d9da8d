//! The course of a pipeline run.

use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::pace::Course;
use crate::emulator::scenario::{Pipeline, PipelineEnd};

/// Azure's states of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum RunStatus {
    Queued,
    InProgress,
    Succeeded,
    Failed,
    /// Passing; Azure spells it with one l, unlike the final state.
    Canceling,
    Cancelled,
}

impl RunStatus {
    pub(in crate::emulator) fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::InProgress => "InProgress",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceling => "Canceling",
            Self::Cancelled => "Cancelled",
        }
    }

    pub(in crate::emulator) fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// What a run is started with.
pub(in crate::emulator) struct NewRun<'a> {
    pub(in crate::emulator) id: Uuid,
    /// The group to join, which a recovery does; otherwise the run begins one.
    pub(in crate::emulator) group: Option<Uuid>,
    pub(in crate::emulator) workspace: &'a str,
    pub(in crate::emulator) pipeline: &'a Pipeline,
    /// Parameters as the caller gave them.
    pub(in crate::emulator) given: Map<String, Value>,
    /// The first activity to run, of all when absent.
    pub(in crate::emulator) start_activity: Option<&'a str>,
    pub(in crate::emulator) invoker: Invoker,
}

/// What has started a run.
#[derive(Clone)]
pub(in crate::emulator) enum Invoker {
    /// A call of `createRun`.
    Manual,
    Trigger {
        name: String,
        kind: String,
    },
}

/// One run of a pipeline.
pub(in crate::emulator) struct PipelineRun {
    pub(in crate::emulator) id: Uuid,
    pub(in crate::emulator) group: Uuid,
    pub(in crate::emulator) workspace: String,
    pub(in crate::emulator) pipeline: String,
    /// Parameters as given, without defaults: what a run that refers to this one takes over.
    pub(in crate::emulator) given: Map<String, Value>,
    /// Parameters with the pipeline's defaults.
    pub(in crate::emulator) parameters: Map<String, Value>,
    pub(in crate::emulator) status: RunStatus,
    /// Why the run failed; empty as long as it did not.
    pub(in crate::emulator) message: String,
    pub(in crate::emulator) started: OffsetDateTime,
    pub(in crate::emulator) updated: OffsetDateTime,
    pub(in crate::emulator) ended: Option<OffsetDateTime>,
    /// Whether no later run of the group exists.
    pub(in crate::emulator) is_latest: bool,
    pub(in crate::emulator) invoker: Invoker,
    plan: Pipeline,
    /// A parameter without value or default, which makes the run fail before any activity.
    missing_parameter: Option<String>,
    first_activity_at: Option<OffsetDateTime>,
    last_step: OffsetDateTime,
    steps_left: u32,
}

/// What became of one activity in a run.
#[derive(Debug)]
pub(in crate::emulator) struct ActivityRun {
    pub(in crate::emulator) id: Uuid,
    pub(in crate::emulator) name: String,
    pub(in crate::emulator) kind: String,
    pub(in crate::emulator) status: ActivityStatus,
    pub(in crate::emulator) started: OffsetDateTime,
    pub(in crate::emulator) ended: Option<OffsetDateTime>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum ActivityStatus {
    InProgress,
    Succeeded,
    Failed { code: String, message: String },
    Cancelled,
}

impl Course for PipelineRun {
    /// The first step of a state only shows it, so that every state is seen by
    /// a client which looks after each step.
    fn advance(&mut self, now: OffsetDateTime) {
        if self.status.is_final() {
            return;
        }
        if self.steps_left == 0 {
            self.enter(self.next_status(), now);
        }
        self.steps_left = self.steps_left.saturating_sub(1);
        self.updated = now;
    }

    fn is_at_rest(&self) -> bool {
        self.status.is_final()
    }

    fn last_step(&mut self) -> &mut OffsetDateTime {
        &mut self.last_step
    }
}

impl PipelineRun {
    /// Queues a run.
    pub(in crate::emulator) fn new(new: NewRun<'_>, now: OffsetDateTime) -> Self {
        let mut plan = new.pipeline.clone();
        if new.group.is_some()
            && matches!(&plan.end, PipelineEnd::Fails(failure) if failure.is_mended_by_recovery)
        {
            plan.end = PipelineEnd::Succeeds;
        }
        if let Some(first) = new.start_activity
            && let Some(index) = position(&plan, first)
        {
            plan.activities.drain(..index);
        }
        let mut parameters = new.given.clone();
        let mut missing_parameter = None;
        for parameter in &plan.parameters {
            if parameters.contains_key(&parameter.name) {
                continue;
            }
            match &parameter.default {
                Some(value) => {
                    parameters.insert(parameter.name.clone(), value.clone());
                }
                None => {
                    missing_parameter = missing_parameter.or_else(|| Some(parameter.name.clone()));
                }
            }
        }

        Self {
            id: new.id,
            group: new.group.unwrap_or(new.id),
            workspace: new.workspace.to_owned(),
            pipeline: plan.name.clone(),
            given: new.given,
            parameters,
            status: RunStatus::Queued,
            message: String::new(),
            started: now,
            updated: now,
            ended: None,
            is_latest: true,
            invoker: new.invoker,
            plan,
            missing_parameter,
            first_activity_at: None,
            last_step: now,
            steps_left: 1,
        }
    }

    /// Asks for the end of the run, and says whether that changed anything: it does nothing to one
    /// that has ended or is about to.
    pub(in crate::emulator) fn cancel(&mut self, now: OffsetDateTime) -> bool {
        let is_going_on = matches!(self.status, RunStatus::Queued | RunStatus::InProgress);
        if is_going_on {
            self.enter(RunStatus::Canceling, now);
            self.updated = now;
            self.last_step = now;
        }
        is_going_on
    }

    /// Time from start to end, once it has ended.
    pub(in crate::emulator) fn duration(&self) -> Option<Duration> {
        self.ended.map(|ended| ended - self.started)
    }

    /// What has become of each activity that was begun, in order.
    pub(in crate::emulator) fn activity_runs(&self) -> Vec<ActivityRun> {
        let Some(started) = self.first_activity_at else {
            return Vec::new();
        };
        let statuses = self.activity_statuses();
        let ended = self.ended.unwrap_or(started);
        // The time of the run is shared out evenly: no activity really takes any.
        let share = (ended - started) / i32::try_from(statuses.len().max(1)).unwrap_or(i32::MAX);
        statuses
            .into_iter()
            .zip(&self.plan.activities)
            .enumerate()
            .map(|(index, (status, activity))| {
                let before = share * i32::try_from(index).unwrap_or(i32::MAX);
                ActivityRun {
                    id: self.activity_id(index),
                    name: activity.name.clone(),
                    kind: activity.kind.clone(),
                    ended: (status != ActivityStatus::InProgress).then(|| started + before + share),
                    started: started + before,
                    status,
                }
            })
            .collect()
    }

    fn activity_statuses(&self) -> Vec<ActivityStatus> {
        match (self.status, &self.plan.end) {
            (RunStatus::Succeeded, _) => {
                vec![ActivityStatus::Succeeded; self.plan.activities.len()]
            }
            (RunStatus::Failed, PipelineEnd::Fails(failure)) => {
                let failing = position(&self.plan, &failure.activity).unwrap_or_default();
                let mut statuses = vec![ActivityStatus::Succeeded; failing];
                statuses.push(ActivityStatus::Failed {
                    code: failure.code.clone(),
                    message: failure.message.clone(),
                });
                statuses
            }
            (RunStatus::Cancelled, _) => vec![ActivityStatus::Cancelled],
            _ => vec![ActivityStatus::InProgress],
        }
    }

    /// An id that stays the same from one query to the next: the run's own, counted up.
    fn activity_id(&self, index: usize) -> Uuid {
        let offset = u128::try_from(index).unwrap_or_default() + 1;
        Uuid::from_u128(self.id.as_u128() ^ offset)
    }

    fn next_status(&self) -> RunStatus {
        match self.status {
            RunStatus::Queued if self.missing_parameter.is_some() => RunStatus::Failed,
            RunStatus::Queued => RunStatus::InProgress,
            RunStatus::InProgress => match self.plan.end {
                PipelineEnd::Succeeds => RunStatus::Succeeded,
                PipelineEnd::Fails(_) => RunStatus::Failed,
                PipelineEnd::IsCancelled => RunStatus::Canceling,
            },
            RunStatus::Canceling => RunStatus::Cancelled,
            ended => ended,
        }
    }

    fn enter(&mut self, status: RunStatus, now: OffsetDateTime) {
        self.status = status;
        self.steps_left = match status {
            RunStatus::InProgress => self.plan.steps_in_progress.max(1),
            _ => 1,
        };
        if status == RunStatus::InProgress {
            self.first_activity_at = Some(now);
        }
        if status.is_final() {
            self.ended = Some(now);
        }
        if status == RunStatus::Failed {
            self.message = self.failure_message();
        }
    }

    fn failure_message(&self) -> String {
        match (&self.missing_parameter, &self.plan.end) {
            (Some(name), _) => format!(
                "Operation on target {} failed: The parameter '{name}' has neither a value nor a default.",
                self.pipeline
            ),
            (None, PipelineEnd::Fails(failure)) => {
                format!(
                    "Operation on target {} failed: {}",
                    failure.activity, failure.message
                )
            }
            (None, _) => String::new(),
        }
    }
}

fn position(pipeline: &Pipeline, activity: &str) -> Option<usize> {
    pipeline
        .activities
        .iter()
        .position(|candidate| candidate.name.eq_ignore_ascii_case(activity))
}
