//! Scripts and the events they belong to.

/// When a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ScriptKind {
    /// Before the request.
    Prerequest,
    /// After the response, or after the failure to get one.
    Test,
}

impl ScriptKind {
    /// The name that Postman's files and reports use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Prerequest => "prerequest",
            Self::Test => "test",
        }
    }
}

/// The text of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    /// The id in the file, if it has one.
    pub(crate) id: Option<String>,
    /// The lines of `exec`, joined by line feeds.
    pub(crate) source: String,
}

/// A script with the moment at which it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// When.
    pub(crate) listen: ScriptKind,
    /// What.
    pub(crate) script: Script,
    /// Whether the event is switched off.
    pub(crate) disabled: bool,
}
