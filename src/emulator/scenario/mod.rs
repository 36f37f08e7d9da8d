//! What the emulator pretends to be: who may sign in, what there is to be found, and how each
//! run ends.
//!
//! A [`Scenario`] is plain data. The one that ships is [`Scenario::demo`], and its names and
//! secrets mean nothing at the real Azure.

mod demo;
mod directory;
mod workspace;

pub(crate) use demo::identifiers;
pub(super) use directory::{ClientSecret, Principal, Scenario, Subscription, Tenant};
pub(super) use workspace::{
    Activity, ActivityFailure, Parameter, Pipeline, PipelineEnd, SparkJob, SparkJobDefinition,
    SparkJobFailure, SparkPool, Workspace,
};
