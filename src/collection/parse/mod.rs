//! Reading a collection from JSON, one file or folder for each format.
//!
//! The shape of the file decides which reader is used, whatever its schema URL says.

mod detect;
mod members;
mod v1;
mod v2;

pub(crate) use detect::parse;
