//! The commands, one file each.

mod credentials;
mod emulator;
mod exports;
mod licenses;
mod run;
mod run_inputs;
mod worker;

pub(super) use emulator::emulator;
pub(super) use licenses::licenses;
pub(super) use run::run;
