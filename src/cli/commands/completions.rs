//! `postrider completions`

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Args;
use crate::cli::standard_output::print;

/// Prints a script that teaches a shell the commands and flags.
pub(in crate::cli) fn completions(shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "postrider", &mut script);
    print(&String::from_utf8_lossy(&script));
}
