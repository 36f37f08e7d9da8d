//! Arguments that say which requests of a collection are meant.

use crate::plan::{PathGlob, PathGlobError, Selection};

/// Which requests are meant, for every command that goes through a collection.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct SelectionArgs {
    /// Only this folder or request, by name or id (repeatable)
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(super) folder: Vec<String>,

    /// Only folders and requests whose path matches, or with this id, such as 'Orders/**' (repeatable)
    #[arg(long, value_name = "GLOB", value_parser = path_glob)]
    pub(super) only: Vec<PathGlob>,

    /// Leave out folders and requests whose path matches, or with this id, whatever else selects them (repeatable)
    #[arg(long, value_name = "GLOB", value_parser = path_glob)]
    pub(super) exclude: Vec<PathGlob>,

    /// Only what has `[NAME]` in its own name or in that of a folder around it (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) tag: Vec<String>,
}

impl SelectionArgs {
    /// The selection that they say.
    pub(super) fn selection(&self) -> Selection {
        Selection {
            folders: self.folder.clone(),
            only: self.only.clone(),
            exclude: self.exclude.clone(),
            tags: self.tag.clone(),
        }
    }
}

fn path_glob(text: &str) -> Result<PathGlob, PathGlobError> {
    PathGlob::parse(text)
}
