//! Why a text is not a collection.

/// A text that cannot be read as a collection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The root is not an object.
    #[error("the file holds {found}, where a collection is an object")]
    NotAnObject {
        /// What the root is, with its article.
        found: &'static str,
    },
    /// The root is an object of another kind.
    #[error("the object has no member `item`, which holds the requests of a collection")]
    NoItems,
    /// `item` is not a list.
    #[error("`{place}` holds {found}, where a list of requests and folders belongs")]
    ItemsNotAList {
        /// The path in the JSON document.
        place: String,
        /// What it is, with its article.
        found: &'static str,
    },
    /// A member of `item` is not an object.
    #[error("`{place}` holds {found}, where a request or a folder belongs")]
    NodeNotAnObject {
        /// The path in the JSON document.
        place: String,
        /// What it is, with its article.
        found: &'static str,
    },
    /// Folders nest deeper than any real collection.
    #[error("`{place}` nests folders more than {limit} deep")]
    TooDeep {
        /// The path in the JSON document.
        place: String,
        /// The limit.
        limit: usize,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::NotAnObject { .. } | Self::NoItems => {
                "export the collection from Postman as Collection v2.1; environments go to `-e`"
            }
            Self::ItemsNotAList { .. } | Self::NodeNotAnObject { .. } | Self::TooDeep { .. } => {
                "export the collection again from Postman, or mend the member named above"
            }
        }
    }

    /// The path of the member that is wrong, where it has one in the file.
    pub(crate) fn place(&self) -> Option<&str> {
        match self {
            Self::NotAnObject { .. } | Self::NoItems => None,
            Self::ItemsNotAList { place, .. }
            | Self::NodeNotAnObject { place, .. }
            | Self::TooDeep { place, .. } => Some(place),
        }
    }
}
