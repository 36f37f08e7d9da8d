//! What reporters are told to do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Output;

/// The options of all reporters of a run.
pub(crate) struct Options {
    /// The terminal, or what stands in for it; without one, nothing is printed.
    pub(crate) console: Option<Console>,
    /// Whether whole exchanges are shown (`--verbose`).
    pub(crate) verbose: bool,
    /// Whether reports are written as newman writes them, where the two differ in what they say.
    pub(crate) as_newman: bool,
    /// Whether the console is left alone (`--silent`).
    pub(crate) silent: bool,
    /// The path of `--reporter-<name>-export` by reporter name: a file or a folder.
    pub(crate) exports: BTreeMap<String, PathBuf>,
    /// The other flags `--reporter-<name>-<option>`, by reporter name and option as written (`no-summary`).
    pub(crate) flags: BTreeMap<(String, String), Option<String>>,
}

/// Where the console report goes and what can be shown there.
#[derive(Clone)]
pub(crate) struct Console {
    /// Where text is written to; a broken pipe ends the report without an error.
    pub(crate) output: Output,
    /// The columns of the terminal; `None` when there is none.
    pub(crate) width: Option<usize>,
    /// Whether colours are wanted.
    pub(crate) color: bool,
    /// Whether characters outside ASCII may be used for drawing.
    pub(crate) unicode: bool,
}

impl Options {
    /// Whether a flag of a reporter is set; `--reporter-cli-silent=false` does not set it.
    pub(super) fn flag(&self, reporter: &str, option: &str) -> bool {
        match self.flags.get(&(reporter.to_owned(), option.to_owned())) {
            None => false,
            Some(None) => true,
            Some(Some(value)) => !matches!(value.as_str(), "false" | "off" | "no" | "0"),
        }
    }

    /// The value of a reporter's option; an empty one counts as none.
    pub(super) fn value(&self, reporter: &str, option: &str) -> Option<&str> {
        self.flags
            .get(&(reporter.to_owned(), option.to_owned()))?
            .as_deref()
            .filter(|value| !value.is_empty())
    }

    /// The path given for a reporter's file.
    pub(super) fn export(&self, reporter: &str) -> Option<&Path> {
        self.exports.get(reporter).map(PathBuf::as_path)
    }
}
