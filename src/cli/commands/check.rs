//! `postrider check`

use std::thread;

use crate::check::{
    CheckOptions, CheckResult, Severity, Target, check as check_all, to_json, to_sarif, to_text,
};
use crate::cli::args::{CheckArgs, FailOn, Format};
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::fetch;
use crate::cli::standard_output::print;
use crate::cli::variables::set_all;
use crate::files::WorkingDir;
use crate::http::ClientOptions;
use crate::load::Input;
use crate::redact::Secrets;
use crate::script::{self, JsEngine};
use crate::variables::VariableScope;

/// The parser of scripts may use 1 MiB of stack, which not every main thread has to spare.
const STACK_SIZE_BYTES: usize = 16 * 1024 * 1024;

/// Checks files without sending anything and prints what was found.
///
/// Credentials in URLs that are checked are hidden.
pub(in crate::cli) fn check(args: &CheckArgs, secrets: &Secrets) -> Result<ExitCode, Error> {
    let options = options(args, secrets)?;
    let result = thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("check".to_owned())
            .stack_size(STACK_SIZE_BYTES)
            .spawn_scoped(scope, || on_worker(&options))
            .map_err(Error::Worker)?;
        worker.join().unwrap_or(Err(Error::WorkerPanicked))
    })?;
    let report = match args.format {
        Format::Text => to_text(&result),
        Format::Json => to_json(&result),
        Format::Sarif => to_sarif(&result),
    };
    print(&secrets.mask(&report));
    let limit = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    };
    Ok(if result.is_incomplete() {
        ExitCode::Input
    } else if result.reaches(limit) {
        ExitCode::RunFailed
    } else {
        ExitCode::Ok
    })
}

fn on_worker(options: &CheckOptions) -> Result<CheckResult, Error> {
    let mut engine = JsEngine::new(script::Options::default()).map_err(Error::Engine)?;
    Ok(check_all(options, &mut engine))
}

fn options(args: &CheckArgs, secrets: &Secrets) -> Result<CheckOptions, Error> {
    let mut environment = VariableScope::default();
    let mut globals = VariableScope::default();
    set_all(&mut environment, "--env-var", &args.env_var)?;
    set_all(&mut globals, "--global-var", &args.global_var)?;
    let working_dir = args
        .working_dir
        .as_deref()
        .map(|folder| WorkingDir::new(folder, true))
        .transpose()
        .map_err(Error::WorkingDir)?;
    Ok(CheckOptions {
        targets: targets(args, secrets),
        environment,
        globals,
        working_dir,
    })
}

fn targets(args: &CheckArgs, secrets: &Secrets) -> Vec<Target> {
    let lists = [
        (&args.paths, None),
        (&args.environment, Some(Input::Environment)),
        (&args.globals, Some(Input::Globals)),
        (&args.rules, Some(Input::Rules)),
        (&args.iteration_data, Some(Input::IterationData)),
    ];
    lists
        .into_iter()
        .flat_map(|(paths, input)| paths.iter().map(move |path| (path, input)))
        .map(|(path, input)| target(path, input, secrets))
        .collect()
}

/// What cannot be fetched is told as a finding, so that the other files are checked all the same.
fn target(path: &str, input: Option<Input>, secrets: &Secrets) -> Target {
    let source = fetch::source(path, &ClientOptions::default(), secrets);
    let source = source.and_then(|source| source.held().map_err(Error::StandardInput));
    match source {
        Ok(source) => Target::Source { source, input },
        Err(error) => Target::Unreachable {
            name: path.to_owned(),
            message: error.to_string(),
            hint: error.hint(),
        },
    }
}
