//! The signature methods (RFC 5849, 3.4, and the SHA-2 forms that servers added later).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::auth::Error;
use crate::auth::encode::percent_encode;
use crate::auth::hash::Hash;
use crate::auth::private_key::PrivateKey;

/// A signature method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Plaintext,
    Hmac(Hash),
    Rsa(Hash),
}

/// What the methods sign with.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets {
    pub(super) consumer: String,
    pub(super) token: String,
    pub(super) private_key: String,
}

impl Method {
    /// No name is HMAC-SHA1 (as newman 6.2.2).
    pub(super) fn named(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "PLAINTEXT" => Self::Plaintext,
            "" | "HMAC-SHA1" => Self::Hmac(Hash::Sha1),
            "HMAC-SHA256" => Self::Hmac(Hash::Sha256),
            "HMAC-SHA512" => Self::Hmac(Hash::Sha512),
            "RSA-SHA1" => Self::Rsa(Hash::Sha1),
            "RSA-SHA256" => Self::Rsa(Hash::Sha256),
            "RSA-SHA512" => Self::Rsa(Hash::Sha512),
            _ => {
                return Err(Error::UnknownAlgorithm {
                    name: name.to_owned(),
                });
            }
        })
    }

    /// What `oauth_body_hash` is made with; nothing without a signature that would cover it.
    pub(super) fn body_hash(self) -> Option<Hash> {
        match self {
            Self::Plaintext => None,
            Self::Hmac(hash) | Self::Rsa(hash) => Some(hash),
        }
    }

    pub(super) fn sign(
        self,
        base_string: &str,
        secrets: &Secrets,
        name: &str,
    ) -> Result<String, Error> {
        let key = || {
            let secrets = [&secrets.consumer, &secrets.token];
            secrets.map(|secret| percent_encode(secret)).join("&")
        };
        match self {
            Self::Plaintext => Ok(key()),
            Self::Hmac(hash) => Ok(STANDARD.encode(hash.keyed(key(), base_string))),
            Self::Rsa(hash) => {
                let private_key = PrivateKey::from_pem(&secrets.private_key)?;
                let signature = private_key.sign_pkcs1(hash, base_string.as_bytes(), name)?;
                Ok(STANDARD.encode(signature))
            }
        }
    }
}
