//! Loading a scenario of the emulator.

use super::error::{Error, Input, JsonError};
use super::text::{excerpt_at, load_text};
use crate::emulator::Scenario;
use crate::files::Source;

/// Reads a scenario file, laid over the scenario that ships.
///
/// # Errors
///
/// When the file cannot be read or is no scenario.
pub(crate) fn load_scenario(source: &Source) -> Result<Scenario, Error> {
    let text = load_text(Input::Scenario, source)?;
    Scenario::from_yaml(&text).map_err(|error| Error::Scenario {
        name: source.to_string(),
        hint: error.hint(),
        source: JsonError {
            line: error.line,
            column: error.column,
            reason: error.problem.to_string(),
            excerpt: excerpt_at(&text, error.line, error.column),
        },
    })
}
