//! The course of a notebook run.

use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::pace::Course;
use crate::emulator::scenario::Notebook;

/// States of a notebook run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum NotebookStatus {
    Starting,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

impl NotebookStatus {
    pub(in crate::emulator) fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "Starting",
            Self::Running => "Running",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
        }
    }

    fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// What a notebook run is started with.
pub(in crate::emulator) struct NotebookRequest {
    /// Chosen by the caller.
    pub(in crate::emulator) id: Uuid,
    pub(in crate::emulator) workspace: String,
    pub(in crate::emulator) pool: String,
    pub(in crate::emulator) session_options: Value,
    pub(in crate::emulator) keeps_session: bool,
    pub(in crate::emulator) parameters: Value,
    pub(in crate::emulator) notebook: Notebook,
}

/// One run of a notebook.
pub(in crate::emulator) struct NotebookRun {
    pub(in crate::emulator) request: NotebookRequest,
    pub(in crate::emulator) status: NotebookStatus,
    /// The Livy session, which a run has from its second state on.
    pub(in crate::emulator) session: Option<usize>,
    pub(in crate::emulator) updated: OffsetDateTime,
    next_session: usize,
    last_step: OffsetDateTime,
    steps_left: u32,
}

impl Course for NotebookRun {
    fn advance(&mut self, now: OffsetDateTime) {
        self.updated = now;
        if self.steps_left > 0 {
            self.steps_left -= 1;
            return;
        }
        match self.status {
            NotebookStatus::Starting => {
                self.status = NotebookStatus::Running;
                self.session = Some(self.next_session);
                self.steps_left = self.request.notebook.steps_running.saturating_sub(1);
            }
            NotebookStatus::Running => {
                self.status = match self.request.notebook.failure {
                    Some(_) => NotebookStatus::Failed,
                    None => NotebookStatus::Succeeded,
                };
            }
            NotebookStatus::Succeeded | NotebookStatus::Failed | NotebookStatus::Cancelled => {}
        }
    }

    fn is_at_rest(&self) -> bool {
        self.status.is_final()
    }

    fn last_step(&mut self) -> &mut OffsetDateTime {
        &mut self.last_step
    }
}

impl NotebookRun {
    pub(super) fn new(request: NotebookRequest, next_session: usize, now: OffsetDateTime) -> Self {
        Self {
            request,
            status: NotebookStatus::Starting,
            session: None,
            updated: now,
            next_session,
            last_step: now,
            // The answer to its creation has shown the first state already.
            steps_left: 0,
        }
    }

    /// Ends the run at once; does nothing to one that has ended.
    pub(in crate::emulator) fn cancel(&mut self, now: OffsetDateTime) {
        if !self.status.is_final() {
            self.status = NotebookStatus::Cancelled;
            self.updated = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-01-01 09:00 UTC);

    fn run() -> NotebookRun {
        let request = NotebookRequest {
            id: Uuid::from_u128(1),
            workspace: "ws-demo".to_owned(),
            pool: "sparkpool1".to_owned(),
            session_options: json!({}),
            keeps_session: false,
            parameters: json!({}),
            notebook: Notebook {
                name: "nb".to_owned(),
                steps_running: 2,
                exit_value: None,
                failure: None,
            },
        };
        NotebookRun::new(request, 7, NOW)
    }

    #[test]
    fn a_run_has_a_session_from_its_second_state_on() {
        let mut run = run();
        assert_eq!((run.status, run.session), (NotebookStatus::Starting, None));

        let statuses: Vec<NotebookStatus> = (0..4)
            .map(|_| {
                run.advance(NOW);
                run.status
            })
            .collect();

        assert_eq!(run.session, Some(7));
        assert_eq!(
            statuses,
            [
                NotebookStatus::Running,
                NotebookStatus::Running,
                NotebookStatus::Succeeded,
                NotebookStatus::Succeeded
            ]
        );
    }

    #[test]
    fn a_cancelled_run_stays_cancelled() {
        let mut run = run();
        run.cancel(NOW);

        run.advance(NOW);

        assert_eq!(run.status, NotebookStatus::Cancelled);
    }
}
