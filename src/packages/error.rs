//! Why a folder of packages cannot be used.

use std::path::PathBuf;

use crate::files;

/// A folder or lock file that does not fit.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file or folder cannot be read, or the lock file cannot be written.
    #[error(transparent)]
    File(#[from] files::Error),
    /// A file of a package is not UTF-8.
    #[error("`{}` is no text in UTF-8", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// The lock file is no JSON object of texts.
    #[error("`{}` is not a lock file of packages: {reason}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A vendored package stands in no lock file.
    #[error("`{package}` is not pinned in `{}`", path.display())]
    Unpinned {
        /// The package.
        package: String,
        /// The lock file.
        path: PathBuf,
    },
    /// A vendored package is not the one that was pinned.
    #[error("`{package}` has changed since it was pinned: it is {found}, and `{}` says {pinned}", path.display())]
    Changed {
        /// The package.
        package: String,
        /// The lock file.
        path: PathBuf,
        /// The hash in the lock file.
        pinned: String,
        /// The hash of the content.
        found: String,
    },
}

impl Error {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::File(error) => error.hint(),
            Self::NoText { .. } => Some("packages are JavaScript and JSON files"),
            Self::Lock { .. } => Some("`postrider packages lock FOLDER` writes it anew"),
            Self::Unpinned { .. } => Some("`postrider packages lock FOLDER` pins what is there"),
            Self::Changed { .. } => Some(
                "restore the package, or look at the change and pin it with `postrider packages lock FOLDER`",
            ),
        }
    }
}
