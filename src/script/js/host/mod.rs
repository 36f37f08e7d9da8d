//! The functions that the prelude calls, one file per topic.
//!
//! They form one object that only the prelude has; a script never sees it. Each function works on the
//! session of the script that runs.

mod call;
mod console;
mod crypto;
mod error;
mod facts;
mod library;
mod package;
mod response;
mod time_zone;
mod timer;
mod variables;
mod web;

mod install;

pub(super) use facts::cookie_json;
pub(super) use install::host_object;
pub(super) use package::install_packages;
pub(super) use response::text as response_text;
