//! From the bytes of files to a certificate with its key.

use std::fmt;
use std::sync::Arc;

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error as ContainerError;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::IdentityError;
use super::private_key::read_key;

/// A certificate with its chain and its private key.
#[derive(Clone)]
pub(crate) struct Identity(Arc<CertifiedKey>);

/// Nothing of a key is shown.
impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Identity")
    }
}

impl Identity {
    /// Reads a certificate and its key from their files.
    ///
    /// Both may be PEM or DER. Without a file for the key, it stands in that of the certificate, which then
    /// may also be PKCS#12.
    ///
    /// # Errors
    ///
    /// When a file is none of this, the passphrase does not fit, or both are of different pairs.
    pub(crate) fn read(
        certificate: &[u8],
        key: Option<&[u8]>,
        passphrase: Option<&str>,
    ) -> Result<Self, IdentityError> {
        if key.is_none() && is_der(certificate) {
            return Self::read_pkcs12(certificate, passphrase);
        }
        let chain = read_chain(certificate)?;
        let key = read_key(key.unwrap_or(certificate), passphrase)?;
        Self::pair(chain, key)
    }

    /// Reads a PKCS#12 file; without a passphrase the empty one is tried.
    ///
    /// # Errors
    ///
    /// When the file is none, the passphrase does not fit, or certificate or key are missing.
    pub(crate) fn read_pkcs12(
        bytes: &[u8],
        passphrase: Option<&str>,
    ) -> Result<Self, IdentityError> {
        let archive =
            Pkcs12Archive::from_pkcs12(bytes, passphrase.unwrap_or_default()).map_err(|error| {
                match error {
                    ContainerError::MacError(_) | ContainerError::UnpadError
                        if passphrase.is_none() =>
                    {
                        IdentityError::PassphraseMissing
                    }
                    ContainerError::MacError(_) | ContainerError::UnpadError => {
                        IdentityError::PassphraseWrong
                    }
                    other => IdentityError::Container {
                        reason: other.to_string(),
                    },
                }
            })?;
        let bag = archive.keys.first().ok_or(IdentityError::NoKey)?;
        let certificates: Vec<CertificateDer<'static>> = archive
            .certs
            .iter()
            .map(|bag| CertificateDer::from(bag.cert.as_der().to_vec()))
            .collect();
        if certificates.is_empty() {
            return Err(IdentityError::NoCertificate);
        }
        // Which of the certificates is the key's own is told by the key itself, whatever the ids say.
        for position in 0..certificates.len() {
            let mut chain = certificates.clone();
            chain.swap(0, position);
            let key = PrivateKeyDer::try_from(bag.key.as_der().to_vec()).map_err(|reason| {
                IdentityError::Key {
                    reason: reason.to_owned(),
                }
            })?;
            match Self::pair(chain, key) {
                Err(IdentityError::Mismatch) => {}
                decided => return decided,
            }
        }
        Err(IdentityError::Mismatch)
    }

    fn pair(
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Result<Self, IdentityError> {
        CertifiedKey::from_der(chain, key, &default_provider())
            .map(|pair| Self(Arc::new(pair)))
            .map_err(|error| match error {
                rustls::Error::InconsistentKeys(_) => IdentityError::Mismatch,
                rustls::Error::InvalidCertificate(reason) => IdentityError::Certificate {
                    position: 1,
                    reason: reason.to_string(),
                },
                other => IdentityError::Key {
                    reason: other.to_string(),
                },
            })
    }

    /// What answers a server that asks for a certificate.
    pub(in crate::http) fn resolver(&self) -> Arc<SingleCertAndKey> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.0)))
    }
}

/// Whether the bytes are text with armour around each object (RFC 7468).
pub(super) fn is_pem(bytes: &[u8]) -> bool {
    bytes
        .windows(b"-----BEGIN ".len())
        .any(|window| window == b"-----BEGIN ")
}

/// Whether the bytes begin as certificates, keys and PKCS#12 files do: with a sequence.
fn is_der(bytes: &[u8]) -> bool {
    !is_pem(bytes) && bytes.first() == Some(&0x30)
}

fn read_chain(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, IdentityError> {
    if is_der(bytes) {
        return Ok(vec![CertificateDer::from(bytes.to_vec())]);
    }
    let chain = CertificateDer::pem_slice_iter(bytes)
        .enumerate()
        .map(|(position, certificate)| {
            certificate.map_err(|error| IdentityError::Certificate {
                position: position + 1,
                reason: error.to_string(),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    match chain.is_empty() {
        true => Err(IdentityError::NoCertificate),
        false => Ok(chain),
    }
}
