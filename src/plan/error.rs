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
    /// No folder or request is at such a path, and none has that id.
    #[error("no folder or request matches `{glob}`")]
    UnknownPath {
        /// The glob asked for.
        glob: String,
        /// A path that is nearly the same.
        near: Option<String>,
    },
    /// No folder or request has that tag.
    #[error("no folder or request has the tag `{tag}`")]
    UnknownTag {
        /// The tag asked for.
        tag: String,
        /// A tag that is nearly the same.
        near: Option<String>,
    },
    /// Each filter matches something, and together they leave nothing.
    #[error("no request of the collection `{collection}` is left by {}", listed(.flags))]
    NothingLeft {
        /// The collection's name.
        collection: String,
        /// The flags that select.
        flags: Vec<&'static str>,
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
            }
            | Self::UnknownPath {
                near: Some(near), ..
            }
            | Self::UnknownTag {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::UnknownPath { near: None, .. } => {
                "a path begins at the collection, as in `Orders/Get order`, and `**` stands for any folders; `postrider list` prints all paths"
                    .to_owned()
            }
            Self::UnknownTag { near: None, .. } => {
                "a tag stands in brackets in the name of a request or folder, as in `Get order [smoke]`"
                    .to_owned()
            }
            Self::NothingLeft { .. } => {
                "a request has to be selected by each of these flags, and by no `--exclude`; try it out with `postrider list`"
                    .to_owned()
            }
            Self::UnknownFolder { near: None, .. } => {
                "names are compared letter by letter; look them up in the collection".to_owned()
            }
            Self::NothingSelected { .. } => {
                "add a request to the collection, or select a folder that has one".to_owned()
            }
        }
    }
}

fn listed(flags: &[&str]) -> String {
    let quoted: Vec<String> = flags.iter().map(|flag| format!("`{flag}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}
