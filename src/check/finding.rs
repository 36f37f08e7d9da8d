//! What a check has found.

use super::places::FilePlace;
use super::rule::CheckRule;

/// How bad a finding is; a worse one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not meant so.
    Warning,
    /// A run would fail, or do something else than what is written.
    Error,
}

impl Severity {
    /// The name in reports, which is also SARIF's.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a script, whose lines are not those of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScriptLine {
    /// Counted from 1.
    pub(crate) line: u32,
    /// Counted from 1, in characters.
    pub(crate) column: u32,
    /// The text of the line; nothing when it may hold a credential.
    pub(crate) source: Option<String>,
}

/// One thing that is wrong or doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// How bad it is here.
    pub(crate) severity: Severity,
    /// What was looked for.
    pub(crate) rule: CheckRule,
    /// The file or folder as the user wrote it.
    pub(crate) file: String,
    /// Where in the file, as far as it is known.
    pub(crate) place: Option<FilePlace>,
    /// The path of the folder or request, such as `Users / Create user`.
    pub(crate) item: Option<String>,
    /// What of it, such as `the URL`.
    pub(crate) part: Option<String>,
    /// Where in a script.
    pub(crate) script: Option<ScriptLine>,
    /// What is wrong, without any value that may be a secret.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl Finding {
    /// A finding of the rule's own severity about a whole file.
    pub(super) fn new(rule: CheckRule, file: &str, message: impl Into<String>) -> Self {
        Self {
            severity: rule.severity(),
            rule,
            file: file.to_owned(),
            place: None,
            item: None,
            part: None,
            script: None,
            message: message.into(),
            hint: None,
        }
    }

    pub(super) fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    pub(super) fn at(self, place: Option<FilePlace>) -> Self {
        Self { place, ..self }
    }

    pub(super) fn item(self, item: Option<&str>) -> Self {
        Self {
            item: item.map(str::to_owned),
            ..self
        }
    }

    pub(super) fn part(self, part: impl Into<String>) -> Self {
        Self {
            part: Some(part.into()),
            ..self
        }
    }

    pub(super) fn script(self, script: Option<ScriptLine>) -> Self {
        Self { script, ..self }
    }

    pub(super) fn hint(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }
}

/// All findings of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CheckResult {
    /// The findings, file by file in the order of the command line, the worst of a file first.
    pub(crate) findings: Vec<Finding>,
    /// How many files and YAML collections were looked at.
    pub(crate) file_count: usize,
}

impl CheckResult {
    /// How many findings are of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        let of_severity = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_severity).count()
    }

    /// Whether a finding is at least this bad.
    pub(crate) fn reaches(&self, limit: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= limit)
    }

    /// Whether a path could not be read, so that the check is not complete.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.rule == CheckRule::CannotRead)
    }
}
