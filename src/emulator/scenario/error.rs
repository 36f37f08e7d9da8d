//! Why a text is not a scenario.

use crate::suggest::nearest;

/// A scenario that cannot be used, with the place in its text.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub(crate) struct Error {
    /// Counted from 1.
    pub(crate) line: usize,
    /// Counted from 1, in characters.
    pub(crate) column: usize,
    /// What is wrong there.
    pub(crate) problem: Problem,
}

/// What is wrong with a scenario.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// It is not YAML, or a value is of another kind.
    #[error("{reason}")]
    Syntax {
        /// What the YAML reader says.
        reason: String,
    },
    /// A key that nothing here has.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The keys that can stand there.
        known: Vec<&'static str>,
    },
    /// A word that is none of those which can stand there.
    #[error("`{word}` is none of {}", listed(known))]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The words that can stand there.
        known: Vec<&'static str>,
    },
    /// A key is missing.
    #[error("the key `{key}` is missing")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// The version is not one that this program knows.
    #[error("`version` is {version}, where this postrider knows version 1")]
    UnknownVersion {
        /// What is written.
        version: u64,
    },
    /// A name of something that the workspace does not have.
    #[error("there is no {kind} `{name}`")]
    UnknownName {
        /// What is meant.
        kind: &'static str,
        /// The name as written.
        name: String,
        /// A name that is nearly the same.
        near: Option<String>,
    },
    /// A value is out of its range, or of another form.
    #[error("`{key}` is {value}, where {wanted} belongs")]
    Value {
        /// The key.
        key: &'static str,
        /// The value as written.
        value: String,
        /// What could stand there.
        wanted: &'static str,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        match &self.problem {
            Problem::UnknownKey { key, known } => match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", listed(known)),
            },
            Problem::UnknownWord { word, known } => match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => page(),
            },
            Problem::UnknownName {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Problem::UnknownVersion { .. } => "write `version: 1`".to_owned(),
            Problem::Syntax { .. }
            | Problem::MissingKey { .. }
            | Problem::UnknownName { near: None, .. }
            | Problem::Value { .. } => page(),
        }
    }
}

fn page() -> String {
    "docs/emulator.md lists the keys of a scenario".to_owned()
}

fn listed(words: &[&'static str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
