//! All reporters of a run together.

use super::output::Consoles;
use super::registry;
use super::{Error, Options, Reporter};
use crate::record::{EventSink, Masker, RunEvent};
use crate::redact::Secrets;

/// Hides the secrets in each event and hands it to every reporter.
///
/// A reporter that fails gets no further events, and its error is kept for [`ReporterSet::finish`]; the
/// others and the run go on.
pub(crate) struct ReporterSet {
    reporters: Vec<Box<dyn Reporter>>,
    masker: Masker,
    errors: Vec<Error>,
    prints: bool,
}

impl ReporterSet {
    /// Makes the reporters of these names; a name that is given twice counts once.
    ///
    /// # Errors
    /// When there is no reporter of one of the names.
    pub(crate) fn new(
        names: &[String],
        mut options: Options,
        secrets: Secrets,
    ) -> Result<Self, Error> {
        let mut reporters: Vec<Box<dyn Reporter>> = Vec::new();
        // The console is a thing that only one reporter can have.
        let mut consoles = Consoles::new(options.console.take());
        for (position, name) in names.iter().enumerate() {
            if !names[..position].contains(name) {
                reporters.extend(registry::make(name, &options, &mut consoles)?);
            }
        }
        Ok(Self {
            reporters,
            masker: Masker::new(secrets),
            errors: Vec::new(),
            prints: consoles.is_used(),
        })
    }

    /// Whether a report goes to the console.
    pub(crate) fn prints(&self) -> bool {
        self.prints
    }

    /// Completes all reports; the errors of those that could not be made, in the order they happened.
    pub(crate) fn finish(mut self) -> Vec<Error> {
        for reporter in &mut self.reporters {
            if let Err(error) = reporter.finish() {
                self.errors.push(error);
            }
        }
        self.errors
    }
}

impl EventSink for ReporterSet {
    fn emit(&mut self, event: RunEvent) {
        let event = self.masker.mask(event);
        let errors = &mut self.errors;
        // A failed reporter is dropped at once, so that it takes its unfinished file with it.
        self.reporters
            .retain_mut(|reporter| match reporter.handle(&event) {
                Ok(()) => true,
                Err(error) => {
                    errors.push(error);
                    false
                }
            });
    }
}
