//! Where in the run something happened.

use std::sync::Arc;

use serde_json::Value;

/// A position in the grid of iterations and items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The iteration, counted from 0.
    pub(crate) iteration: usize,
    /// How many iterations are planned.
    pub(crate) iteration_count: usize,
    /// The position of the item in the plan, counted from 0.
    pub(crate) position: usize,
    /// How many items the plan holds.
    pub(crate) item_count: usize,
    /// A UUID that is fresh for each execution of an item.
    pub(crate) reference: String,
}

/// What reports say about an item, the same in every iteration.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemInfo {
    /// The id in the file, or a UUID made when it was read.
    pub(crate) id: String,
    /// The name of the request.
    pub(crate) name: String,
    /// The names of the folders around it, from the outside in.
    pub(crate) folders: Vec<String>,
    /// The id and name of the innermost folder, or of the collection.
    pub(crate) parent: (String, String),
    /// The item as it stands in the collection, in the form of v2.1.
    pub(crate) definition: Arc<Value>,
}

impl ItemInfo {
    /// The folder names and the item's own, joined as `Users / Create user`.
    pub(crate) fn path(&self) -> String {
        let mut names = self.folders.clone();
        names.push(self.name.clone());
        names.join(" / ")
    }
}

/// What reports say about the collection.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CollectionInfo {
    /// The id in the file, or a UUID made when it was read.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// The collection in the form of v2.1.
    pub(crate) definition: Arc<Value>,
}
