//! The command line: arguments, commands, messages to the user, exit codes.
//!
//! The only module that knows all others. It contains no logic of a run.

mod args;
mod commands;
mod console_writer;
mod context;
mod diagnostics;
mod error;
mod exit_code;
mod fetch;
mod program;
mod reporter_args;
mod standard_output;
mod variables;

pub use program::main;
