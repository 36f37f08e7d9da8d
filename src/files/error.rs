//! Why a file could not be read or written.

use std::io;
use std::path::{Path, PathBuf};

/// A failure of the file system, or a file that may not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Nothing has that name.
    #[error("cannot read `{}`: there is no such file", path.display())]
    Missing {
        /// The file as the user wrote it.
        path: PathBuf,
    },
    /// A folder stands where a file is needed.
    #[error("cannot read `{}`: it is a folder, not a file", path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The user running postrider has no right to read it.
    #[error("cannot read `{}`: permission denied", path.display())]
    NotAllowed {
        /// The file.
        path: PathBuf,
    },
    /// Reading failed in another way.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// Standard input could not be read.
    #[error("cannot read the standard input")]
    StandardInput {
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A URL was given where only a file can be read.
    #[error("cannot read `{url}` as a file: it is a URL")]
    IsUrl {
        /// The URL.
        url: String,
    },
    /// The file lies outside the working directory, and that is not allowed in this run.
    #[error("cannot use `{}`: it is outside the working directory `{}`", path.display(), root.display())]
    Outside {
        /// The file as the collection names it.
        path: PathBuf,
        /// The working directory.
        root: PathBuf,
    },
    /// The file's folder does not exist and could not be made.
    #[error("cannot make the folder `{}`", path.display())]
    MakeFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// Writing failed; the file is as it was before.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

impl Error {
    /// Sorts a failure to read into the situations that users can act on.
    pub(super) fn reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::IsADirectory => Self::IsFolder { path },
            io::ErrorKind::PermissionDenied => Self::NotAllowed { path },
            _ => Self::Read { path, source },
        }
    }

    /// Whether nothing has that name.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing { .. } => "check the spelling and the folder postrider was started in",
            Self::IsFolder { .. } => "name the file inside the folder",
            Self::NotAllowed { .. } => "check the permissions of the file and of its folders",
            Self::Outside { .. } => {
                "move the file below the working directory, or drop --no-insecure-file-read"
            }
            Self::MakeFolder { .. } | Self::Write { .. } => {
                "check the path, its permissions and the free space"
            }
            Self::IsUrl { .. } => "download it first and name the file",
            Self::Read { .. } | Self::StandardInput { .. } => return None,
        })
    }
}
