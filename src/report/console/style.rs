//! Colours and symbols.

/// What a piece of text means; the colour follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// As the terminal writes.
    Plain,
    /// Of less importance.
    Faint,
    /// A heading of less importance.
    FaintHeading,
    /// Something held.
    Good,
    /// Something failed.
    Bad,
    /// What failed, in the course of the run.
    BadStrong,
    /// A heading over failures.
    BadHeading,
    /// A warning.
    Warning,
    /// A hint, or something skipped.
    Hint,
    /// For finding errors in scripts.
    Debug,
}

impl Tone {
    /// The parameters of the escape sequence that selects the colour.
    fn parameters(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Faint => "90",
            Self::FaintHeading => "90;4",
            Self::Good => "32",
            Self::Bad => "31",
            Self::BadStrong => "31;1",
            Self::BadHeading => "31;4",
            Self::Warning => "33",
            Self::Hint => "36",
            Self::Debug => "34",
        }
    }

    /// The text in this tone.
    pub(super) fn paint(self, text: &str, color: bool) -> String {
        if color && self != Self::Plain && !text.is_empty() {
            format!("\u{1b}[{}m{text}\u{1b}[0m", self.parameters())
        } else {
            text.to_owned()
        }
    }
}

/// newman's symbols (6.2.2, `lib/reporters/cli/cli-utils-symbols.js`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbols {
    /// Before the path of a folder.
    pub(super) folder: &'static str,
    /// Before a request outside folders.
    pub(super) root: &'static str,
    /// Before a request in a folder.
    pub(super) sub: &'static str,
    /// Before an assertion that held.
    pub(super) passed: &'static str,
    /// After the number of a script error.
    pub(super) script_error: &'static str,
    /// Between measured values.
    pub(super) star: &'static str,
    /// What was sent.
    pub(super) up: &'static str,
    /// What was received.
    pub(super) down: &'static str,
    /// Where text was left out.
    pub(super) ellipsis: &'static str,
    /// The upper corner, the bar and the lower corner of a box.
    pub(super) frame: [&'static str; 3],
}

impl Symbols {
    /// The symbols that the terminal can show.
    pub(super) fn of(unicode: bool) -> Self {
        if unicode { UNICODE } else { ASCII }
    }
}

const UNICODE: Symbols = Symbols {
    folder: "❏",
    root: "→",
    sub: "↳",
    passed: "✓",
    script_error: "⠄",
    star: "★",
    up: "↑",
    down: "↓",
    ellipsis: "…",
    frame: ["┌", "│", "└"],
};

const ASCII: Symbols = Symbols {
    folder: "Folder",
    root: "Root",
    sub: "Sub-folder",
    passed: "Pass",
    script_error: ".",
    star: "*",
    up: "^",
    down: "v",
    ellipsis: "...",
    frame: ["-", "|", "-"],
};
