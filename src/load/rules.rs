//! Loading a rules file.

use super::error::{Error, Input};
use crate::files::Source;
use crate::rules::RuleSet;

/// Reads a rules file.
///
/// # Errors
///
/// When the file cannot be read or is no rules file.
pub(crate) fn load_rules(source: &Source) -> Result<RuleSet, Error> {
    let name = source.to_string();
    let text = source.read_text().map_err(|source| Error::File {
        input: Input::Rules,
        name: name.clone(),
        source,
    })?;
    if text.trim().is_empty() {
        return Err(Error::Empty {
            input: Input::Rules,
            name,
        });
    }
    RuleSet::from_yaml(&text).map_err(|source| Error::Rules { name, source })
}
