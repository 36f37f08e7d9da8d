//! The command line: arguments, commands, messages to the user, exit codes.
//!
//! The only module that knows all others. It contains no logic of a run.

mod args;
mod auth_args;
mod commands;
mod config_args;
mod connection_args;
mod console_writer;
mod context;
mod defaults;
mod diagnostics;
mod error;
mod exit_code;
mod fetch;
mod number;
mod output_args;
mod outputs;
mod person;
mod program;
mod reporter_args;
mod selection_args;
mod settings;
mod standard_output;
mod variables;

pub use program::main;
