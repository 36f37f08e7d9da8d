//! The engine that the runner sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::time::Instant;

use super::failure::{self, Thrown};
use super::realm::Realm;
use super::session::{Session, Shared};
use super::{Error, library};
use crate::collection::{Event, Script};
use crate::packages::Packages;
use crate::record::ScriptError;
use crate::script::{ScriptContext, ScriptEngine, ScriptHost, ScriptOutcome};

/// How long the end of a script may take after its time is over.
pub(super) const GRACE: Duration = Duration::from_millis(500);

/// How long a script that waits may take to notice that the user wants it to stop.
pub(super) const INTERRUPT_INTERVAL: Duration = Duration::from_millis(50);

/// What the engine says when its memory is used up.
const OUT_OF_MEMORY: &str = "out of memory";

/// Limits of an engine.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Stops a running script when it is set, from any thread.
    pub(crate) interrupt: Arc<AtomicBool>,
    /// Whether scripts run as in newman 6.2.2: without `await` at the top level and without globals of the
    /// newer sandbox; a promise of a test passes at once, a test whose `done` is never called vanishes, and
    /// neither what callbacks throw nor a thrown nothing counts.
    pub(crate) as_newman: bool,
    /// Whether each script has a realm of its own, so that nothing but variables passes between scripts.
    pub(crate) isolates_scripts: bool,
    /// How much memory all scripts of an engine may hold together, in bytes; 0 for no limit.
    pub(crate) memory_limit_bytes: usize,
    /// How deep calls may nest, in bytes of the thread's stack; the thread needs four times as much.
    pub(crate) stack_limit_bytes: usize,
    /// What `pm.require` finds.
    pub(crate) packages: Arc<Packages>,
    /// The width in columns at which printed objects break into lines; newman 6.2.2 takes the width of
    /// the terminal, or 60 without one, and leaves 16 of it for the frame.
    pub(crate) console_width: usize,
}

impl Options {
    /// Whether there is something to lose with a realm, and somebody to miss it.
    pub(super) fn tells_of_loss(&self) -> bool {
        !self.isolates_scripts && !self.interrupt.load(Ordering::Relaxed)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            interrupt: Arc::default(),
            as_newman: false,
            isolates_scripts: false,
            memory_limit_bytes: 256 << 20,
            stack_limit_bytes: 1 << 20,
            packages: Arc::default(),
            console_width: 44,
        }
    }
}

/// Runs scripts in QuickJS, on the thread that asks for it.
///
/// All scripts of one engine run in the same realm, unless the options say otherwise.
pub(crate) struct JsEngine {
    options: Options,
    session: Shared,
    realm: Option<Realm>,
    script_count: u64,
}

impl JsEngine {
    /// Makes an engine.
    ///
    /// # Errors
    ///
    /// The memory limit is too small to start in.
    pub(crate) fn new(options: Options) -> Result<Self, Error> {
        Self::with_session(options, Shared::default())
    }

    /// As [`JsEngine::new`], with a session that others can reach.
    pub(super) fn with_session(options: Options, session: Shared) -> Result<Self, Error> {
        library::warm_up();
        let realm = Realm::new(&options, &session).map_err(|reason| Error::Start { reason })?;
        Ok(Self {
            options,
            session,
            realm: Some(realm),
            script_count: 0,
        })
    }

    /// Looks for a syntax error in the script of a collection, folder or request, and runs none of it.
    pub(crate) fn check(&mut self, event: &Event, owner: &str) -> Option<ScriptError> {
        self.script_count += 1;
        let file = format!("script-{}", self.script_count);
        let realm = self.realm().ok()?;
        *realm.session.borrow_mut() = Session {
            source: event.script.source.clone(),
            file,
            ..Session::default()
        };
        realm.deadline.set(None);
        let thrown = realm.compile().err();
        let session = realm.session.borrow_mut().take();
        thrown.map(|thrown| failure::syntax_error(&session, event.listen, owner, thrown))
    }

    fn realm(&mut self) -> Result<&Realm, String> {
        let realm = match self.realm.take() {
            Some(realm) => realm,
            None => Realm::new(&self.options, &self.session)?,
        };
        Ok(self.realm.insert(realm))
    }

    /// Starts the script of the session, in a new realm when earlier scripts have broken this one.
    fn start(&mut self, deadline: Option<Instant>) -> Result<&Realm, String> {
        let realm = self.realm()?;
        realm.deadline.set(deadline);
        if !realm.start() {
            self.realm = None;
            let realm = self.realm()?;
            {
                let mut session = realm.session.borrow_mut();
                session.error = None;
                session.tell_of_loss();
            }
            realm.deadline.set(deadline);
            realm.start();
        }
        self.realm()
    }

    /// Gets ready for the next script while nobody waits for it.
    pub(super) fn prepare(&mut self) {
        // Without memory the next script tells why.
        drop(self.realm());
    }
}

impl ScriptEngine for JsEngine {
    async fn run(
        &mut self,
        script: &Script,
        context: ScriptContext,
        host: &impl ScriptHost,
    ) -> ScriptOutcome {
        let started = Instant::now();
        self.script_count += 1;
        let file = format!("script-{}", self.script_count);
        let timeout = context.timeout;
        *self.session.borrow_mut() = Session {
            source: script.source.clone(),
            file,
            allowance_bytes: self.options.memory_limit_bytes,
            ..Session::of(context)
        };
        let realm = match self.start(timeout.map(|timeout| started + timeout)) {
            Ok(realm) => realm,
            Err(reason) => {
                let session = self.session.borrow_mut().take();
                return unable(session, reason, started.elapsed());
            }
        };
        let mut end = drive(realm, host).await;
        realm.deadline.set(timeout.map(|_| Instant::now() + GRACE));
        realm.finish();
        if end == End::Finished {
            realm.run_jobs();
        }
        let finishes = !realm.deadline.has_struck();
        if end == End::Finished && !finishes {
            end = stop(realm, "sandbox: synchronous script execution timeout");
        }
        let request = realm.request();
        let mut session = realm.session.borrow_mut().take();
        let may_lack_memory = session.error.as_ref().is_some_and(may_tell_of_memory);
        let is_clean = finishes
            && !session.has_ruined
            && realm.is_clean(may_lack_memory || end == End::TimedOut);
        if let Some(error) = session.error.as_mut().filter(|_| may_lack_memory) {
            let is_engines = error.message == "null" && !script.source.contains("null");
            if is_engines || !is_clean {
                "InternalError".clone_into(&mut error.name);
                OUT_OF_MEMORY.clone_into(&mut error.message);
            }
        }
        if !is_clean && self.options.tells_of_loss() {
            session.tell_of_loss();
        }
        if !is_clean || self.options.isolates_scripts {
            self.realm = None;
        }
        outcome(session, request, started.elapsed())
    }
}

/// Runs the script to its end.
///
/// A script is kept alive by its own body and by callbacks that wait for something outside of the
/// engine. Promises alone do not keep it alive: nothing is left that could settle them.
async fn drive(realm: &Realm, host: &impl ScriptHost) -> End {
    let mut pending = FuturesUnordered::new();
    loop {
        realm.run_jobs();
        if realm.deadline.has_passed() {
            return stop(realm, "sandbox: synchronous script execution timeout");
        }
        let (is_settled, next_due) = {
            let mut session = realm.session.borrow_mut();
            for (id, call) in session.calls.drain(..) {
                pending.push(async move { (id, host.answer(call).await) });
            }
            (session.is_settled, session.timers.next_due())
        };
        if next_due.is_none() && pending.is_empty() {
            if !is_settled {
                realm.fail(Thrown::new(
                    "Error",
                    "the script waits for a promise that nothing can settle any more",
                ));
            }
            return End::Finished;
        }
        let look = Instant::now() + INTERRUPT_INTERVAL;
        let wake = [next_due, realm.deadline.at()].into_iter().flatten();
        tokio::select! {
            Some((id, (answer, steps))) = pending.next() => {
                realm.deliver(id, answer, steps);
                continue;
            }
            () = tokio::time::sleep_until(wake.fold(look, Instant::min)) => {}
        }
        if realm.deadline.has_passed() {
            return stop(realm, "sandbox: asynchronous script execution timeout");
        }
        let timer = realm.session.borrow_mut().timers.take_due();
        if let Some((timer, repeats)) = timer {
            realm.fire(timer, repeats);
        }
    }
}

/// Why a script is not continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing is left to do.
    Finished,
    /// Its time is over.
    TimedOut,
}

/// The error replaces any other: it is the reason why the script did not end.
fn stop(realm: &Realm, message: &str) -> End {
    // The end of the run interrupts scripts as well, at the moment at which their time is over.
    let is_over = realm.deadline.at().is_some_and(|at| at <= Instant::now());
    let message = if is_over {
        message
    } else {
        "stopped by the user"
    };
    let stack = {
        let mut session = realm.session.borrow_mut();
        session.error = None;
        std::mem::take(&mut session.interrupted_at)
    };
    realm.fail(Thrown::new("Error", message).at(stack));
    End::TimedOut
}

/// With no memory left for an error or its text, the engine throws null, or an error that says nothing.
fn may_tell_of_memory(error: &ScriptError) -> bool {
    matches!(error.message.as_str(), OUT_OF_MEMORY | "null" | "")
}

pub(super) fn outcome(
    session: Session,
    request: Option<serde_json::Value>,
    duration: Duration,
) -> ScriptOutcome {
    let mut scopes = session
        .context
        .map(|context| context.scopes)
        .unwrap_or_default();
    if let Some(data) = session.original_data {
        scopes.data = data;
    }
    ScriptOutcome {
        scopes,
        request,
        steps: session.steps,
        next_request: session.next_request,
        visualization: session.visualization,
        skip_request: session.skip_request,
        error: session.error,
        duration,
    }
}

/// What a script gives that could not even be started.
pub(super) fn unable(mut session: Session, reason: String, duration: Duration) -> ScriptOutcome {
    session.error = Some(ScriptError {
        name: "InternalError".to_owned(),
        message: reason,
        place: None,
    });
    outcome(session, None, duration)
}
