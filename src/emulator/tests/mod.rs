//! The emulator over real sockets, with its certificate checked, as any client sees it.

mod client;
mod data;
mod documentation;
mod login;
mod management;
mod pipeline_run;
mod server;
mod spark;
