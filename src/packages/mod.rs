//! Packages for `pm.require`: own ones from a folder, and vendored ones from npm and JSR whose content is
//! pinned by hash.
//!
//! The main type is [`Packages`]. Nothing here fetches anything or runs JavaScript.

mod error;
mod load;
mod lock;
mod package;

pub(crate) use error::Error;
pub(crate) use load::load_packages;
pub(crate) use lock::lock_packages;
pub(crate) use package::{Package, Packages};
