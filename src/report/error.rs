//! Why a report could not be made.

use std::io;
use std::path::PathBuf;

use super::html::TemplateProblem;
use crate::files;

/// A reporter that does not exist or could not write.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no reporter of that name.
    #[error("cannot find a reporter called `{name}`")]
    UnknownReporter {
        /// The name that was asked for.
        name: String,
        /// A name that is nearly the same.
        near: Option<String>,
        /// All names.
        known: Vec<&'static str>,
    },
    /// A report's file could not be written; there is then no file, or the one from before.
    #[error("cannot write the {reporter} report")]
    Export {
        /// The name of the reporter.
        reporter: &'static str,
        /// Which file, and why.
        #[source]
        source: files::Error,
    },
    /// A reporter's template cannot be read.
    #[error("cannot read the template of the {reporter} report")]
    TemplateFile {
        /// The name of the reporter.
        reporter: &'static str,
        /// Which file, and why.
        #[source]
        source: files::Error,
    },
    /// A reporter's template cannot be used; there is no report then.
    #[error("cannot use the template `{}` of the {reporter} report", path.display())]
    Template {
        /// The name of the reporter.
        reporter: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: TemplateProblem,
    },
    /// The console report could not be written.
    #[error("cannot write the console report")]
    Console {
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownReporter {
                near: Some(near), ..
            } => Some(format!("did you mean `{near}`?")),
            Self::UnknownReporter { known, .. } => {
                let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                Some(format!("choose from {}", names.join(", ")))
            }
            Self::Export { source, .. } | Self::TemplateFile { source, .. } => {
                source.hint().map(str::to_owned)
            }
            Self::Template { .. } => Some(
                "`docs/report-html.md` in the repository says what a template can do".to_owned(),
            ),
            Self::Console { .. } => None,
        }
    }
}
