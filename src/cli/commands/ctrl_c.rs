//! Ctrl-C: the first stops the run and still writes the reports, the second ends the process.

use std::{io, process, thread};

use crate::cli::exit_code::ExitCode;
use crate::record::RunEnd;
use crate::runner::Interrupt;

/// Listens from now on, on a thread of its own, because a script may keep the worker busy.
pub(super) fn watch_for_interrupt(interrupt: Interrupt) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    // Registered here and not on the thread, which may start late: until then a signal would end the
    // process.
    let mut signals = {
        let _guard = runtime.enter();
        signals()?
    };
    thread::Builder::new()
        .name("interrupt".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                if signals.recv().await.is_some() {
                    interrupt.set(RunEnd::Interrupted);
                }
                if signals.recv().await.is_some() {
                    end_now();
                }
            });
        })?;
    Ok(())
}

#[cfg(unix)]
fn signals() -> io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
fn signals() -> io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}

#[expect(
    clippy::exit,
    reason = "the user has asked twice, and a worker may be stuck"
)]
fn end_now() {
    process::exit(i32::from(ExitCode::Interrupted as u8));
}
