//! The hash functions of all schemes under one type.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512, Sha512_256};

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
    /// SHA-512/256, which has initial values of its own and is not SHA-512 cut short (FIPS 180-4).
    Sha512Half,
}

impl Hash {
    /// The hash of some bytes.
    pub(super) fn of(self, bytes: impl AsRef<[u8]>) -> Vec<u8> {
        let mut hasher = self.hasher();
        hasher.update(bytes.as_ref());
        hasher.finish()
    }

    /// The keyed hash of some bytes (RFC 2104).
    pub(super) fn keyed(self, key: impl AsRef<[u8]>, bytes: impl AsRef<[u8]>) -> Vec<u8> {
        macro_rules! keyed {
            ($hash:ty) => {{
                let mut mac = Hmac::<$hash>::new_from_slice(key.as_ref())
                    .expect("HMAC takes keys of every length");
                mac.update(bytes.as_ref());
                mac.finalize().into_bytes().to_vec()
            }};
        }
        match self {
            Self::Md5 => keyed!(Md5),
            Self::Sha1 => keyed!(Sha1),
            Self::Sha256 => keyed!(Sha256),
            Self::Sha384 => keyed!(Sha384),
            Self::Sha512 => keyed!(Sha512),
            Self::Sha512Half => keyed!(Sha512_256),
        }
    }

    /// Hashes what comes piece by piece.
    pub(super) fn hasher(self) -> Box<dyn Hasher> {
        match self {
            Self::Md5 => Box::new(Md5::new()),
            Self::Sha1 => Box::new(Sha1::new()),
            Self::Sha256 => Box::new(Sha256::new()),
            Self::Sha384 => Box::new(Sha384::new()),
            Self::Sha512 => Box::new(Sha512::new()),
            Self::Sha512Half => Box::new(Sha512_256::new()),
        }
    }
}

/// A hash that is being made.
pub(super) trait Hasher {
    fn update(&mut self, bytes: &[u8]);

    fn finish(self: Box<Self>) -> Vec<u8>;
}

impl<D: Digest> Hasher for D {
    fn update(&mut self, bytes: &[u8]) {
        Digest::update(self, bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().to_vec()
    }
}

/// The bytes as lowercase hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
