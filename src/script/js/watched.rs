//! The engine on a thread of its own, so that a script that cannot be stopped does not stop the run.
//!
//! The engine interrupts a script between two steps, and a single step can take for ever:
//! `Array(2 ** 28).join()` is one. Whoever waits for such a script gives its thread up after a while and
//! goes on with a new one. The thread ends by itself when the step has ended, or with the process.

use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::engine::{GRACE, INTERRUPT_INTERVAL, outcome, unable};
use super::session::{Session, Shared};
use super::{Error, JsEngine, Options};
use crate::collection::Script;
use crate::record::{ScriptError, Step};
use crate::script::{HostAnswer, HostCall, ScriptContext, ScriptEngine, ScriptHost, ScriptOutcome};

/// How long the engine may take to come back after it should have stopped the script; its own grace is
/// part of it.
const PATIENCE: Duration = Duration::from_secs(1).saturating_add(GRACE);

/// How often somebody looks whether the engine has let go of the session.
const RETRY_INTERVAL: Duration = Duration::from_millis(5);

/// How many threads may be given up at a time; each can use a processor and all memory that scripts may
/// have.
const MOST_STUCK: usize = 4;

/// How much stack a thread has for each byte that scripts may use: the functions that they call need some
/// as well, and more of it without optimization.
const STACK_FACTOR: usize = 8;

/// What is told when the engine itself is at fault.
const ENDED: &str = "the JavaScript engine has ended unexpectedly";

/// Runs scripts in QuickJS, on a thread that is given up when a script cannot be stopped.
pub(crate) struct WatchedEngine {
    options: Options,
    thread: Option<EngineThread>,
    stuck: Vec<JoinHandle<()>>,
}

/// A thread that waits for scripts.
struct EngineThread {
    jobs: mpsc::Sender<Job>,
    session: Shared,
    handle: JoinHandle<()>,
}

/// One script on its way to the thread.
struct Job {
    script: Script,
    context: ScriptContext,
    host: DistantHost,
    reply: oneshot::Sender<ScriptOutcome>,
}

/// The host of a script as its thread sees it.
struct DistantHost(UnboundedSender<Question>);

/// What a script asks of its host, and where the answer goes.
struct Question {
    call: HostCall,
    reply: oneshot::Sender<(HostAnswer, Vec<Step>)>,
}

impl ScriptHost for DistantHost {
    async fn answer(&self, call: HostCall) -> (HostAnswer, Vec<Step>) {
        let (reply, answer) = oneshot::channel();
        // Nobody listens any more once the script was given up.
        drop(self.0.send(Question { call, reply }));
        answer.await.unwrap_or_else(|_| {
            let reason = "the run does not wait for the script any more".to_owned();
            (HostAnswer::Refused { reason }, Vec::new())
        })
    }
}

/// Answers questions, several at a time, for as long as it is polled.
async fn answer_all(host: &impl ScriptHost, mut questions: UnboundedReceiver<Question>) {
    let mut pending = FuturesUnordered::new();
    loop {
        tokio::select! {
            Some(Question { call, reply }) = questions.recv() => pending.push(async {
                drop(reply.send(host.answer(call).await));
            }),
            Some(()) = pending.next() => {}
            // The script has ended.
            else => std::future::pending().await,
        }
    }
}

impl WatchedEngine {
    /// Makes an engine.
    ///
    /// # Errors
    ///
    /// The memory limit is too small to start in, or there is no thread to be had.
    pub(crate) fn new(options: Options) -> Result<Self, Error> {
        let thread = EngineThread::start(&options)?;
        Ok(Self {
            options,
            thread: Some(thread),
            stuck: Vec::new(),
        })
    }

    fn thread(&mut self) -> Result<EngineThread, String> {
        if let Some(thread) = self.thread.take() {
            return Ok(thread);
        }
        self.stuck.retain(|handle| !handle.is_finished());
        if self.stuck.len() >= MOST_STUCK {
            return Err(format!(
                "{MOST_STUCK} earlier scripts could not be stopped and are still running"
            ));
        }
        EngineThread::start(&self.options).map_err(|error| error.to_string())
    }

    /// Ends when the script should have come to an end long ago.
    async fn overdue(&self, deadline: Option<Instant>) {
        let mut interrupted_at = None;
        loop {
            let now = Instant::now();
            if interrupted_at.is_none() && self.options.interrupt.load(Ordering::Relaxed) {
                interrupted_at = Some(now);
            }
            let end = deadline.into_iter().chain(interrupted_at).min();
            let end = end.map(|end| end + PATIENCE);
            if end.is_some_and(|end| end <= now) {
                return;
            }
            let look = now + INTERRUPT_INTERVAL;
            tokio::time::sleep_until(end.map_or(look, |end| end.min(look))).await;
        }
    }

    /// Leaves the thread to itself and takes what its script has done so far.
    async fn give_up(
        &mut self,
        thread: EngineThread,
        mut answer: oneshot::Receiver<ScriptOutcome>,
        started: Instant,
        deadline: Option<Instant>,
    ) -> ScriptOutcome {
        let mut session = loop {
            if let Some(session) = thread.take_running() {
                break session;
            }
            // Either a host function is at work, or the script has ended after all.
            match tokio::time::timeout(RETRY_INTERVAL, &mut answer).await {
                Ok(Ok(outcome)) => {
                    self.thread = Some(thread);
                    return outcome;
                }
                Ok(Err(_)) => break Session::default(),
                Err(_) => {}
            }
        };
        let message = if thread.handle.is_finished() {
            ENDED
        } else if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            "sandbox not responding"
        } else {
            "stopped by the user"
        };
        session.error = Some(ScriptError {
            name: "Error".to_owned(),
            message: message.to_owned(),
            place: None,
        });
        if self.options.tells_of_loss() {
            session.tell_of_loss();
        }
        self.stuck.push(thread.handle);
        outcome(session, None, started.elapsed())
    }
}

impl ScriptEngine for WatchedEngine {
    async fn run(
        &mut self,
        script: &Script,
        context: ScriptContext,
        host: &impl ScriptHost,
    ) -> ScriptOutcome {
        let started = Instant::now();
        let deadline = context.timeout.map(|timeout| started + timeout);
        let thread = match self.thread() {
            Ok(thread) => thread,
            Err(reason) => return unable(Session::of(context), reason, started.elapsed()),
        };
        let (reply, mut answer) = oneshot::channel();
        let (asking, questions) = unbounded_channel();
        let job = Job {
            script: script.clone(),
            context,
            host: DistantHost(asking),
            reply,
        };
        if let Err(mpsc::SendError(job)) = thread.jobs.send(job) {
            return unable(
                Session::of(job.context),
                ENDED.to_owned(),
                started.elapsed(),
            );
        }
        let outcome = tokio::select! {
            biased;
            outcome = &mut answer => outcome.ok(),
            () = answer_all(host, questions) => None,
            () = self.overdue(deadline) => None,
        };
        match outcome {
            Some(outcome) => {
                self.thread = Some(thread);
                outcome
            }
            None => self.give_up(thread, answer, started, deadline).await,
        }
    }
}

impl EngineThread {
    /// Takes what the running script has done so far, unless there is none or a host function is at work.
    fn take_running(&self) -> Option<Session> {
        let mut session = self.session.try_borrow_mut()?;
        session.context.is_some().then(|| session.take())
    }

    fn start(options: &Options) -> Result<Self, Error> {
        let session = Shared::default();
        let (jobs, queue) = mpsc::channel();
        let (ready, is_ready) = mpsc::channel();
        let (options, shared) = (options.clone(), session.clone());
        let handle = thread::Builder::new()
            .name("scripts".to_owned())
            .stack_size(options.stack_limit_bytes.saturating_mul(STACK_FACTOR))
            .spawn(move || match JsEngine::with_session(options, shared) {
                Ok(engine) => {
                    // Whoever has started the thread waits for this.
                    drop(ready.send(Ok(())));
                    serve(engine, &queue);
                }
                Err(error) => drop(ready.send(Err(error))),
            })
            .map_err(|error| Error::Start {
                reason: error.to_string(),
            })?;
        is_ready.recv().unwrap_or_else(|error| {
            Err(Error::Start {
                reason: error.to_string(),
            })
        })?;
        Ok(Self {
            jobs,
            session,
            handle,
        })
    }
}

/// Runs scripts until nobody has any more.
fn serve(mut engine: JsEngine, queue: &mpsc::Receiver<Job>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
    else {
        return;
    };
    while let Ok(job) = queue.recv() {
        let outcome = runtime.block_on(engine.run(&job.script, job.context, &job.host));
        // Nobody listens any more when the script came back too late.
        if job.reply.send(outcome).is_err() {
            return;
        }
        engine.prepare();
    }
}
