//! A project's defaults: `postrider.toml` and its profiles.
//!
//! Finds and reads the file ([`Config`]). Which keys there are, and what they mean, is left to the
//! command line, whose flags they are named after.

mod error;
mod file;

pub(crate) use error::{Error, Place};
pub(crate) use file::{Config, Setting, SettingValue, find_config};
