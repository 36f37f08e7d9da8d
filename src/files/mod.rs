//! Reading and writing files.
//!
//! The only module that touches the file system. It knows where an input comes from ([`Source`]), how
//! bytes become text ([`decode_text`]), which files a collection may refer to ([`WorkingDir`]) and how an
//! output comes into being as a whole or not at all ([`AtomicFile`]). It parses nothing and reaches no
//! network.

#![expect(
    clippy::disallowed_methods,
    reason = "this module owns reading and writing files"
)]

mod atomic_file;
mod error;
mod export_path;
mod folder;
mod source;
mod spool;
mod text;
mod working_dir;

pub(crate) use atomic_file::{AtomicFile, append_atomically, write_atomically};
pub(crate) use error::Error;
pub(crate) use export_path::export_path;
pub(crate) use folder::{FolderEntry, exists, find_upwards, folder_name, is_folder, list_folder};
pub(crate) use source::{Source, create, open, read_bytes};
pub(crate) use spool::Spool;
pub(crate) use text::decode_text;
pub(crate) use working_dir::WorkingDir;
