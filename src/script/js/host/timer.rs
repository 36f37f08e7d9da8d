//! Timers.

use std::time::Duration;

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result};

use super::super::session::Shared;

/// A delay beyond this is one millisecond, as in browsers and Node.
const LONGEST_DELAY_MS: f64 = 2_147_483_647.0;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "startTimer",
        Func::from(move |id: u32, delay_ms: f64, repeats: bool| {
            shared
                .borrow_mut()
                .timers
                .start(id, delay(delay_ms), repeats);
        }),
    )?;
    let shared = session.clone();
    host.set(
        "startImmediate",
        Func::from(move |id: u32| shared.borrow_mut().timers.start_immediate(id)),
    )?;
    let shared = session.clone();
    host.set(
        "clearTimer",
        Func::from(move |id: u32| shared.borrow_mut().timers.clear(id)),
    )
}

fn delay(milliseconds: f64) -> Duration {
    let usable = (1.0..=LONGEST_DELAY_MS).contains(&milliseconds);
    Duration::from_millis(if usable { milliseconds as u64 } else { 1 })
}
