//! Taking in the content of a response, piece by piece.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{Body, Error};
use crate::files::{self, AtomicFile};

/// How much is decoded at a time, in bytes.
const CHUNK_SIZE_BYTES: usize = 64 * 1024;

/// Keeps a content in memory as long as it is small enough, and writes it into a file where that is asked
/// for.
pub(super) struct Keeper {
    limit_bytes: u64,
    is_too_large: bool,
    kept: Vec<u8>,
    size_bytes: u64,
    file: Option<(AtomicFile, PathBuf)>,
}

impl Keeper {
    /// Keeps at most so many bytes in memory.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub(super) fn new(limit_bytes: Option<u64>, path: Option<PathBuf>) -> Result<Self, Error> {
        let file = match path {
            Some(path) => {
                let file =
                    AtomicFile::create(&path).map_err(|error| unsaved(&path, &reason(error)))?;
                Some((file, path))
            }
            None => None,
        };
        Ok(Self {
            limit_bytes: limit_bytes.unwrap_or(u64::MAX),
            is_too_large: false,
            kept: Vec::new(),
            size_bytes: 0,
            file,
        })
    }

    /// Hears how many bytes will come, so that nothing is kept that is dropped later.
    pub(super) fn expect(&mut self, size_bytes: Option<u64>) {
        self.is_too_large = size_bytes.is_some_and(|size| size > self.limit_bytes);
    }

    /// Takes in the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if let Some((file, path)) = &mut self.file {
            file.write_all(bytes)
                .map_err(|error| unsaved(path, &error.to_string()))?;
        }
        self.size_bytes += bytes.len() as u64;
        self.is_too_large |= self.size_bytes > self.limit_bytes;
        if self.is_too_large {
            // What is not whole would only be taken for the whole.
            self.kept = Vec::new();
        } else {
            self.kept.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Takes in everything that a reader gives.
    pub(super) fn push_all(&mut self, reader: &mut dyn Read) -> Result<io::Result<()>, Error> {
        let mut chunk = vec![0; CHUNK_SIZE_BYTES];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(Ok(())),
                Ok(count) => self.push(&chunk[..count])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Ok(Err(error)),
            }
        }
    }

    /// The content as far as it was kept.
    pub(super) fn finish(self) -> Result<Body, Error> {
        let mut saved = None;
        if let Some((file, path)) = self.file {
            file.commit()
                .map_err(|error| unsaved(&path, &reason(error)))?;
            saved = Some(path);
        }
        let body = match self.is_too_large {
            true => Body::dropped(self.size_bytes),
            false => Bytes::from(self.kept).into(),
        };
        Ok(body.saved_to(saved))
    }
}

fn unsaved(path: &Path, reason: &str) -> Error {
    Error::Unsaved {
        path: path.display().to_string(),
        reason: reason.to_owned(),
    }
}

fn reason(error: files::Error) -> String {
    match error {
        files::Error::Write { source, .. } | files::Error::MakeFolder { source, .. } => {
            source.to_string()
        }
        other => other.to_string(),
    }
}
