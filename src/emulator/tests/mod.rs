//! The emulator over real sockets, with its certificate checked, as any client sees it.

mod client;
mod crowd;
mod data;
mod documentation;
mod faults;
mod login;
mod malformed;
mod management;
mod notebook;
mod pace;
mod pipeline_run;
mod server;
mod spark;
mod sql_pool;
mod trigger;
