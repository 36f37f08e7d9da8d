//! Arguments about the file of defaults.

use std::path::PathBuf;

/// Which defaults count, for every command that has some.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ConfigArgs {
    /// File of defaults [default: postrider.toml, from the current folder up to the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Profile of the file of defaults to use
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,

    /// Use no file of defaults
    #[arg(long, conflicts_with_all = ["config", "profile"])]
    pub(super) no_config: bool,
}
