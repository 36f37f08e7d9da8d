//! The content of a response, which is in memory unless it is too large for that.

use std::ops::Deref;
use std::path::PathBuf;

use bytes::Bytes;

/// A content with its content codings undone.
///
/// It can be used as a slice of bytes, which is empty when the content was too large to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Body {
    kept: Bytes,
    /// What was not kept.
    dropped_bytes: u64,
    saved: Option<PathBuf>,
}

/// A content that is not in memory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the content of the response ({size_bytes} bytes) is larger than --max-response-size{}", place(.saved))]
pub(crate) struct BodyTooLarge {
    size_bytes: u64,
    saved: Option<PathBuf>,
}

fn place(saved: &Option<PathBuf>) -> String {
    match saved {
        Some(path) => format!("; it was saved to `{}`", path.display()),
        None => String::new(),
    }
}

impl Body {
    /// A content that was counted and not kept.
    pub(super) fn dropped(size_bytes: u64) -> Self {
        Self {
            dropped_bytes: size_bytes,
            ..Self::default()
        }
    }

    /// The same content, which can be found in a file as well.
    pub(super) fn saved_to(self, path: Option<PathBuf>) -> Self {
        Self {
            saved: path,
            ..self
        }
    }

    /// The size of the whole content.
    pub(crate) fn size_bytes(&self) -> u64 {
        self.kept.len() as u64 + self.dropped_bytes
    }

    /// The file that it was saved to.
    pub(crate) fn saved(&self) -> Option<&PathBuf> {
        self.saved.as_ref()
    }

    /// The whole content.
    ///
    /// # Errors
    ///
    /// When it was too large to be kept.
    pub(crate) fn whole(&self) -> Result<&Bytes, BodyTooLarge> {
        match self.dropped_bytes {
            0 => Ok(&self.kept),
            size_bytes => Err(BodyTooLarge {
                size_bytes,
                saved: self.saved.clone(),
            }),
        }
    }

    /// The same content with other bytes in memory.
    pub(crate) fn with_bytes(&self, bytes: Bytes) -> Self {
        Self {
            kept: bytes,
            ..self.clone()
        }
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.kept
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self {
            kept: bytes.into(),
            ..Self::default()
        }
    }
}
