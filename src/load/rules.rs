//! Loading a rules file.

use super::error::{Error, Input, JsonError};
use super::text::{excerpt_at, load_text};
use crate::files::Source;
use crate::rules::{self, RuleSet};

/// Reads a rules file.
///
/// # Errors
///
/// When the file cannot be read or is no rules file.
pub(crate) fn load_rules(source: &Source) -> Result<RuleSet, Error> {
    let text = load_text(Input::Rules, source)?;
    RuleSet::from_yaml(&text).map_err(|error| refused(&text, source.to_string(), error))
}

fn refused(text: &str, name: String, error: rules::Error) -> Error {
    let rules::Error::Syntax {
        line,
        column,
        reason,
    } = error
    else {
        return Error::Rules {
            name,
            source: error,
        };
    };
    Error::RulesText {
        name,
        source: JsonError {
            line,
            column,
            reason,
            excerpt: excerpt_at(text, line, column),
        },
    }
}
