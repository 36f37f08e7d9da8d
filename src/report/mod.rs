//! Reporters: what happened in a run, as text on the terminal or as files.
//!
//! [`ReporterSet`] takes the events of a run, hides the secrets in them and hands them to each
//! [`Reporter`] that was asked for. A reporter builds everything from events; none of them keeps what
//! grows with the run.

mod cases;
mod console;
mod error;
mod events;
mod excerpt;
mod har;
mod html;
mod json;
mod junit;
mod lines;
mod measure;
mod options;
mod output;
mod problem;
mod registry;
mod reporter;
mod reporter_set;
#[cfg(test)]
mod samples;
mod tap;
mod teamcity;
#[cfg(test)]
mod tests;

pub(crate) use error::Error;
pub(crate) use options::{Console, Options};
pub(crate) use output::Output;
pub(crate) use reporter::Reporter;
pub(crate) use reporter_set::ReporterSet;
