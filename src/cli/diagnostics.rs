//! Printing errors and warnings: what, the causes, and what to do.

use std::error::Error as StdError;
use std::io::{self, Write};

use super::error::Error;
use crate::load::Notice;
use crate::plan::Doubt;
use crate::redact::Secrets;
use crate::runner::Warning;

/// Writes messages to the standard error stream.
pub(super) struct Diagnostics {
    color: bool,
    secrets: Secrets,
}

impl Diagnostics {
    /// Messages with or without colour, with these secrets hidden.
    pub(super) fn new(color: bool, secrets: Secrets) -> Self {
        Self { color, secrets }
    }

    /// Prints an error with its causes and its hint.
    pub(super) fn error(&self, error: &Error) {
        let mut text = format!("{}: {error}\n", self.paint("error", "31;1"));
        let mut cause = error.source();
        while let Some(current) = cause {
            text.push_str(&format!("  caused by: {current}\n"));
            cause = current.source();
        }
        if let Some(hint) = error.hint() {
            text.push_str(&format!("\n{}: {hint}\n", self.paint("hint", "36")));
        }
        self.write(&text);
    }

    /// Prints a warning with its hint on one line.
    pub(super) fn warning(&self, warning: &Warning) {
        let hint = warning
            .hint
            .as_ref()
            .map(|hint| format!(" ({hint})"))
            .unwrap_or_default();
        self.write(&format!(
            "{}: {}{hint}\n",
            self.paint("warning", "33"),
            warning.message
        ));
    }

    /// Prints what is doubtful in an input, one warning for each place.
    pub(super) fn notices(&self, notices: Vec<Notice>) {
        for notice in notices {
            self.warning(&Warning {
                message: notice.to_string(),
                hint: notice.hint,
            });
        }
    }

    /// Prints what is doubtful in a selection.
    pub(super) fn doubts(&self, doubts: &[Doubt]) {
        for doubt in doubts {
            self.warning(&Warning {
                message: doubt.to_string(),
                hint: doubt.hint(),
            });
        }
    }

    /// Prints a text as it is.
    pub(super) fn plain(&self, text: &str) {
        // A standard error stream that is closed leaves nobody to tell.
        let _closed = io::stderr().lock().write_all(text.as_bytes());
    }

    fn paint(&self, text: &str, code: &str) -> String {
        match self.color {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }

    fn write(&self, text: &str) {
        // A standard error stream that is closed leaves nobody to tell.
        let _closed = io::stderr()
            .lock()
            .write_all(self.secrets.mask(text).as_bytes());
    }
}
