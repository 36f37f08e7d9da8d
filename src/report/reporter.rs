//! What every reporter can do.

use super::Error;
use crate::record::RunEvent;

/// Turns the events of a run into a report.
pub(crate) trait Reporter: Send {
    /// Takes one event, with all secrets hidden. After an error no further event comes.
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error>;

    /// Completes the report after the last event, also when the run never came to its end.
    fn finish(&mut self) -> Result<(), Error>;
}
