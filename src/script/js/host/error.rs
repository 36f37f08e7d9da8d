//! Errors in V8's words.

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result};

use super::super::session::Shared;
use super::super::translate::{self, Raw};
use super::super::value::Text;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "scriptFile",
        Func::from(move || shared.borrow().file.clone()),
    )?;
    let shared = session.clone();
    host.set(
        "interruptedAt",
        Func::from(move |stack: Text| {
            // A host function may be reading when the engine notices the end of the time.
            if let Some(mut session) = shared.try_borrow_mut() {
                session.interrupted_at = stack.0;
            }
        }),
    )?;
    let shared = session.clone();
    host.set(
        "translate",
        Func::from(
            move |name: Text, message: Text, line: usize, column: usize| {
                let session = shared.borrow();
                translate::to_v8(&Raw {
                    name: &name.0,
                    message: &message.0,
                    source: &session.source,
                    position: (line > 0).then_some((line, column)),
                })
            },
        ),
    )
}
