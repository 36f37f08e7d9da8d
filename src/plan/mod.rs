//! From a collection and a selection to items in order, with everything they inherit.
//!
//! The main type is [`RunPlan`]. Variables are not replaced here, because their values change during
//! the run.

mod error;
mod flatten;
mod planned_item;
mod selection;
mod variable_scope;

pub(crate) use error::Error;
pub(crate) use flatten::{plan, plan_all};
pub(crate) use planned_item::{PlannedItem, PlannedScript, RunPlan};
pub(crate) use selection::{AmbiguousName, Selection};
pub(crate) use variable_scope::variable_scope;
