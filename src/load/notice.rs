//! What a user should know about an input that was read all the same.

use std::fmt;

/// Something in a file that is probably not meant so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The file as the user can find it.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// What, without any value of the file, which could be a secret.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            message,
            ..
        } = self;
        write!(formatter, "`{file}`, line {line}: {message}")
    }
}

/// Collects the notices about one file.
#[derive(Debug, Default)]
pub(super) struct Notices {
    file: String,
    list: Vec<Notice>,
}

impl Notices {
    /// None yet.
    pub(super) fn about(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            list: Vec::new(),
        }
    }

    /// Adds one with advice.
    pub(super) fn advise(
        &mut self,
        line: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(line, message.into(), Some(hint.into()));
    }

    /// Adds one; the hint may be missing.
    pub(super) fn push(&mut self, line: usize, message: String, hint: Option<String>) {
        self.list.push(Notice {
            file: self.file.clone(),
            line,
            message,
            hint,
        });
    }

    /// All of them, in the order of the file.
    pub(super) fn into_list(mut self) -> Vec<Notice> {
        self.list.sort_by_key(|notice| notice.line);
        self.list
    }
}
