//! What a signature depends on besides the authorization and the request.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use uuid::Uuid;

use super::hash::Hash;
use crate::variables::Dialect;

/// The characters of nonces.
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Entropy of the system for one signature, for callers that need no fixed one.
pub(crate) fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    for half in bytes.chunks_mut(16) {
        half.copy_from_slice(Uuid::new_v4().as_bytes());
    }
    bytes
}

/// The moment of a signature and what makes it another one than all before; both come from the caller.
#[derive(Debug, Clone)]
pub(crate) struct Signing<'request> {
    /// The time that is signed.
    pub(crate) now: SystemTime,
    /// Bytes that nobody can guess and that never come twice.
    pub(crate) entropy: [u8; 32],
    /// The media type that the content will be sent with.
    pub(crate) content_type: Option<&'request str>,
    /// Whether URLs are encoded, which `disableUrlEncoding` switches off.
    pub(crate) encodes_url: bool,
    /// Whose reading of doubtful inputs counts.
    pub(crate) dialect: Dialect,
    /// How many challenges of the server were answered before, for this one request.
    pub(crate) answered: usize,
    /// The hash of the content, which is made when a request is signed.
    pub(crate) body_hash: Option<Vec<u8>>,
}

impl<'request> Signing<'request> {
    /// A signature at a moment, of a request without content.
    pub(crate) fn new(now: SystemTime, entropy: [u8; 32], dialect: Dialect) -> Self {
        Self {
            now,
            entropy,
            content_type: None,
            encodes_url: true,
            dialect,
            answered: 0,
            body_hash: None,
        }
    }

    /// The same for content of this media type.
    pub(crate) fn of_content(mut self, content_type: Option<&'request str>) -> Self {
        self.content_type = content_type;
        self
    }

    /// Seconds since 1970.
    pub(super) fn seconds(&self) -> u64 {
        self.now
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs()
    }

    /// The moment in UTC.
    pub(super) fn utc(&self) -> OffsetDateTime {
        OffsetDateTime::from(self.now)
    }

    /// Unpredictable bytes. The same every time for one signature.
    ///
    /// What comes from the caller may have fixed bits (UUIDs do), so it is hashed.
    pub(super) fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&Hash::Sha256.of(self.entropy));
        bytes
    }

    /// A nonce of letters and digits, 32 at most.
    pub(super) fn nonce(&self, length: usize) -> String {
        self.random()
            .iter()
            .take(length)
            .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
            .collect()
    }

    /// A random UUID.
    pub(super) fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.random()[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
impl Signing<'_> {
    /// A signature at a second since 1970, always with the same nonce.
    pub(super) fn at(seconds: u64) -> Self {
        let now = UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        Self::new(now, [7; 32], Dialect::Postrider)
    }
}
