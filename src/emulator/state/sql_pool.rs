//! The states of a dedicated SQL pool: pausing, resuming, scaling.

use time::OffsetDateTime;
use uuid::Uuid;

use super::pace::Course;

/// What somebody wants a pool to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum SqlPoolGoal {
    Pause,
    Resume,
    /// To a performance level such as `DW200c`.
    Scale(String),
}

/// Where one pool is.
pub(in crate::emulator) struct SqlPoolState {
    pub(in crate::emulator) level: String,
    is_paused: bool,
    operation: Option<(Uuid, SqlPoolGoal)>,
    last_step: OffsetDateTime,
    steps_left: u32,
}

impl Course for SqlPoolState {
    /// The first step of an operation only shows its state, as with runs.
    fn advance(&mut self, _now: OffsetDateTime) {
        if self.steps_left > 0 {
            self.steps_left -= 1;
            return;
        }
        match self.operation.take() {
            Some((_, SqlPoolGoal::Pause)) => self.is_paused = true,
            Some((_, SqlPoolGoal::Resume)) => self.is_paused = false,
            Some((_, SqlPoolGoal::Scale(level))) => self.level = level,
            None => {}
        }
    }

    fn is_at_rest(&self) -> bool {
        self.operation.is_none()
    }

    fn last_step(&mut self) -> &mut OffsetDateTime {
        &mut self.last_step
    }
}

impl SqlPoolState {
    pub(super) fn new(level: &str, is_paused: bool, now: OffsetDateTime) -> Self {
        Self {
            level: level.to_owned(),
            is_paused,
            operation: None,
            last_step: now,
            steps_left: 0,
        }
    }

    /// Azure's word for the state.
    pub(in crate::emulator) fn status(&self) -> &'static str {
        match &self.operation {
            Some((_, SqlPoolGoal::Pause)) => "Pausing",
            Some((_, SqlPoolGoal::Resume)) => "Resuming",
            Some((_, SqlPoolGoal::Scale(_))) => "Scaling",
            None if self.is_paused => "Paused",
            None => "Online",
        }
    }

    /// Whether the operation with this id still goes on.
    pub(in crate::emulator) fn is_under_way(&self, id: Uuid) -> bool {
        self.operation.as_ref().is_some_and(|(own, _)| *own == id)
    }

    pub(in crate::emulator) fn has_operation(&self) -> bool {
        self.operation.is_some()
    }

    /// Whether the pool is already what is wanted.
    pub(in crate::emulator) fn has_reached(&self, goal: &SqlPoolGoal) -> bool {
        !self.has_operation()
            && match goal {
                SqlPoolGoal::Pause => self.is_paused,
                SqlPoolGoal::Resume => !self.is_paused,
                SqlPoolGoal::Scale(level) => self.level == *level,
            }
    }

    pub(super) fn begin(&mut self, id: Uuid, goal: SqlPoolGoal, now: OffsetDateTime) {
        self.operation = Some((id, goal));
        self.steps_left = 1;
        self.last_step = now;
    }
}
