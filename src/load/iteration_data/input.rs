//! The bytes of a data file, to be read more than once.

use std::io::{self, BufRead, BufReader, Cursor};
use std::path::PathBuf;

use crate::files::{self, Source, open};

/// Where a data file's bytes come from.
pub(super) enum Input {
    /// A file that is read as a stream each time.
    File(PathBuf),
    /// Text that had to be read or decoded as a whole.
    Memory(Vec<u8>),
}

impl Input {
    /// A file stays on disk unless it is UTF-16; what can be read only once is kept.
    pub(super) fn new(source: &Source) -> Result<Self, files::Error> {
        match source {
            Source::Path(path) => {
                let mut reader = BufReader::new(open(path)?);
                let start = reader.fill_buf().map_err(|error| files::Error::Read {
                    path: path.clone(),
                    source: error,
                })?;
                match start {
                    [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                        Ok(Self::Memory(source.read_text()?.into_bytes()))
                    }
                    _ => Ok(Self::File(path.clone())),
                }
            }
            other => Ok(Self::Memory(other.read_text()?.into_bytes())),
        }
    }

    /// A reader from the beginning, behind a byte-order mark.
    pub(super) fn reader(&self) -> io::Result<Box<dyn BufRead + Send>> {
        let mut reader: Box<dyn BufRead + Send> = match self {
            Self::File(path) => Box::new(BufReader::new(open(path).map_err(io::Error::other)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        };
        if reader.fill_buf()?.starts_with(&[0xef, 0xbb, 0xbf]) {
            reader.consume(3);
        }
        Ok(reader)
    }
}
