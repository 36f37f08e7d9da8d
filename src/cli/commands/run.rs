//! `postrider run`

use std::sync::Arc;
use std::time::Duration;

use super::cookie_jar_export::export_cookie_jar;
use super::ctrl_c::watch_for_interrupt;
use super::dry_run::dry_run;
use super::exports::write_exports;
use super::outputs::{OutputErrors, hand_on_outputs};
use super::run_inputs::RunInputs;
use super::worker::{Finished, WorkerOptions, run_on_worker};
use crate::cli::args::RunArgs;
use crate::cli::console_writer::ConsoleWriter;
use crate::cli::context::Context;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::cli::exit_code::ExitCode;
use crate::cli::outputs::Destination;
use crate::cli::reporter_args::ReporterArgs;
use crate::emulator::{self, Emulator, HOSTS};
use crate::files::Source;
use crate::http::{ConnectTo, Protocol, SendOptions};
use crate::load::load_scenario;
use crate::record::{CollectionInfo, RunEnd, RunSummary};
use crate::redact::Secrets;
use crate::report::{self, ReporterSet};
use crate::runner::{Bail, Interrupt, Options};

/// Runs a collection; failures of the run are part of the exit code and no error.
pub(in crate::cli) fn run(
    args: &RunArgs,
    reporters: ReporterArgs,
    context: &Context,
    secrets: &Secrets,
    diagnostics: &Diagnostics,
) -> Result<ExitCode, Error> {
    // What is shown on demand is masked with an empty list, and the run still learns its secrets.
    let shown = if args.show_secrets {
        &Secrets::default()
    } else {
        secrets
    };
    let destination = Destination::of(&args.outputs)?;
    let mut inputs = RunInputs::load(args, context, diagnostics, secrets)?;
    if args.dry_run {
        return dry_run(inputs, shown);
    }
    let mut reporters = ReporterSet::new(
        &args.reporters,
        report_options(args, reporters, context),
        shown.clone(),
    )?;
    let emulator = start_emulator(args)?;
    if let Some(emulator) = &emulator {
        reach_emulator(&mut inputs, emulator)?;
    }
    let interrupt = Interrupt::default();
    watch_for_interrupt(interrupt.clone()).map_err(Error::Worker)?;
    let collection = CollectionInfo {
        id: inputs.collection.id.clone(),
        name: inputs.collection.name.clone(),
        definition: Arc::new(inputs.collection.to_json()),
    };
    let worker_options = WorkerOptions {
        run: &run_options(args, inputs.iteration_count),
        secrets,
        interrupt: &interrupt,
        console_width: context.width,
        context,
        isolates_scripts: args.isolate_scripts,
    };
    let finished = run_on_worker(inputs, collection.clone(), &worker_options, &mut reporters);
    let is_silent = !reporters.prints();
    let report_errors = reporters.finish();
    let Finished { result, cookies } = finished?;
    for warning in &result.warnings {
        diagnostics.warning(warning);
    }
    let data_error = result.data_error.map(Error::Row);
    let mut errors: Vec<Error> = report_errors.into_iter().map(Error::Report).collect();
    errors.extend(write_exports(args, &collection, &result.summary, shown));
    errors.extend(export_cookie_jar(args, &cookies, &result.summary, shown).err());
    let OutputErrors { writing, unset } = hand_on_outputs(
        args,
        &destination,
        &result.scopes,
        shown,
        is_silent,
        diagnostics,
    );
    errors.extend(writing);
    for error in errors.iter().chain(&unset) {
        diagnostics.error(error);
    }
    if let Some(error) = data_error {
        return Err(error);
    }
    Ok(exit_code(
        &result.summary,
        !errors.is_empty(),
        !unset.is_empty(),
    ))
}

/// The duration of a number of milliseconds.
pub(super) fn milliseconds(number: usize) -> Duration {
    Duration::from_millis(number as u64)
}

/// A report that is missing wins over the run's failures, which it would tell; a variable that is missing
/// is, as a rule, what came of them.
fn exit_code(summary: &RunSummary, has_output_errors: bool, has_unset_outputs: bool) -> ExitCode {
    if summary.end == RunEnd::Interrupted {
        ExitCode::Interrupted
    } else if has_output_errors {
        ExitCode::Output
    } else if summary.failure_count > 0 || summary.end == RunEnd::TimedOut {
        ExitCode::RunFailed
    } else if has_unset_outputs {
        ExitCode::Output
    } else {
        ExitCode::Ok
    }
}

fn run_options(args: &RunArgs, iteration_count: usize) -> Options {
    Options {
        iteration_count,
        bail: args.bail.as_ref().map_or_else(Bail::default, |modes| Bail {
            on_error: true,
            on_assertion: modes.iter().any(|mode| mode == "failure"),
        }),
        delay: Duration::from_millis(args.delay_request),
        timeout: args.timeout.flatten().map(milliseconds),
        script_timeout: args.timeout_script.flatten().map(milliseconds),
        dialect: args.dialect(),
        show_secrets: args.show_secrets,
        send: SendOptions {
            follow_redirects: !args.ignore_redirects,
            strict_tls: !args.connection.insecure,
            as_newman: args.newman_compat,
            protocol: match args.http2 {
                true => Protocol::Auto,
                false => Protocol::Http1,
            },
            protocol_is_fixed: args.http1_1,
            ..SendOptions::default()
        },
    }
}

fn report_options(args: &RunArgs, flags: ReporterArgs, context: &Context) -> report::Options {
    let flags = flags.assign(&args.reporters);
    report::Options {
        console: Some(report::Console {
            output: report::Output::new(ConsoleWriter),
            width: context.width,
            color: context.colors_stdout(args.color),
            unicode: !args.disable_unicode,
        }),
        verbose: args.verbose,
        as_newman: args.newman_compat,
        silent: args.silent,
        exports: flags.exports,
        flags: flags.flags,
    }
}

/// The emulator of this run, if it wants one.
fn start_emulator(args: &RunArgs) -> Result<Option<Emulator>, Error> {
    if !args.emulator {
        return Ok(None);
    }
    let mut options = emulator::Options::default();
    if let Some(file) = &args.emulator_scenario {
        options.scenario = load_scenario(&Source::parse(file))?;
    }
    Ok(Some(Emulator::start(options)?))
}

/// Trusts the emulator's CA and sends its hosts to it, for this run only.
pub(super) fn reach_emulator(inputs: &mut RunInputs, emulator: &Emulator) -> Result<(), Error> {
    let rules = HOSTS
        .iter()
        .map(|host| ConnectTo::for_host(host, emulator.address()));
    // The emulator's rules come first, so that no other rule sends its secrets anywhere else.
    inputs.client.connect_to.splice(0..0, rules);
    inputs
        .client
        .add_ca_certificates(emulator.ca_certificate_pem().as_bytes())
        .map_err(|source| Error::Ca {
            name: "the emulator".to_owned(),
            source,
        })
}
