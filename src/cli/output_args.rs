//! Arguments that say which variables the next program gets.

use std::path::PathBuf;

/// The variables to hand on, and where to.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct OutputArgs {
    /// Print this variable's value after the run, as NAME=VALUE unless nothing else is printed (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) output: Vec<String>,

    /// Write the variables of --output into this file and print none of them
    #[arg(long, value_name = "FILE", requires = "output")]
    pub(super) outputs: Option<PathBuf>,

    /// Form of that file [default: by its name: *.json, *.env or $GITHUB_OUTPUT]
    #[arg(long, value_name = "FORMAT", value_enum, requires = "output")]
    pub(super) outputs_format: Option<OutputsFormat>,
}

/// The values of `--outputs-format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum OutputsFormat {
    /// An object with the values as they are.
    Json,
    /// Lines `NAME=VALUE` with quotes where a shell needs them.
    Dotenv,
    /// What GitHub reads from the file that `$GITHUB_OUTPUT` names.
    Github,
}
