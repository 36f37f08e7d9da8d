//! What a script says and checks.

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result};

use super::super::failure::{self, Thrown};
use super::super::session::Shared;
use super::super::value::Text;
use crate::record::{Assertion, AssertionOutcome, ConsoleLevel, ConsoleMessage};

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "console",
        Func::from(move |level: Text, arguments: Vec<Text>| {
            let arguments = arguments.into_iter().map(|argument| argument.0).collect();
            let message = ConsoleMessage {
                level: level_of(&level.0),
                arguments,
            };
            shared.borrow_mut().print(message);
        }),
    )?;
    let shared = session.clone();
    host.set(
        "passed",
        Func::from(
            move |ctx: Ctx<'js>, index: usize, name: Text, skipped: bool| -> Result<()> {
                let outcome = if skipped {
                    AssertionOutcome::Skipped
                } else {
                    AssertionOutcome::Passed
                };
                let assertion = Assertion {
                    name: name.0,
                    index,
                    outcome,
                    place: None,
                };
                let reported = shared.borrow_mut().report(assertion);
                reported.map_err(|error| error.throw(&ctx))
            },
        ),
    )?;
    let shared = session.clone();
    host.set(
        "reserve",
        Func::from(move |index: usize, name: Text, reason: Text| {
            let mut session = shared.borrow_mut();
            let unsettled = Thrown::new("Error", reason.0);
            let assertion = failure::assertion(&session, index, name.0, unsettled);
            session.reserve(assertion);
        }),
    )?;
    let shared = session.clone();
    host.set(
        "failed",
        Func::from(
            move |ctx: Ctx<'js>, index: usize, name: Text, thrown: Thrown| -> Result<()> {
                let reported = {
                    let mut session = shared.borrow_mut();
                    let assertion = failure::assertion(&session, index, name.0, thrown);
                    session.report(assertion)
                };
                reported.map_err(|error| error.throw(&ctx))
            },
        ),
    )?;
    let shared = session.clone();
    host.set(
        "fail",
        Func::from(move |thrown: Thrown| {
            let mut session = shared.borrow_mut();
            let error = failure::script_error(&session, thrown);
            session.fail(error);
        }),
    )
}

fn level_of(name: &str) -> ConsoleLevel {
    match name {
        "info" => ConsoleLevel::Info,
        "debug" => ConsoleLevel::Debug,
        "warn" => ConsoleLevel::Warn,
        "error" => ConsoleLevel::Error,
        _ => ConsoleLevel::Log,
    }
}
