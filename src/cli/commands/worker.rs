//! The thread on which a run takes place.

use std::cell::RefCell;
use std::sync::Arc;
use std::thread;

use super::run_inputs::RunInputs;
use crate::cli::context::{Context, environment_variable};
use crate::cli::error::Error;
use crate::cli::person::person;
use crate::http::{HttpClient, JarCookie};
use crate::packages::Packages;
use crate::record::{CollectionInfo, EventSink};
use crate::redact::Secrets;
use crate::runner::{
    Interrupt, Notes, Options, RunResult, Runner, Surroundings, SystemClock, TokenStore,
};
use crate::script::{self, WatchedEngine};
use crate::variables::Dialect;

/// As much as the main thread has, as a rule.
const STACK_SIZE_BYTES: usize = 8 * 1024 * 1024;

/// What newman leaves free beside printed objects, in columns.
const FRAME_WIDTH: usize = 16;

/// What a worker needs besides the inputs of the run.
pub(super) struct WorkerOptions<'run> {
    /// How the run goes.
    pub(super) run: &'run Options,
    /// Every value that must not be shown.
    pub(super) secrets: &'run Secrets,
    /// The user's wish to stop.
    pub(super) interrupt: &'run Interrupt,
    /// The columns of the terminal; `None` when there is none.
    pub(super) console_width: Option<usize>,
    /// Where the process was started.
    pub(super) context: &'run Context,
    /// Whether each script has a realm of its own.
    pub(super) isolates_scripts: bool,
}

/// What a worker leaves behind.
pub(super) struct Finished {
    /// What came of the run.
    pub(super) result: RunResult,
    /// The cookies that it ended with.
    pub(super) cookies: Vec<JarCookie>,
}

/// Runs everything on a thread of its own, with a runtime, script engine, connections, cookies and
/// variables of its own.
pub(super) fn run_on_worker(
    inputs: RunInputs,
    collection: CollectionInfo,
    options: &WorkerOptions<'_>,
    sink: &mut (impl EventSink + Send),
) -> Result<Finished, Error> {
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("worker".to_owned())
            .stack_size(STACK_SIZE_BYTES)
            .spawn_scoped(scope, || work(inputs, collection, options, sink))
            .map_err(Error::Worker)?;
        worker.join().unwrap_or(Err(Error::WorkerPanicked))
    })
}

fn work(
    inputs: RunInputs,
    collection: CollectionInfo,
    options: &WorkerOptions<'_>,
    sink: &mut impl EventSink,
) -> Result<Finished, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Worker)?;
    let transport = HttpClient::new(inputs.client);
    transport.load_cookies(&inputs.cookies);
    let make_engine = || WatchedEngine::new(engine_options(options, &inputs.packages));
    let runner = Runner {
        around: Surroundings {
            transport: &transport,
            make_engine: &make_engine,
            clock: SystemClock::start(),
            plan: &inputs.plan,
            rules: &inputs.rules,
            files: &inputs.files,
            options: options.run,
            secrets: options.secrets.clone(),
            interrupt: options.interrupt.clone(),
            vault: inputs.vault.as_ref(),
            notes: Notes::default(),
            memory: RefCell::default(),
            tokens: &TokenStore::default(),
            person: &person(options.context),
            platform: environment_variable,
        },
        engine: make_engine().map_err(Error::Engine)?,
        sink,
        scopes: inputs.scopes,
        rows: inputs.rows,
    };
    let result = tokio::task::LocalSet::new().block_on(&runtime, runner.run(collection));
    Ok(Finished {
        result,
        cookies: transport.all_cookies(),
    })
}

fn engine_options(options: &WorkerOptions<'_>, packages: &Arc<Packages>) -> script::Options {
    let defaults = script::Options::default();
    script::Options {
        interrupt: options.interrupt.flag(),
        as_newman: options.run.dialect == Dialect::Newman,
        isolates_scripts: options.isolates_scripts,
        console_width: options
            .console_width
            .map_or(defaults.console_width, |width| {
                width.saturating_sub(FRAME_WIDTH)
            }),
        packages: Arc::clone(packages),
        ..defaults
    }
}
