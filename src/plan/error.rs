//! Why there is nothing to run.

/// A selection that does not work out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No folder or request has that name or id.
    #[error("no folder or request is called `{name}`")]
    UnknownFolder {
        /// The name asked for.
        name: String,
        /// A name that is nearly the same.
        near: Option<String>,
    },
    /// The collection holds no request.
    #[error("the collection `{collection}` holds no request")]
    NothingSelected {
        /// The collection's name.
        collection: String,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::UnknownFolder {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::UnknownFolder { near: None, .. } => {
                "names are compared letter by letter; look them up in the collection".to_owned()
            }
            Self::NothingSelected { .. } => {
                "add a request to the collection, or select a folder that has one".to_owned()
            }
        }
    }
}
