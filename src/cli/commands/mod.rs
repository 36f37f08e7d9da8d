//! The commands, one file each.

mod auth_token;
mod check;
mod client_certificates;
mod client_options;
mod completions;
mod cookie_jar_export;
mod credentials;
mod ctrl_c;
mod dry_run;
mod emulator;
mod exports;
mod licenses;
mod list;
mod man;
mod outputs;
mod packages;
mod proxies;
mod run;
mod run_inputs;
mod worker;

pub(super) use auth_token::auth_token;
pub(super) use check::check;
pub(super) use completions::completions;
pub(super) use emulator::emulator;
pub(super) use licenses::licenses;
pub(super) use list::list;
pub(super) use man::man;
pub(super) use packages::packages;
pub(super) use run::run;
