//! Why a text is not a rules file.

/// A rules file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// It is not YAML, or a member is missing, unknown or of another kind.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// What the YAML reader says.
        reason: String,
    },
    /// The version is not one that this program knows.
    #[error("`version` is {version}, where this postrider knows version 1")]
    UnknownVersion {
        /// What is written, as JSON.
        version: String,
    },
    /// A JSONPath cannot be parsed.
    #[error("the JSONPath `{path}` of `{request}` is not valid at its character {character}")]
    InvalidJsonPath {
        /// The request whose rule holds it.
        request: String,
        /// The path as written.
        path: String,
        /// Counted from 1.
        character: usize,
    },
    /// `status` is neither a status code nor a list of them.
    #[error(
        "`status` of `{request}` is {found}, where a code such as 200 or a list of codes belongs"
    )]
    InvalidStatus {
        /// The request whose rule holds it.
        request: String,
        /// What is written, as JSON.
        found: String,
    },
    /// A rule names a request that the collection does not have.
    #[error("a rule is for the request `{request}`, which the collection does not have")]
    UnknownRequest {
        /// The name in the rule.
        request: String,
        /// A name that is nearly the same.
        near: Option<String>,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Syntax { .. } => "docs/rules.md lists the members of a rules file".to_owned(),
            Self::UnknownVersion { .. } => "write `version: 1`".to_owned(),
            Self::InvalidJsonPath { .. } => {
                "a path begins with `$`, as in `$.access_token` or `$.value[0].id` (RFC 9535)"
                    .to_owned()
            }
            Self::InvalidStatus { .. } => "write `status: 200` or `status: [200, 202]`".to_owned(),
            Self::UnknownRequest {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::UnknownRequest { near: None, .. } => {
                "write the request's name, or its path with ` / ` between folder names".to_owned()
            }
        }
    }
}
