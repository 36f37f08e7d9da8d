//! What one script sees and has done so far.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};
use std::time::Duration;

use rquickjs::{Ctx, Exception};
use tokio::time::Instant;

use crate::record::{
    Assertion, AssertionOutcome, ConsoleLevel, ConsoleMessage, ScriptError, Step, Visualization,
};
use crate::script::{HostCall, NextRequest, ScriptContext};
use crate::variables::{ScopeChanges, VariableScope};

/// The script that is running, shared with the functions that JavaScript calls.
///
/// It is behind a lock and not in a cell because another thread takes it over from an engine that does
/// not come back. That thread never waits for the lock, so that nested reading cannot block.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<RwLock<Session>>);

impl Shared {
    /// The session to read; the same thread may read it twice at a time.
    pub(super) fn borrow(&self) -> RwLockReadGuard<'_, Session> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session to change; must not be asked for while the same thread reads it.
    pub(super) fn borrow_mut(&self) -> RwLockWriteGuard<'_, Session> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session to change, unless it is in use.
    pub(super) fn try_borrow_mut(&self) -> Option<RwLockWriteGuard<'_, Session>> {
        match self.0.try_write() {
            Ok(session) => Some(session),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// About what a message or a test takes besides its texts.
const EFFECT_BYTES: usize = 200;

/// About what a call takes until it is answered: a loop of calls must come to an end.
pub(super) const CALL_BYTES: usize = 32 << 10;

/// The script wants more to be kept for it than it may.
#[derive(Debug)]
pub(super) struct OutOfMemory;

impl OutOfMemory {
    /// Throws what the engine throws when its own memory is used up. The session must be free.
    pub(super) fn throw(self, ctx: &Ctx<'_>) -> rquickjs::Error {
        Exception::throw_internal(ctx, "out of memory")
    }
}

/// What is told when a realm has to go.
const LOSS: &str = "later scripts start anew: what scripts have left in undeclared names is lost";

/// Everything about the running script.
///
/// Scripts run one after the other; between two of them the session is empty.
#[derive(Default)]
pub(super) struct Session {
    /// What the runner gave; `None` between two scripts.
    pub(super) context: Option<ScriptContext>,
    /// The text of the script.
    pub(super) source: String,
    /// The name under which the engine knows the text.
    pub(super) file: String,
    /// What happened so far.
    pub(super) steps: Vec<Step>,
    /// The places of tests whose outcomes are still to come, by their numbers.
    pub(super) reserved: HashMap<usize, usize>,
    /// The last value given to `setNextRequest`.
    pub(super) next_request: Option<NextRequest>,
    /// What `pm.visualizer` is to show, once the script has said so.
    pub(super) visualization: Option<Option<Visualization>>,
    /// Whether the request is to be skipped; from then on nothing that the script does counts.
    pub(super) skip_request: bool,
    /// The first error outside of assertions.
    pub(super) error: Option<ScriptError>,
    /// The row of iteration data as it was, once a script has changed its own copy.
    pub(super) original_data: Option<VariableScope>,
    /// Callbacks that wait for their time.
    pub(super) timers: Timers,
    /// What was asked of the run since the loop last looked, each with the number of its callback.
    pub(super) calls: Vec<(u32, HostCall)>,
    /// The stack at the moment when the deadline struck.
    pub(super) interrupted_at: String,
    /// How much may be kept for the script outside of the engine, in bytes; 0 for no limit.
    pub(super) allowance_bytes: usize,
    /// How much is kept.
    pub(super) held_bytes: usize,
    /// Whether something was left out that the script has printed.
    pub(super) has_printed_too_much: bool,
    /// Whether the script's own body has begun.
    pub(super) has_begun: bool,
    /// Whether the script has changed built-in objects beyond repair.
    pub(super) has_ruined: bool,
    /// Whether the script's own body has ended, with or without an error.
    pub(super) is_settled: bool,
}

impl Session {
    /// The session of a script that has not begun.
    pub(super) fn of(context: ScriptContext) -> Self {
        Self {
            context: Some(context),
            ..Self::default()
        }
    }

    /// The context of the running script.
    pub(super) fn context(&self) -> Option<&ScriptContext> {
        self.context.as_ref()
    }

    /// Adds something that a report shows.
    pub(super) fn push(&mut self, step: Step) {
        if !self.skip_request {
            self.steps.push(step);
        }
    }

    /// Takes over what a request of the collection, run by the script, did to the variables.
    pub(super) fn apply(&mut self, changes: &ScopeChanges) {
        if !self.skip_request
            && let Some(context) = &mut self.context
        {
            changes.apply(&mut context.scopes);
        }
    }

    /// Keeps a place for the outcome of a test; without one, the test is what is given here.
    pub(super) fn reserve(&mut self, unsettled: Assertion) {
        if !self.skip_request {
            self.reserved.insert(unsettled.index, self.steps.len());
            self.steps.push(Step::Assertion(unsettled));
        }
    }

    /// Adds a console message, unless the script has printed too much.
    pub(super) fn print(&mut self, message: ConsoleMessage) {
        let size: usize = message.arguments.iter().map(String::len).sum();
        if self.skip_request || self.has_printed_too_much {
            return;
        }
        if self.hold(size + EFFECT_BYTES, 0).is_ok() {
            self.steps.push(Step::Console(message));
        } else {
            self.has_printed_too_much = true;
            self.warn("the script printed too much, and the rest is left out");
        }
    }

    /// Adds the outcome of a test, at the place that was reserved for it.
    ///
    /// # Errors
    ///
    /// The script has used up what it may hold.
    pub(super) fn report(&mut self, assertion: Assertion) -> Result<(), OutOfMemory> {
        if self.skip_request {
            return Ok(());
        }
        let told = match &assertion.outcome {
            AssertionOutcome::Failed(error) => error.message.len(),
            AssertionOutcome::Passed | AssertionOutcome::Skipped => 0,
        };
        self.hold(assertion.name.len() + told + EFFECT_BYTES, 0)?;
        let place = self.reserved.remove(&assertion.index);
        let step = Step::Assertion(assertion);
        match place {
            Some(position) => self.steps[position] = step,
            None => self.steps.push(step),
        }
        Ok(())
    }

    /// Counts what is kept for the script outside of the engine, which counts its own memory.
    ///
    /// # Errors
    ///
    /// It is too much; nothing is counted then.
    pub(super) fn hold(&mut self, more: usize, less: usize) -> Result<(), OutOfMemory> {
        let held = self.held_bytes.saturating_sub(less).saturating_add(more);
        if self.allowance_bytes != 0 && held > self.allowance_bytes {
            return Err(OutOfMemory);
        }
        self.held_bytes = held;
        Ok(())
    }

    fn warn(&mut self, text: &str) {
        self.steps.push(Step::Console(ConsoleMessage {
            level: ConsoleLevel::Warn,
            arguments: vec![format!("'{text}'")],
        }));
    }

    /// Tells that later scripts do not find what earlier ones have left.
    pub(super) fn tell_of_loss(&mut self) {
        self.warn(LOSS);
    }

    /// Remembers the first error; later ones are consequences as a rule.
    pub(super) fn fail(&mut self, error: ScriptError) {
        if !self.skip_request && self.error.is_none() {
            self.error = Some(error);
        }
    }
}

/// The callbacks of `setTimeout`, `setInterval` and `setImmediate`.
#[derive(Default)]
pub(super) struct Timers {
    immediate: VecDeque<u32>,
    by_time: BTreeMap<(Instant, u64), (u32, Option<Duration>)>,
    started: u64,
}

impl Timers {
    /// Lets a callback run as soon as the current one has ended.
    pub(super) fn start_immediate(&mut self, id: u32) {
        self.immediate.push_back(id);
    }

    /// Lets a callback run after a delay, again and again if it repeats.
    pub(super) fn start(&mut self, id: u32, delay: Duration, repeats: bool) {
        self.started += 1;
        let due = Instant::now() + delay;
        self.by_time
            .insert((due, self.started), (id, repeats.then_some(delay)));
    }

    /// Forgets a callback.
    pub(super) fn clear(&mut self, id: u32) {
        self.immediate.retain(|waiting| *waiting != id);
        self.by_time.retain(|_, (waiting, _)| *waiting != id);
    }

    /// When the next callback has to run; `None` when none waits.
    pub(super) fn next_due(&self) -> Option<Instant> {
        if !self.immediate.is_empty() {
            return Some(Instant::now());
        }
        self.by_time.keys().next().map(|(due, _)| *due)
    }

    /// Takes the callback that has to run now: its id, and whether it will run again.
    pub(super) fn take_due(&mut self) -> Option<(u32, bool)> {
        if let Some(id) = self.immediate.pop_front() {
            return Some((id, false));
        }
        let (&(due, order), &(id, interval)) = self.by_time.first_key_value()?;
        if due > Instant::now() {
            return None;
        }
        self.by_time.remove(&(due, order));
        if let Some(interval) = interval {
            self.start(id, interval, true);
        }
        Some((id, interval.is_some()))
    }
}

/// The moment at which the engine interrupts a script, which the user can bring about at any time.
pub(super) struct Deadline {
    interrupt: Arc<AtomicBool>,
    at: Cell<Option<Instant>>,
    struck: Cell<bool>,
}

impl Deadline {
    /// No moment yet; it comes when the flag is set.
    pub(super) fn new(interrupt: Arc<AtomicBool>) -> Self {
        Self {
            interrupt,
            at: Cell::default(),
            struck: Cell::default(),
        }
    }

    /// Sets the moment anew; `None` for never.
    pub(super) fn set(&self, at: Option<Instant>) {
        self.at.set(at);
        self.struck.set(false);
    }

    /// The moment.
    pub(super) fn at(&self) -> Option<Instant> {
        self.at.get()
    }

    /// Whether the moment has come; remembers that it was asked for in vain.
    pub(super) fn has_passed(&self) -> bool {
        let passed = self.interrupt.load(Ordering::Relaxed)
            || self.at.get().is_some_and(|at| Instant::now() >= at);
        if passed {
            self.struck.set(true);
        }
        passed
    }

    /// Whether something was interrupted.
    pub(super) fn has_struck(&self) -> bool {
        self.struck.get()
    }
}
