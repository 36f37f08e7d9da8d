//! The binary as a user meets it: started as a process, talking to servers over real sockets.
//!
//! One module for each topic:
//! - `arguments`: flags, help and version;
//! - `messages`, `messages_of_other_files`, `messages_of_rules`: what is said about input that cannot be used;
//! - `variables`, `dynamic_variables`: where values come from, as seen on the wire;
//! - `formats`, `inputs_by_url`: every form of a collection, an environment and globals;
//! - `requests`, `bodies`: the bytes of a request;
//! - `iteration_data`: one row for each iteration;
//! - `auth`, `cookies`, `cookie_jars`, `redirects`, `tls`, `client_certificates`, `connect_to`, `proxies`,
//!   `http2`, `keep_alive`, `timeouts`: how requests are sent;
//! - `peers_nginx`, `peers_apache`, `peers_proxies`: servers and proxies that others wrote, where they are
//!   installed;
//! - `odd_servers`, `large_responses`: answers that are legal and strange, or enormous;
//! - `oauth2`, `oauth2_errors`, `oauth2_identity`: tokens that are obtained on the way;
//! - `flow`: which requests are sent, and when a run ends;
//! - `dry_run`: what is told without sending anything;
//! - `check`: what is found without running anything;
//! - `rules`: captures and expectations;
//! - `reporters`, `html_report`, `exports`: what is written where;
//! - `outputs`: variables for the next program;
//! - `readme`: what the README promises;
//! - `newman_compat`: what that flag restores;
//! - `regressions`: what was reported of other runners, and what real files hold;
//! - `exit_codes`: the process's answer;
//! - `synapse`, `synapse_article`, `synapse_oauth2`, `synapse_operations`, `emulator`: the sample collections against
//!   the emulator;
//! - `emulator_proxy`, `emulator_scenario`: how other clients reach it, and what it can be told to do;
//! - `secrets`, `vault`: what no output may show, and where it comes from;
//! - `scripts`, `script_messages`, `script_requests`: prerequest and test scripts, what is shown of them, and the
//!   requests they send;
//! - `packages`: what `pm.require` finds;
//! - `hostile_scripts`: scripts that would not end, would take everything, or break what they find.

#![expect(
    clippy::unwrap_used,
    reason = "a test may fail anywhere, its helpers included"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read and write files of their own"
)]

mod support;

mod arguments;
mod auth;
mod auth_schemes;
mod bodies;
mod check;
mod client_certificates;
mod config;
mod connect_to;
mod cookie_jars;
mod cookies;
mod dry_run;
mod dynamic_variables;
mod emulator;
mod emulator_proxy;
mod emulator_scenario;
mod exit_codes;
mod exports;
mod flow;
mod formats;
mod hostile_scripts;
mod html_report;
mod http2;
mod inputs_by_url;
mod iteration_data;
mod keep_alive;
mod large_responses;
mod manual;
mod messages;
mod messages_of_other_files;
mod messages_of_rules;
mod newman_compat;
mod newman_flags;
mod oauth2;
mod oauth2_errors;
mod oauth2_identity;
mod odd_servers;
mod outputs;
mod packages;
mod peers_apache;
mod peers_nginx;
mod peers_proxies;
mod proxies;
mod readme;
mod redirects;
mod regressions;
mod reporters;
mod requests;
mod rules;
mod script_messages;
mod script_requests;
mod scripts;
mod secrets;
mod selection;
mod synapse;
mod synapse_article;
mod synapse_oauth2;
mod synapse_operations;
mod timeouts;
mod tls;
mod variables;
mod vault;
