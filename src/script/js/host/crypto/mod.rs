//! The Web Cryptography API: what `crypto.subtle` asks of the program.

mod der;
mod install;
mod key;
mod secret;
mod signature;

pub(super) use install::install;
