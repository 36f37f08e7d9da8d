//! Private keys as people paste them, and signatures with them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::PrivateKey as RsaKey;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::Error;
use super::hash::Hash;

/// A private key in the binary form that its file format gives it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PrivateKey {
    format: Format,
    der: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pkcs8,
    Pkcs1,
    Sec1,
}

impl PrivateKey {
    /// Reads a key in PEM.
    ///
    /// Line ends may be missing, or be spaces or the two characters `\n`: that is what keys become in
    /// variables and on command lines.
    pub(super) fn from_pem(text: &str) -> Result<Self, Error> {
        let labels = [
            ("RSA PRIVATE KEY", Format::Pkcs1),
            ("EC PRIVATE KEY", Format::Sec1),
            ("PRIVATE KEY", Format::Pkcs8),
        ];
        for (label, format) in labels {
            let (begin, end) = (
                format!("-----BEGIN {label}-----"),
                format!("-----END {label}-----"),
            );
            let Some(start) = text.find(&begin) else {
                continue;
            };
            let rest = &text[start + begin.len()..];
            let body = rest.split(&end).next().unwrap_or(rest);
            return Self::from_base64(format, body);
        }
        Err(Error::UnreadableKey)
    }

    /// Reads a PKCS#8 key in base64, as data URIs hold it.
    pub(super) fn from_pkcs8_base64(text: &str) -> Result<Self, Error> {
        Self::from_base64(Format::Pkcs8, text)
    }

    fn from_base64(format: Format, text: &str) -> Result<Self, Error> {
        let plain: String = text
            .replace("\\n", "")
            .replace("\\r", "")
            .split_whitespace()
            .collect();
        let der = STANDARD.decode(plain).map_err(|_| Error::UnreadableKey)?;
        Ok(Self { format, der })
    }

    /// Signs as RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    pub(super) fn sign_pkcs1(
        &self,
        hash: Hash,
        message: &[u8],
        algorithm: &str,
    ) -> Result<Vec<u8>, Error> {
        let key = self.rsa(algorithm)?;
        let signature = match hash {
            Hash::Sha1 => key.pkcs1v15_sign::<Sha1>(message),
            Hash::Sha384 => key.pkcs1v15_sign::<Sha384>(message),
            Hash::Sha512 => key.pkcs1v15_sign::<Sha512>(message),
            _ => key.pkcs1v15_sign::<Sha256>(message),
        };
        signature.map_err(|_| unsuitable(algorithm))
    }

    /// Signs as RSASSA-PSS with a salt as long as the hash (RFC 7518, 3.5).
    pub(super) fn sign_pss(
        &self,
        hash: Hash,
        message: &[u8],
        algorithm: &str,
    ) -> Result<Vec<u8>, Error> {
        let key = self.rsa(algorithm)?;
        let signature = match hash {
            Hash::Sha384 => key.pss_sign::<Sha384>(message),
            Hash::Sha512 => key.pss_sign::<Sha512>(message),
            _ => key.pss_sign::<Sha256>(message),
        };
        signature.map_err(|_| unsuitable(algorithm))
    }

    /// Signs as ECDSA on the curve that belongs to the hash; the signature is R and S side by side (RFC
    /// 7518, 3.4).
    pub(super) fn sign_ecdsa(
        &self,
        hash: Hash,
        message: &[u8],
        algorithm: &str,
    ) -> Result<Vec<u8>, Error> {
        macro_rules! sign {
            ($curve:ident) => {{
                use $curve::ecdsa::{Signature, SigningKey, signature::Signer as _};
                use $curve::pkcs8::DecodePrivateKey as _;
                let key = match self.format {
                    Format::Pkcs8 => $curve::SecretKey::from_pkcs8_der(&self.der).ok(),
                    Format::Sec1 => $curve::SecretKey::from_sec1_der(&self.der).ok(),
                    Format::Pkcs1 => None,
                };
                let key = SigningKey::from(key.ok_or_else(|| unsuitable(algorithm))?);
                let signature: Signature = key.sign(message);
                Ok(signature.to_bytes().to_vec())
            }};
        }
        match hash {
            Hash::Sha384 => sign!(p384),
            Hash::Sha512 => sign!(p521),
            _ => sign!(p256),
        }
    }

    fn rsa(&self, algorithm: &str) -> Result<RsaKey, Error> {
        let key = match self.format {
            Format::Pkcs8 => RsaKey::from_pkcs8_der(&self.der).ok(),
            Format::Pkcs1 => RsaKey::from_pkcs1_der(&self.der).ok(),
            Format::Sec1 => None,
        };
        key.ok_or_else(|| unsuitable(algorithm))
    }
}

fn unsuitable(algorithm: &str) -> Error {
    Error::UnsuitableKey {
        algorithm: algorithm.to_owned(),
    }
}
