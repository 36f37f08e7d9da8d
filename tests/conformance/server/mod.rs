//! Servers on this machine that stand for the public services that the cases call.
//!
//! - `services`: all of them together, and how the program is pointed at them;
//! - `listener`, `connection`, `request`, `answer`, `certificate`: HTTP/1.1 byte for byte, and TLS;
//! - `echo`, `httpbin`, `odd`, `raw`: what is answered;
//! - `authorization`, `hash`, `brotli`: what these need.

mod answer;
mod authorization;
mod brotli;
mod certificate;
mod connection;
mod echo;
mod hash;
mod httpbin;
mod listener;
mod odd;
mod raw;
mod request;
mod services;

use answer::Answer;
pub(crate) use hash::{hexadecimal, sha256};
pub(crate) use request::{Framing, Request, boundary};
pub(crate) use services::Servers;
