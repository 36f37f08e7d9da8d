//! Where an input comes from.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::atomic_file::make_parents;
use super::{Error, decode_text};

/// A file, the standard input or a URL, as the command line names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file of the file system.
    Path(PathBuf),
    /// Written as `-`.
    StandardInput,
    /// Something to be fetched over HTTP or HTTPS.
    Url(String),
    /// What was read from a URL or the standard input.
    Fetched {
        /// The URL, or what the standard input is called.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Source {
    /// Takes the text of an argument apart: `-` is the standard input, and what begins with `http://` or
    /// `https://` in any case is a URL. Everything else is a path, also when it contains `://`.
    pub(crate) fn parse(argument: &str) -> Self {
        let scheme = argument.split_once("://").map_or("", |(scheme, _)| scheme);
        if argument == "-" {
            Self::StandardInput
        } else if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
            Self::Url(argument.to_owned())
        } else {
            Self::Path(PathBuf::from(argument))
        }
    }

    /// Reads everything.
    ///
    /// # Errors
    /// When the file or the standard input cannot be read, and for a URL: this module fetches nothing.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Path(path) => read_bytes(path),
            Self::StandardInput => {
                let mut bytes = Vec::new();
                io::stdin()
                    .lock()
                    .read_to_end(&mut bytes)
                    .map_err(|source| Error::StandardInput { source })?;
                Ok(bytes)
            }
            Self::Url(url) => Err(Error::IsUrl { url: url.clone() }),
            Self::Fetched { bytes, .. } => Ok(bytes.clone()),
        }
    }

    /// The same source, and what can be read only once as its content.
    ///
    /// # Errors
    /// When the standard input cannot be read.
    pub(crate) fn held(self) -> Result<Self, Error> {
        match self {
            Self::StandardInput => Ok(Self::Fetched {
                name: self.to_string(),
                bytes: self.read()?,
            }),
            other => Ok(other),
        }
    }

    /// As [`Source::read`], decoded with [`decode_text`].
    pub(crate) fn read_text(&self) -> Result<String, Error> {
        self.read().map(decode_text)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(formatter),
            Self::StandardInput => formatter.write_str("the standard input"),
            Self::Url(name) | Self::Fetched { name, .. } => formatter.write_str(name),
        }
    }
}

/// Starts a file that others can read while it grows, and makes the folders around it.
///
/// # Errors
/// When that is not possible.
pub(crate) fn create(path: &Path) -> Result<fs::File, Error> {
    make_parents(path)?;
    fs::File::create(path).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

/// Opens a file for reading.
///
/// # Errors
/// As [`read_bytes`].
pub(crate) fn open(path: &Path) -> Result<fs::File, Error> {
    let file = fs::File::open(path).map_err(|source| Error::reading(path, source))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(Error::IsFolder {
            path: path.to_owned(),
        }),
        _ => Ok(file),
    }
}

/// Reads a whole file.
///
/// # Errors
/// When it is missing, a folder, not allowed or not readable; the error names the file and the reason.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::reading(path, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_the_standard_input() {
        assert_eq!(Source::parse("-"), Source::StandardInput);
        assert_eq!(Source::parse("-").to_string(), "the standard input");
    }

    #[test]
    fn http_and_https_make_a_url_and_nothing_else_does() {
        assert_eq!(
            Source::parse("https://h/c.json"),
            Source::Url("https://h/c.json".into())
        );
        assert_eq!(
            Source::parse("HTTP://h/c.json"),
            Source::Url("HTTP://h/c.json".into())
        );
        assert_eq!(
            Source::parse("ftp://h/c.json"),
            Source::Path("ftp://h/c.json".into())
        );
        assert_eq!(
            Source::parse("./http.json"),
            Source::Path("./http.json".into())
        );
        assert_eq!(Source::parse(""), Source::Path("".into()));
    }

    #[test]
    fn a_file_that_is_not_there_is_named_with_the_reason() {
        let error = Source::parse("no/such/file.json").read().unwrap_err();

        assert_eq!(
            error.to_string(),
            "cannot read `no/such/file.json`: there is no such file"
        );
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let folder = tempfile::tempdir().unwrap();

        let error = read_bytes(folder.path()).unwrap_err();

        assert_eq!(
            error.to_string(),
            format!(
                "cannot read `{}`: it is a folder, not a file",
                folder.path().display()
            )
        );
    }

    #[test]
    fn permission_denied_is_said_in_words() {
        let error = Error::reading(Path::new("x"), io::ErrorKind::PermissionDenied.into());

        assert_eq!(error.to_string(), "cannot read `x`: permission denied");
    }

    #[test]
    fn a_url_is_not_fetched_here() {
        let error = Source::parse("http://h/").read().unwrap_err();

        assert_eq!(
            error.to_string(),
            "cannot read `http://h/` as a file: it is a URL"
        );
    }

    #[test]
    fn text_is_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("utf16.json");
        fs::write(&path, [0xff, 0xfe, b'{', 0, b'}', 0]).unwrap();

        assert_eq!(Source::Path(path).read_text().unwrap(), "{}");
    }
}
