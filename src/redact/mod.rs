//! Secret values and how to hide them.
//!
//! [`Secrets`] knows every value that was ever secret in this run and hides all its written forms in
//! text and bytes. What is secret is decided elsewhere.

mod forms;
mod secrets;

pub(crate) use secrets::Secrets;
