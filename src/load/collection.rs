//! Loading a collection.

use super::error::{Error, Input};
use super::json::load_json;
use crate::collection::{self, Collection};
use crate::files::Source;

/// Reads a collection of format v2.0 or v2.1.
///
/// # Errors
///
/// When the file cannot be read, is not JSON or is no collection.
pub(crate) fn load_collection(source: &Source) -> Result<Collection, Error> {
    let root = load_json(Input::Collection, source)?;
    collection::parse(&root).map_err(|error| Error::Collection {
        name: source.to_string(),
        source: error,
    })
}
