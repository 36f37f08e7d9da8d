//! What the process was started in: the only place that reads environment variables.

use std::io::IsTerminal;

/// Programs disagree about their case, so both count.
const PROXY_VARIABLES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// An environment variable of the process, if it is set and text.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub(super) fn environment_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// The terminals and settings of the process.
#[derive(Debug, Clone)]
pub(super) struct Context {
    stdout_is_terminal: bool,
    stdin_is_terminal: bool,
    stderr_is_terminal: bool,
    is_pipeline: bool,
    no_color: bool,
    /// The environment variables about proxies that are set and not empty.
    proxy_variables: Vec<(&'static str, String)>,
    /// The columns of the terminal; `None` when the output goes elsewhere.
    pub(super) width: Option<usize>,
}

impl Context {
    /// Looks at the process.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment is read"
    )]
    pub(super) fn of_process() -> Self {
        let stdout_is_terminal = std::io::stdout().is_terminal();
        let width = stdout_is_terminal
            .then(terminal_size::terminal_size)
            .flatten()
            .map(|(width, _)| usize::from(width.0));
        Self {
            stdout_is_terminal,
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            is_pipeline: std::env::var_os("CI").is_some_and(|value| !value.is_empty()),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            proxy_variables: PROXY_VARIABLES
                .into_iter()
                .filter_map(|name| Some((name, environment_variable(name)?)))
                .filter(|(_, value)| !value.trim().is_empty())
                .collect(),
            width,
        }
    }

    /// The first of these variables about proxies that is set, with its value.
    pub(super) fn first_variable(&self, names: &[&str]) -> Option<(&'static str, &str)> {
        names.iter().find_map(|name| {
            let (name, value) = self.proxy_variables.iter().find(|(own, _)| own == name)?;
            Some((*name, value.as_str()))
        })
    }

    /// Whether somebody can be asked for something.
    pub(super) fn has_person(&self) -> bool {
        self.stdin_is_terminal && self.stderr_is_terminal && !self.is_pipeline
    }

    /// Whether the report on standard output is coloured.
    pub(super) fn colors_stdout(&self, choice: ColorChoice) -> bool {
        self.colors(choice, self.stdout_is_terminal)
    }

    /// Whether messages on standard error are coloured.
    pub(super) fn colors_stderr(&self, choice: ColorChoice) -> bool {
        self.colors(choice, self.stderr_is_terminal)
    }

    fn colors(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::On => true,
            ColorChoice::Off => false,
            ColorChoice::Auto => is_terminal && !self.no_color,
        }
    }
}
