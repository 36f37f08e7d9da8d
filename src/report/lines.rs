//! A report that is written line by line, to the console or to a file.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Error, Options, Output};
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

/// A report that goes to the file that was named for it, else to the console, else to a file of its own.
pub(super) struct LineReport {
    reporter: &'static str,
    given_path: Option<PathBuf>,
    output: Option<Output>,
    lines: Option<Lines>,
}

impl LineReport {
    /// `None` when the console is to be left alone and no file is named.
    pub(super) fn new(
        reporter: &'static str,
        options: &Options,
        console: impl FnOnce() -> Option<Output>,
    ) -> Option<Self> {
        let given_path = options.export(reporter).map(Path::to_owned);
        if given_path.is_none() && options.silent {
            return None;
        }
        let output = match given_path {
            Some(_) => None,
            None => console(),
        };
        Some(Self {
            reporter,
            given_path,
            output,
            lines: None,
        })
    }

    /// Whether there was a beginning and no end yet.
    pub(super) fn is_open(&self) -> bool {
        self.lines.is_some()
    }

    /// Begins; `path_of` makes the path of the file from the one that was given, and `open` that file.
    pub(super) fn begin(
        &mut self,
        path_of: impl FnOnce(Option<&Path>) -> PathBuf,
        open: impl FnOnce(&'static str, &Path) -> Result<Lines, Error>,
    ) -> Result<(), Error> {
        self.lines = Some(match self.output.take() {
            Some(output) => Lines::on_console(self.reporter, output),
            None => open(self.reporter, &path_of(self.given_path.as_deref()))?,
        });
        Ok(())
    }

    /// Adds whole lines, once it has begun.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Error> {
        self.lines
            .as_mut()
            .map_or(Ok(()), |lines| lines.write(text))
    }

    /// The report is complete.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.lines.take().map_or(Ok(()), Lines::finish)
    }
}

fn failed(reporter: &'static str, path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    Error::Export {
        reporter,
        source: files::Error::Write { path, source },
    }
}
