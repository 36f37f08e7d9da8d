//! Sockets, threads and certificates: how requests reach the service.

mod certificate;
mod connection;
mod emulator;
mod proxy;

pub(crate) use emulator::{Emulator, Options};
