//! From arguments to an exit code.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::Parser;
use clap::error::ErrorKind;

use super::args::{Args, Command};
use super::auth_args::AuthCommand;
use super::commands;
use super::context::{ColorChoice, Context};
use super::defaults::with_defaults;
use super::diagnostics::Diagnostics;
use super::error::Error;
use super::exit_code::ExitCode;
use super::reporter_args::ReporterArgs;
use crate::redact::Secrets;

/// The flag for the ways of newman, which has one exit code for everything that goes wrong.
const NEWMAN_COMPAT: &str = "--newman-compat";

/// Runs the program with the arguments of the process.
pub fn main() -> std::process::ExitCode {
    let (reporters, arguments) = ReporterArgs::extract(std::env::args_os().collect());
    let context = Context::of_process();
    let secrets = Secrets::default();
    let color = context.colors_stderr(ColorChoice::Auto);
    let plain = Diagnostics::new(color, secrets.clone());
    let has_newman_compat =
        |arguments: &[OsString]| arguments.iter().any(|argument| argument == NEWMAN_COMPAT);
    let asks_newman_compat = has_newman_compat(&arguments);
    let (arguments, reporters) = match with_defaults(arguments, reporters) {
        Ok(both) => both,
        Err(error) => {
            let error = Error::Config(error);
            plain.error(&error);
            return match asks_newman_compat {
                true => ExitCode::RunFailed,
                false => error.exit_code(),
            }
            .into();
        }
    };
    // Also where the other flags cannot be understood.
    let newman_compat = has_newman_compat(&arguments);
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            return match usage(&error) {
                ExitCode::Usage if newman_compat => ExitCode::RunFailed,
                code => code,
            }
            .into();
        }
    };
    let Some(command) = args.command else {
        commands::licenses();
        return ExitCode::Ok.into();
    };
    let result = match command {
        Command::Run(args) => {
            let diagnostics = Diagnostics::new(context.colors_stderr(args.color), secrets.clone());
            let suppress = args.suppress_exit_code;
            let code = commands::run(&args, reporters, &context, &secrets, &diagnostics)
                .unwrap_or_else(|error| {
                    diagnostics.error(&error);
                    error.exit_code()
                });
            return match code {
                _ if suppress => ExitCode::Ok,
                ExitCode::Ok | ExitCode::Interrupted => code,
                _ if newman_compat => ExitCode::RunFailed,
                other => other,
            }
            .into();
        }
        Command::List(args) => commands::list(&args, &secrets, &plain),
        Command::Check(args) => commands::check(&args, &secrets),
        Command::Emulator(args) => commands::emulator(&args),
        Command::Auth(AuthCommand::Token(args)) => {
            commands::auth_token(&args, &context, &secrets, &plain)
        }
        Command::Packages(command) => commands::packages(&command),
        Command::Completions { shell } => {
            commands::completions(shell);
            Ok(ExitCode::Ok)
        }
        Command::Man { command } => commands::man(&command).map(|()| ExitCode::Ok),
    };
    result
        .unwrap_or_else(|error| {
            plain.error(&error);
            error.exit_code()
        })
        .into()
}

/// Help and version are no errors and go to standard output.
fn usage(error: &clap::Error) -> ExitCode {
    // A stream that is closed leaves nobody to tell.
    let _closed = error.print();
    let _closed = io::stdout().flush();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::Ok,
        _ => ExitCode::Usage,
    }
}
