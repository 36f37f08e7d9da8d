//! One JavaScript engine with everything that scripts find in it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rquickjs::context::EvalOptions;
use rquickjs::function::{Args, Func};
use rquickjs::{Context, Ctx, Function, Object, Persistent, Result, Runtime, Value as JsValue};

use super::cache::ScriptCache;
use super::failure::{self, Thrown};
use super::session::{CALL_BYTES, Deadline, Session, Shared};
use super::{Options, answer, bytecode, host, library, place, prelude};
use crate::record::Step;
use crate::script::HostAnswer;

/// What V8 says of `await` where newman knows none.
const NO_AWAIT_LOOP: &str = "Unexpected reserved word";
const NO_AWAIT: &str = "await is only valid in async functions and the top level bodies of modules";

/// Handled rejections leave the list again, so that it holds what nobody handles.
type Rejections = Rc<RefCell<Vec<[Persistent<JsValue<'static>>; 2]>>>;

/// A realm lives for the whole run, because scripts share helpers through undeclared names.
///
/// The order of the members is the order in which they are dropped.
pub(super) struct Realm {
    entry: Persistent<Object<'static>>,
    rejections: Rejections,
    scripts: RefCell<ScriptCache>,
    context: Context,
    runtime: Runtime,
    pub(super) session: Shared,
    pub(super) deadline: Rc<Deadline>,
    memory_limit_bytes: usize,
    as_newman: bool,
    /// Whether what runs is no longer the script's own body.
    is_callback: Cell<bool>,
}

impl Realm {
    /// Starts an engine and runs the prelude in it.
    ///
    /// # Errors
    ///
    /// The memory limit is too small for that.
    pub(super) fn new(options: &Options, session: &Shared) -> std::result::Result<Self, String> {
        let runtime = Runtime::new().map_err(|error| error.to_string())?;
        runtime.set_memory_limit(options.memory_limit_bytes);
        runtime.set_max_stack_size(options.stack_limit_bytes);
        let context = Context::full(&runtime).map_err(|error| error.to_string())?;
        let deadline = Rc::new(Deadline::new(Arc::clone(&options.interrupt)));
        let rejections = Rejections::default();
        track_rejections(&runtime, &rejections);
        let entry = context.with(|ctx| {
            start_prelude(&ctx, session, options)
                .map(|entry| Persistent::save(&ctx, entry))
                .map_err(|error| describe(&ctx, &error))
        })?;
        // Only scripts can be interrupted, not the start of the engine.
        let handler = Rc::clone(&deadline);
        runtime.set_interrupt_handler(Some(Box::new(move || handler.has_passed())));
        Ok(Self {
            entry,
            rejections,
            scripts: RefCell::default(),
            context,
            runtime,
            session: session.clone(),
            deadline,
            memory_limit_bytes: options.memory_limit_bytes,
            as_newman: options.as_newman,
            is_callback: Cell::default(),
        })
    }

    /// Compiles the script of the session and runs none of it.
    pub(super) fn compile(&self) -> std::result::Result<(), Thrown> {
        let (text, file) = self.text();
        self.context.with(|ctx| {
            bytecode::compile(&ctx, &file, &text)
                .map(drop)
                .map_err(|error| thrown(&ctx, &error))
        })
    }

    /// The text that the engine gets for the script of the session, and its name.
    fn text(&self) -> (String, String) {
        let session = self.session.borrow();
        (
            place::wrapped(&session.source, !self.as_newman),
            session.file.clone(),
        )
    }

    /// Compiles the script of the session and runs it up to its first pause.
    ///
    /// Gives false when earlier scripts have left the realm in a state in which none can begin.
    pub(super) fn start(&self) -> bool {
        self.rejections.borrow_mut().clear();
        self.is_callback.set(false);
        let mut is_usable = true;
        self.enter(|ctx| {
            let body = self
                .body(ctx)
                .map_err(|error| self.blame_await(ctx, error))?;
            let started = self.call(ctx, "start", |arguments| arguments.push_arg(body));
            is_usable =
                started.is_ok() || self.session.borrow().has_begun || self.deadline.has_struck();
            started
        });
        is_usable
    }

    /// Says in V8's words that `await` is what makes a script of newman's invalid, if it does.
    fn blame_await(&self, ctx: &Ctx<'_>, error: rquickjs::Error) -> rquickjs::Error {
        if !self.as_newman || !error.is_exception() {
            return error;
        }
        let exception = ctx.catch();
        let text = place::wrapped(&self.session.borrow().source, true);
        let is_valid_with_await = bytecode::compile(ctx, "script", &text).is_ok();
        drop(ctx.catch());
        if is_valid_with_await && let Some(object) = exception.as_object() {
            let message = match text.contains("for await") {
                true => NO_AWAIT_LOOP,
                false => NO_AWAIT,
            };
            // A message that stays as it was is no harm.
            let _unchanged = object.set("message", message);
        }
        ctx.throw(exception)
    }

    /// The script of the session as a function.
    fn body<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        let known = self.scripts.borrow().get(&self.session.borrow().source);
        if let Some(known) = known {
            self.session.borrow_mut().file = known.file.to_string();
            return known.function(ctx);
        }
        let (text, file) = self.text();
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(file);
        let body: Function<'js> = ctx.eval_with_options(text, options)?;
        let session = self.session.borrow();
        self.scripts
            .borrow_mut()
            .add(ctx, &session.source, &session.file, body.clone());
        Ok(body)
    }

    /// Runs the callback of a timer.
    pub(super) fn fire(&self, timer: u32, repeats: bool) {
        self.is_callback.set(true);
        self.enter(|ctx| {
            self.call(ctx, "fire", |arguments| {
                arguments.push_arg(timer)?;
                arguments.push_arg(repeats)
            })
        });
    }

    /// Hands a script what it has waited for.
    pub(super) fn deliver(&self, id: u32, answer: HostAnswer, steps: Vec<Step>) {
        self.is_callback.set(true);
        {
            let mut session = self.session.borrow_mut();
            // What becomes less is never too much.
            let _ = session.hold(0, CALL_BYTES);
            steps.into_iter().for_each(|step| session.push(step));
            if let HostAnswer::Ran { changes, .. } = &answer {
                session.apply(changes);
            }
        }
        self.enter(|ctx| {
            let answer = answer::to_js(ctx, answer)?;
            self.call(ctx, "deliver", |arguments| {
                arguments.push_arg(id)?;
                arguments.push_arg(answer)
            })
        });
    }

    /// Ends the script: tests that still wait, legacy tests, values that were changed in place.
    pub(super) fn finish(&self) {
        self.enter(|ctx| self.call(ctx, "finish", |_| Ok(())));
    }

    /// The request as JSON, if the script has touched it.
    pub(super) fn request(&self) -> Option<serde_json::Value> {
        let mut text = None;
        self.enter(|ctx| {
            let entry = self.entry.clone().restore(ctx)?;
            let request: Function<'_> = entry.get("request")?;
            text = request.call::<_, Option<super::value::Text>>(())?;
            Ok(())
        });
        serde_json::from_str(&text?.0).ok()
    }

    /// Runs promise reactions until none is left or the deadline has passed.
    pub(super) fn run_jobs(&self) {
        while !self.deadline.has_passed() {
            match self.runtime.execute_pending_job() {
                Ok(true) => {}
                Ok(false) => break,
                Err(exception) => exception.0.with(|ctx| {
                    let thrown = Thrown::read(&ctx, ctx.catch());
                    self.fail(thrown);
                }),
            }
        }
        self.report_rejections();
    }

    /// Whether the realm is still usable: nothing of the last script goes on in it, and memory is left.
    ///
    /// Memory is measured only after scripts that may have used it up, because that is slow.
    pub(super) fn is_clean(&self, may_lack_memory: bool) -> bool {
        if self.runtime.is_job_pending() {
            return false;
        }
        if !may_lack_memory || self.memory_limit_bytes == 0 {
            return true;
        }
        self.runtime.run_gc();
        let used = usize::try_from(self.runtime.memory_usage().malloc_size).unwrap_or(0);
        used < self.memory_limit_bytes / 2
    }

    /// Remembers an error of the running script.
    pub(super) fn fail(&self, thrown: Thrown) {
        let mut session = self.session.borrow_mut();
        let error = failure::script_error(&session, thrown);
        session.fail(error);
    }

    /// Runs something in the engine; what it throws fails the script.
    fn enter(&self, work: impl FnOnce(&Ctx<'_>) -> Result<()>) {
        self.context.with(|ctx| {
            if let Err(error) = work(&ctx) {
                let thrown = thrown(&ctx, &error);
                // The deadline tells more than the engine's "interrupted".
                let is_lost = self.as_newman && self.is_callback.get();
                if !self.deadline.has_struck() && !is_lost {
                    self.fail(thrown);
                }
            }
        });
    }

    fn call<'js>(
        &self,
        ctx: &Ctx<'js>,
        name: &str,
        push: impl FnOnce(&mut Args<'js>) -> Result<()>,
    ) -> Result<()> {
        let entry = self.entry.clone().restore(ctx)?;
        let function: Function<'js> = entry.get(name)?;
        let mut arguments = Args::new(ctx.clone(), 2);
        push(&mut arguments)?;
        function.call_arg(arguments)
    }

    fn report_rejections(&self) {
        let rejected = std::mem::take(&mut *self.rejections.borrow_mut());
        if rejected.is_empty() {
            return;
        }
        self.context.with(|ctx| {
            for [_, reason] in rejected {
                if let Ok(reason) = reason.restore(&ctx)
                    && !self.deadline.has_struck()
                {
                    self.fail(Thrown::read(&ctx, reason));
                }
            }
        });
    }
}

impl Drop for Realm {
    /// The engine keeps the list of rejections alive, whose values have to go before the engine does.
    fn drop(&mut self) {
        self.rejections.borrow_mut().clear();
    }
}

fn track_rejections(runtime: &Runtime, rejections: &Rejections) {
    let rejections = Rc::clone(rejections);
    runtime.set_host_promise_rejection_tracker(Some(Box::new(
        move |ctx, promise, reason, is_handled| {
            let mut rejections = rejections.borrow_mut();
            if is_handled {
                rejections.retain(|[known, _]| {
                    known
                        .clone()
                        .restore(&ctx)
                        .is_ok_and(|known| known != promise)
                });
            } else {
                let saved = [promise, reason].map(|value| Persistent::save(&ctx, value));
                rejections.push(saved);
            }
        },
    )));
}

fn start_prelude<'js>(ctx: &Ctx<'js>, session: &Shared, options: &Options) -> Result<Object<'js>> {
    let host = host::host_object(ctx, session)?;
    host::install_packages(&host, &options.packages)?;
    let shared = session.clone();
    host.set(
        "begun",
        Func::from(move || shared.borrow_mut().has_begun = true),
    )?;
    let shared = session.clone();
    host.set(
        "ruined",
        Func::from(move || shared.borrow_mut().has_ruined = true),
    )?;
    let shared = session.clone();
    host.set(
        "settled",
        Func::from(move || shared.borrow_mut().is_settled = true),
    )?;
    host.set("lineWidth", options.console_width)?;
    host.set("asNewman", options.as_newman)?;
    let parts = Object::new(ctx.clone())?;
    let mut last = JsValue::new_undefined(ctx.clone());
    for (name, _) in prelude::PARTS {
        let part = bytecode::run(ctx, &library::bytecode(ctx, name)?)?;
        let part = part
            .try_into_function()
            .map_err(|_| rquickjs::Error::Unknown)?;
        last = part.call((host.clone(), parts.clone()))?;
    }
    last.try_into_object().map_err(|_| rquickjs::Error::Unknown)
}

fn thrown(ctx: &Ctx<'_>, error: &rquickjs::Error) -> Thrown {
    match error {
        rquickjs::Error::Exception => Thrown::read(ctx, ctx.catch()),
        rquickjs::Error::InvalidString(_) => {
            Thrown::new("SyntaxError", "Invalid or unexpected token")
        }
        other => Thrown::new("Error", other.to_string()),
    }
}

fn describe(ctx: &Ctx<'_>, error: &rquickjs::Error) -> String {
    match error {
        rquickjs::Error::Exception => Thrown::read(ctx, ctx.catch()).to_string(),
        other => other.to_string(),
    }
}

impl Session {
    /// Puts the session back to the state between two scripts.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}
