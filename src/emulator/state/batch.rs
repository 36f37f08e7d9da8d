//! The course of a Spark batch.

use serde_json::Value;
use time::OffsetDateTime;

use super::pace::Course;
use crate::emulator::scenario::{SparkJob, SparkJobFailure};

/// Livy's states of a batch, as far as a batch reaches them here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum BatchState {
    NotStarted,
    Starting,
    Running,
    Success,
    Dead,
    /// Cancelled while it was starting or running.
    Killed,
    /// Cancelled before it started.
    Error,
}

impl BatchState {
    pub(in crate::emulator) fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Success => "success",
            Self::Dead => "dead",
            Self::Killed => "killed",
            Self::Error => "error",
        }
    }

    /// Synapse's own word for how it went.
    pub(in crate::emulator) fn result(self) -> &'static str {
        match self {
            Self::NotStarted | Self::Starting | Self::Running => "Uncertain",
            Self::Success => "Succeeded",
            Self::Dead => "Failed",
            Self::Killed | Self::Error => "Cancelled",
        }
    }

    pub(in crate::emulator) fn is_final(self) -> bool {
        matches!(
            self,
            Self::Success | Self::Dead | Self::Killed | Self::Error
        )
    }
}

/// What a batch is started with.
pub(in crate::emulator) struct BatchRequest {
    pub(in crate::emulator) workspace: String,
    pub(in crate::emulator) pool: String,
    pub(in crate::emulator) name: String,
    /// Object id of the caller.
    pub(in crate::emulator) submitter: String,
    pub(in crate::emulator) tags: Value,
    /// The request as the answers repeat it.
    pub(in crate::emulator) creation_request: Value,
    pub(in crate::emulator) job: SparkJob,
    /// Whether the pool has no room, so that the batch waits until it is cancelled.
    pub(in crate::emulator) is_held: bool,
}

/// One Spark batch.
pub(in crate::emulator) struct Batch {
    pub(in crate::emulator) id: usize,
    pub(in crate::emulator) request: BatchRequest,
    pub(in crate::emulator) state: BatchState,
    pub(in crate::emulator) submitted: OffsetDateTime,
    pub(in crate::emulator) starting: Option<OffsetDateTime>,
    pub(in crate::emulator) running: Option<OffsetDateTime>,
    pub(in crate::emulator) ended: Option<OffsetDateTime>,
    pub(in crate::emulator) cancel_requested: Option<OffsetDateTime>,
    last_step: OffsetDateTime,
    steps_left: u32,
}

impl Course for Batch {
    fn advance(&mut self, now: OffsetDateTime) {
        self.go_on(now);
    }

    fn is_at_rest(&self) -> bool {
        self.state.is_final() || self.request.is_held
    }

    fn last_step(&mut self) -> &mut OffsetDateTime {
        &mut self.last_step
    }
}

impl Batch {
    /// Queues a batch.
    pub(in crate::emulator) fn new(id: usize, request: BatchRequest, now: OffsetDateTime) -> Self {
        Self {
            id,
            request,
            state: BatchState::NotStarted,
            submitted: now,
            starting: None,
            running: None,
            ended: None,
            cancel_requested: None,
            last_step: now,
            // The answer to its creation has shown the first state already.
            steps_left: 0,
        }
    }

    fn go_on(&mut self, now: OffsetDateTime) {
        if self.request.is_held {
            return;
        }
        if self.steps_left > 0 {
            self.steps_left -= 1;
            return;
        }
        match self.state {
            BatchState::NotStarted => {
                self.state = BatchState::Starting;
                self.starting = Some(now);
            }
            BatchState::Starting => {
                self.state = BatchState::Running;
                self.running = Some(now);
                self.steps_left = self.request.job.steps_running.saturating_sub(1);
            }
            BatchState::Running => {
                let failed = self.request.job.failure.is_some();
                self.end(
                    if failed {
                        BatchState::Dead
                    } else {
                        BatchState::Success
                    },
                    now,
                );
            }
            BatchState::Success | BatchState::Dead | BatchState::Killed | BatchState::Error => {}
        }
    }

    /// Ends the batch at once; does nothing to one that has ended.
    pub(in crate::emulator) fn cancel(&mut self, now: OffsetDateTime) {
        if self.state.is_final() {
            return;
        }
        self.cancel_requested = Some(now);
        let started = self.state != BatchState::NotStarted;
        self.end(
            if started {
                BatchState::Killed
            } else {
                BatchState::Error
            },
            now,
        );
    }

    /// Why it failed, once it has.
    pub(in crate::emulator) fn failure(&self) -> Option<&SparkJobFailure> {
        self.request
            .job
            .failure
            .as_ref()
            .filter(|_| self.state == BatchState::Dead)
    }

    /// When it entered `state`, if it is there or has been.
    pub(in crate::emulator) fn entered(&self, state: BatchState) -> Option<OffsetDateTime> {
        match state {
            BatchState::NotStarted => Some(self.submitted),
            BatchState::Starting => self.starting,
            BatchState::Running => self.running,
            ended => self.ended.filter(|_| self.state == ended),
        }
    }

    fn end(&mut self, state: BatchState, now: OffsetDateTime) {
        self.state = state;
        self.ended = Some(now);
        self.steps_left = 0;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-01-01 09:00 UTC);

    fn batch(job: SparkJob) -> Batch {
        let request = BatchRequest {
            workspace: "ws-demo".to_owned(),
            pool: "sparkpool1".to_owned(),
            name: "wordcount".to_owned(),
            submitter: "me".to_owned(),
            tags: json!({}),
            creation_request: json!({}),
            job,
            is_held: false,
        };
        Batch::new(0, request, NOW)
    }

    fn course(batch: &mut Batch, steps: usize) -> Vec<BatchState> {
        (0..steps)
            .map(|_| {
                batch.advance(NOW);
                batch.state
            })
            .collect()
    }

    #[test]
    fn a_batch_goes_through_its_states_and_stays_at_the_end() {
        let mut batch = batch(SparkJob {
            steps_running: 2,
            failure: None,
        });

        let states = course(&mut batch, 5);

        assert_eq!(
            states,
            [
                BatchState::Starting,
                BatchState::Running,
                BatchState::Running,
                BatchState::Success,
                BatchState::Success
            ]
        );
    }

    #[test]
    fn a_failing_job_ends_dead_and_tells_why_only_then() {
        let failure = SparkJobFailure {
            source: "User".to_owned(),
            message: "no".to_owned(),
        };
        let mut batch = batch(SparkJob {
            steps_running: 1,
            failure: Some(failure),
        });

        assert!(batch.failure().is_none());
        assert_eq!(course(&mut batch, 3).last(), Some(&BatchState::Dead));

        assert_eq!(
            batch.failure().map(|failure| failure.message.as_str()),
            Some("no")
        );
    }

    #[test]
    fn a_batch_in_a_pool_without_room_waits_until_it_is_cancelled() {
        let mut batch = batch(SparkJob::default());
        batch.request.is_held = true;

        assert_eq!(course(&mut batch, 9), [BatchState::NotStarted; 9]);
        batch.cancel(NOW);

        assert_eq!(batch.state, BatchState::Error);
    }

    #[test]
    fn a_batch_cancelled_before_it_started_ends_in_error() {
        let mut batch = batch(SparkJob::default());

        batch.cancel(NOW);

        assert_eq!(batch.state, BatchState::Error);
        assert_eq!(batch.entered(BatchState::Killed), None);
    }

    #[test]
    fn a_batch_cancelled_later_is_killed_and_a_finished_one_stays() {
        let mut started = batch(SparkJob::default());
        started.advance(NOW);
        started.cancel(NOW);
        let mut finished = batch(SparkJob::default());
        course(&mut finished, 3);
        finished.cancel(NOW);

        assert_eq!(started.state, BatchState::Killed);
        assert_eq!(started.entered(BatchState::Killed), Some(NOW));
        assert_eq!(finished.state, BatchState::Success);
        assert_eq!(finished.cancel_requested, None);
    }
}
