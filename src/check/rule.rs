//! The rules that findings belong to.

use super::Severity;

/// A rule of the check; `docs/check.md` explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckRule {
    /// A path that is missing or may not be read.
    CannotRead,
    /// A file that is broken.
    CannotLoad,
    /// A file that is none of the inputs.
    UnknownFormat,
    /// Something in YAML that is dropped or read otherwise than it looks.
    DoubtfulYaml,
    /// A member of a JSON file that no run looks at.
    UnknownMember,
    /// A collection without a request.
    EmptyCollection,
    /// A name that no file defines.
    UndefinedVariable,
    /// A name with a `$` that is no dynamic variable.
    UnknownDynamicVariable,
    /// A script that is not JavaScript.
    ScriptSyntax,
    /// A file of a body that is not there.
    MissingBodyFile,
    /// Two requests of one name in one folder.
    DuplicateRequest,
    /// Two variables of one name in one scope.
    DuplicateVariable,
    /// A header field twice, in different case.
    DuplicateHeader,
    /// A variable of type `secret` whose value stands in the file.
    SecretValue,
    /// A value that looks like a credential.
    Credential,
    /// A rule for a request that no collection has.
    RuleWithoutRequest,
}

impl CheckRule {
    /// Every rule, in the order in which reports list them.
    pub(crate) const ALL: [Self; 16] = [
        Self::CannotRead,
        Self::CannotLoad,
        Self::UnknownFormat,
        Self::DoubtfulYaml,
        Self::UnknownMember,
        Self::EmptyCollection,
        Self::UndefinedVariable,
        Self::UnknownDynamicVariable,
        Self::ScriptSyntax,
        Self::MissingBodyFile,
        Self::DuplicateRequest,
        Self::DuplicateVariable,
        Self::DuplicateHeader,
        Self::SecretValue,
        Self::Credential,
        Self::RuleWithoutRequest,
    ];

    /// The name in reports, which is a promise.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::CannotRead => "cannot-read",
            Self::CannotLoad => "cannot-load",
            Self::UnknownFormat => "unknown-format",
            Self::DoubtfulYaml => "doubtful-yaml",
            Self::UnknownMember => "unknown-member",
            Self::EmptyCollection => "empty-collection",
            Self::UndefinedVariable => "undefined-variable",
            Self::UnknownDynamicVariable => "unknown-dynamic-variable",
            Self::ScriptSyntax => "script-syntax",
            Self::MissingBodyFile => "missing-body-file",
            Self::DuplicateRequest => "duplicate-request",
            Self::DuplicateVariable => "duplicate-variable",
            Self::DuplicateHeader => "duplicate-header",
            Self::SecretValue => "secret-value",
            Self::Credential => "credential",
            Self::RuleWithoutRequest => "rule-without-request",
        }
    }

    /// What it looks for.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::CannotRead => "A path is missing or cannot be read.",
            Self::CannotLoad => "A file is broken and cannot be loaded.",
            Self::UnknownFormat => "A file is none of the inputs of a run.",
            Self::DoubtfulYaml => {
                "Something in a YAML file is dropped or read otherwise than it looks."
            }
            Self::UnknownMember => "A member of a JSON file is none that a run looks at.",
            Self::EmptyCollection => "A collection holds no request.",
            Self::UndefinedVariable => "A request uses a variable that nothing defines.",
            Self::UnknownDynamicVariable => "A dynamic variable does not exist.",
            Self::ScriptSyntax => "A script is not valid JavaScript.",
            Self::MissingBodyFile => "A body names a file that is not there.",
            Self::DuplicateRequest => "Two requests of one folder have the same name.",
            Self::DuplicateVariable => "Two variables of one scope have the same name.",
            Self::DuplicateHeader => "A request has a header field twice, in different case.",
            Self::SecretValue => "The value of a variable of type `secret` stands in the file.",
            Self::Credential => "A value that looks like a credential stands in the file.",
            Self::RuleWithoutRequest => "A rule is for a request that no collection has.",
        }
    }

    /// How bad a finding is as a rule.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::CannotRead
            | Self::CannotLoad
            | Self::UnknownFormat
            | Self::UndefinedVariable
            | Self::UnknownDynamicVariable
            | Self::ScriptSyntax
            | Self::MissingBodyFile
            | Self::RuleWithoutRequest => Severity::Error,
            Self::DoubtfulYaml
            | Self::UnknownMember
            | Self::EmptyCollection
            | Self::DuplicateVariable
            | Self::DuplicateHeader
            | Self::SecretValue
            | Self::Credential => Severity::Warning,
            Self::DuplicateRequest => Severity::Note,
        }
    }
}
