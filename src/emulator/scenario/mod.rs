//! What the emulator pretends to be: who may sign in, what there is to be found, and how each
//! run ends.
//!
//! A [`Scenario`] is plain data. The one that ships is [`Scenario::demo`], and its names and
//! secrets mean nothing at the real Azure. A file in YAML can be laid over it
//! ([`Scenario::from_yaml`]).

mod demo;
mod directory;
mod entry;
mod error;
mod fault;
mod file;
mod overlay;
mod workspace;

#[cfg(test)]
mod tests;

pub(crate) use demo::identifiers;
pub(crate) use directory::Scenario;
pub(super) use directory::{ClientSecret, Principal, Subscription, Tenant};
pub(super) use fault::Fault;
pub(super) use workspace::{
    Activity, ActivityFailure, Notebook, NotebookFailure, Parameter, Pipeline, PipelineEnd,
    SparkJob, SparkJobDefinition, SparkJobFailure, SparkPool, SqlPool, Trigger, Workspace,
};
