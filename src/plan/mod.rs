//! From a collection and a selection to items in order, with everything they inherit.
//!
//! The main type is [`RunPlan`]. Variables are not replaced here, because their values change during
//! the run.

mod error;
mod filter;
mod flatten;
mod path_glob;
mod planned_item;
mod selection;
mod variable_scope;

pub(crate) use error::Error;
pub(crate) use flatten::{plan, plan_all};
pub(crate) use path_glob::{PathGlob, PathGlobError};
pub(crate) use planned_item::{PlannedItem, PlannedScript, RunPlan};
pub(crate) use selection::{Doubt, Selection};
pub(crate) use variable_scope::variable_scope;
