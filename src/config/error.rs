//! Why a file of defaults cannot be used.

use std::fmt;
use std::path::PathBuf;

use crate::files;

/// A place in a file of defaults, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file.
    pub(crate) path: PathBuf,
    /// The line.
    pub(crate) line: usize,
    /// The column in characters.
    pub(crate) column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column } = self;
        write!(
            formatter,
            "`{}`, line {line}, column {column}",
            path.display()
        )
    }
}

/// A file that does not fit.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] files::Error),
    /// A profile is asked for, and there is no file.
    #[error("there is no `postrider.toml` that could have the profile `{profile}`")]
    NoFile {
        /// The profile asked for.
        profile: String,
    },
    /// The file is not TOML.
    #[error("{place}: {reason}")]
    Syntax {
        /// Where.
        place: Place,
        /// What is wrong there.
        reason: String,
    },
    /// The file has no such profile.
    #[error("`{}` has no profile `{profile}`", path.display())]
    UnknownProfile {
        /// The file.
        path: PathBuf,
        /// The profile asked for.
        profile: String,
        /// A profile that is nearly the same.
        near: Option<String>,
        /// All profiles.
        known: Vec<String>,
    },
    /// No flag is called like a key.
    #[error("{place}: there is no setting `{key}`")]
    UnknownKey {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// A key that is nearly the same.
        near: Option<String>,
    },
    /// A value does not fit its key. The value itself may be a secret.
    #[error("{place}: the value of `{key}` does not fit: {reason}")]
    Value {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::File(source) => source.hint().map(str::to_owned),
            Self::NoFile { .. } => Some(
                "it is looked for from the current folder up to the root of the repository; `--config` names one elsewhere"
                    .to_owned(),
            ),
            Self::UnknownProfile {
                near: Some(near), ..
            }
            | Self::UnknownKey {
                near: Some(near), ..
            } => Some(format!("did you mean `{near}`?")),
            Self::UnknownProfile { known, .. } if known.is_empty() => {
                Some("write it as a table: `[profile.NAME]`".to_owned())
            }
            Self::UnknownProfile { known, .. } => {
                Some(format!("the file has `{}`", known.join("`, `")))
            }
            Self::UnknownKey { near: None, .. } => Some(
                "keys are the flags of `postrider run` without the dashes in front".to_owned(),
            ),
            Self::Syntax { .. } | Self::Value { .. } => None,
        }
    }
}
