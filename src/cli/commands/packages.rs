//! `postrider packages`

use crate::cli::args::PackagesCommand;
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::standard_output::print;
use crate::packages::lock_packages;

/// Pins the vendored packages of a folder and tells which.
pub(in crate::cli) fn packages(command: &PackagesCommand) -> Result<ExitCode, Error> {
    let PackagesCommand::Lock { folder } = command;
    for (name, hash) in lock_packages(folder)? {
        print(&format!("{name} {hash}\n"));
    }
    Ok(ExitCode::Ok)
}
