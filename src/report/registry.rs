//! The table of reporters.

use super::console::{self, ConsoleReporter};
use super::events::{self, EventsReporter};
use super::har::{self, HarReporter};
use super::html::HtmlReporter;
use super::json::JsonReporter;
use super::junit::JunitReporter;
use super::output::Consoles;
use super::tap::{self, TapReporter};
use super::teamcity::{self, TeamcityReporter};
use super::{Error, Options, Reporter};
use crate::suggest::nearest;

/// Makes a reporter; `None` when its options say that it has nothing to do.
type Make = fn(&Options, &mut Consoles) -> Result<Option<Box<dyn Reporter>>, Error>;

/// A new reporter is one line here.
const REPORTERS: &[(&str, Make)] = &[
    (console::NAME, |options, consoles| {
        Ok(boxed(ConsoleReporter::new(options, consoles)))
    }),
    (events::NAME, |options, consoles| {
        Ok(boxed(EventsReporter::new(options, consoles)))
    }),
    (har::NAME, |options, _| {
        Ok(boxed(Some(HarReporter::new(options))))
    }),
    (super::html::NAME, |options, _| {
        Ok(boxed(Some(HtmlReporter::new(options)?)))
    }),
    (super::json::NAME, |options, _| {
        Ok(boxed(Some(JsonReporter::new(options))))
    }),
    (super::junit::NAME, |options, _| {
        Ok(boxed(Some(JunitReporter::new(options))))
    }),
    (tap::NAME, |options, consoles| {
        Ok(boxed(TapReporter::new(options, consoles)))
    }),
    (teamcity::NAME, |options, consoles| {
        Ok(boxed(TeamcityReporter::new(options, consoles)))
    }),
];

fn boxed<R: Reporter + 'static>(reporter: Option<R>) -> Option<Box<dyn Reporter>> {
    reporter.map(|reporter| Box::new(reporter) as Box<dyn Reporter>)
}

/// The names of all reporters.
pub(super) fn known_names() -> Vec<&'static str> {
    REPORTERS.iter().map(|(name, _)| *name).collect()
}

/// Makes the reporter of that name, which may take the console for itself.
///
/// # Errors
/// When there is none, or it cannot work with its options.
pub(super) fn make(
    name: &str,
    options: &Options,
    consoles: &mut Consoles,
) -> Result<Option<Box<dyn Reporter>>, Error> {
    match REPORTERS.iter().find(|(known, _)| *known == name) {
        Some((_, make)) => make(options, consoles),
        None => Err(Error::UnknownReporter {
            name: name.to_owned(),
            near: nearest(name, known_names()).map(str::to_owned),
            known: known_names(),
        }),
    }
}
