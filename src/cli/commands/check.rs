//! `postrider check`

use std::thread;

use crate::check::{
    CheckOptions, CheckResult, Severity, Target, check as check_all, to_json, to_sarif, to_text,
};
use crate::cli::args::{CheckArgs, FailOn, Format};
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::standard_output::print;
use crate::cli::variables::set_all;
use crate::files::WorkingDir;
use crate::load::Input;
use crate::script::{self, JsEngine};
use crate::variables::VariableScope;

/// The parser of scripts may use 1 MiB of stack, which not every main thread has to spare.
const STACK_SIZE_BYTES: usize = 16 * 1024 * 1024;

/// Checks files without sending anything and prints what was found.
pub(in crate::cli) fn check(args: &CheckArgs) -> Result<ExitCode, Error> {
    let options = options(args)?;
    let result = thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("check".to_owned())
            .stack_size(STACK_SIZE_BYTES)
            .spawn_scoped(scope, || on_worker(&options))
            .map_err(Error::Worker)?;
        worker.join().unwrap_or(Err(Error::WorkerPanicked))
    })?;
    print(&match args.format {
        Format::Text => to_text(&result),
        Format::Json => to_json(&result),
        Format::Sarif => to_sarif(&result),
    });
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

fn options(args: &CheckArgs) -> Result<CheckOptions, Error> {
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
        targets: targets(args),
        environment,
        globals,
        working_dir,
    })
}

fn targets(args: &CheckArgs) -> Vec<Target> {
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
        .map(|(path, input)| Target {
            path: path.clone(),
            input,
        })
        .collect()
}
