//! What happened: executions, assertions, failures, counts, and the events that tell them.
//!
//! The runner writes these types and reporters read them; neither knows the other. Nothing here
//! prints or writes files.

mod assertion;
mod cursor;
mod event;
mod execution;
mod failure;
mod mask;
mod masker;
mod summary;

pub(crate) use crate::collection::ScriptKind;
pub(crate) use assertion::{Assertion, AssertionError, AssertionOutcome, ScriptError, ScriptPlace};
pub(crate) use cursor::{CollectionInfo, Cursor, ItemInfo};
pub(crate) use event::{EventSink, RunEvent};
pub(crate) use execution::{
    ConsoleLevel, ConsoleMessage, ExchangeOrigin, Execution, ScriptRun, SentRequest, Step,
    Visualization,
};
pub(crate) use failure::{Failure, FailureKind};
pub(crate) use mask::json as mask_json;
pub(crate) use masker::Masker;
pub(crate) use summary::{Count, RunEnd, RunSummary};
