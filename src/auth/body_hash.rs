//! The hash of a request's content, of which files are read from disk.

use super::Error;
use super::hash::Hash;
use crate::http::Content;

/// What of the content is hashed, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyHash {
    pub(super) hash: Hash,
    /// Hashed before the content.
    pub(super) before: String,
    /// Hashed after the content.
    pub(super) after: &'static str,
    /// How many bytes of the content count; `None` for all.
    pub(super) limit_bytes: Option<u64>,
}

impl BodyHash {
    /// All of the content and nothing else.
    pub(super) fn plain(hash: Hash) -> Self {
        Self {
            hash,
            before: String::new(),
            after: "",
            limit_bytes: None,
        }
    }

    /// Reads the content.
    pub(super) async fn of(&self, content: Option<&Content>) -> Result<Vec<u8>, Error> {
        let mut hasher = self.hash.hasher();
        hasher.update(self.before.as_bytes());
        if let Some(content) = content {
            let mut left = self.limit_bytes.unwrap_or(u64::MAX);
            let update = |bytes: &[u8]| {
                let count = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                hasher.update(&bytes[..count]);
                left -= count as u64;
                left > 0
            };
            content
                .read(update)
                .await
                .map_err(|error| Error::UnreadableContent {
                    reason: error.to_string(),
                })?;
        }
        hasher.update(self.after.as_bytes());
        Ok(hasher.finish())
    }
}
