//! A report that is written line by line, to the console or to a file.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Error, Output};
use crate::files::{self, AtomicFile};

/// The report while it comes about.
pub(super) struct Lines {
    reporter: &'static str,
    target: Target,
}

enum Target {
    Console(Output),
    File(PathBuf, AtomicFile),
    Stream(PathBuf, File),
    /// Nobody reads the console any more.
    Nobody,
}

impl Lines {
    /// A report on the console.
    pub(super) fn on_console(reporter: &'static str, output: Output) -> Self {
        Self {
            reporter,
            target: Target::Console(output),
        }
    }

    /// A report in a file, which is there when the report is complete.
    pub(super) fn in_file(reporter: &'static str, path: &Path) -> Result<Self, Error> {
        let file = AtomicFile::create(path).map_err(|source| Error::Export { reporter, source })?;
        Ok(Self {
            reporter,
            target: Target::File(path.to_owned(), file),
        })
    }

    /// A report in a file, or what stands for one, that others can read while it grows.
    pub(super) fn streamed(reporter: &'static str, path: &Path) -> Result<Self, Error> {
        let file = files::create(path).map_err(|source| Error::Export { reporter, source })?;
        Ok(Self {
            reporter,
            target: Target::Stream(path.to_owned(), file),
        })
    }

    /// Adds whole lines.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Error> {
        match &mut self.target {
            Target::Console(output) => match output.print(text) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    self.target = Target::Nobody;
                    Ok(())
                }
                other => other.map_err(|source| Error::Console { source }),
            },
            Target::File(path, file) => file
                .write_all(text.as_bytes())
                .map_err(|source| failed(self.reporter, path, source)),
            Target::Stream(path, file) => file
                .write_all(text.as_bytes())
                .map_err(|source| failed(self.reporter, path, source)),
            Target::Nobody => Ok(()),
        }
    }

    /// The report is complete.
    pub(super) fn finish(self) -> Result<(), Error> {
        match self.target {
            Target::File(_, file) => file.commit().map_err(|source| Error::Export {
                reporter: self.reporter,
                source,
            }),
            Target::Console(_) | Target::Stream(..) | Target::Nobody => Ok(()),
        }
    }
}

fn failed(reporter: &'static str, path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    Error::Export {
        reporter,
        source: files::Error::Write { path, source },
    }
}
