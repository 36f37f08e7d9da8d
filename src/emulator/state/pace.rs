//! What moves things on: looks at them, or time.

use std::time::Duration;

use time::OffsetDateTime;

/// Something that takes a course of its own, step by step.
pub(super) trait Course {
    /// Goes one step on.
    fn advance(&mut self, now: OffsetDateTime);

    /// Whether no further step would change anything.
    fn is_at_rest(&self) -> bool;

    /// The moment of the last step.
    fn last_step(&mut self) -> &mut OffsetDateTime;
}

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(in crate::emulator) enum Pace {
    /// With each look, so that the course is the same however fast a client is.
    #[default]
    Looks,
    /// After each such time, whoever looks.
    Time(Duration),
}

impl Pace {
    /// Moves on by what a new thing has gone through when its creation is answered.
    ///
    /// The first look at something that moves by looks only shows it; time goes on at once.
    pub(super) fn begin(self, course: &mut impl Course, now: OffsetDateTime) {
        if matches!(self, Self::Time(_)) {
            course.advance(now);
        }
    }

    /// Moves on for a look that counts.
    pub(super) fn look(self, course: &mut impl Course, now: OffsetDateTime) {
        match self {
            Self::Looks => course.advance(now),
            Self::Time(_) => self.pass(course, now),
        }
    }

    /// Moves on by the time that has passed since the last step.
    pub(super) fn pass(self, course: &mut impl Course, now: OffsetDateTime) {
        let Self::Time(step) = self else { return };
        while !course.is_at_rest() {
            let next = *course.last_step() + step;
            if next > now {
                return;
            }
            *course.last_step() = next;
            course.advance(next);
        }
    }
}
