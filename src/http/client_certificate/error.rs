//! Why files hold no certificate that can be shown.

/// A certificate or key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum IdentityError {
    /// There is no certificate.
    #[error("there is no certificate in it")]
    NoCertificate,
    /// A certificate cannot be read.
    #[error("certificate {position} in it cannot be read: {reason}")]
    Certificate {
        /// Counted from 1.
        position: usize,
        /// What the library says.
        reason: String,
    },
    /// There is no private key.
    #[error("there is no private key in it")]
    NoKey,
    /// The private key cannot be read.
    #[error("its private key cannot be read: {reason}")]
    Key {
        /// What the library says.
        reason: String,
    },
    /// The key is encrypted, and nobody gave a passphrase.
    #[error("its private key is encrypted, and there is no passphrase")]
    PassphraseMissing,
    /// The passphrase is another one.
    #[error("the passphrase does not fit")]
    PassphraseWrong,
    /// The key is encrypted in a way that is not known.
    #[error("its private key is encrypted with {scheme}, which is not supported")]
    Encryption {
        /// The name or number of the scheme.
        scheme: String,
    },
    /// Certificate and key are of different pairs.
    #[error("the private key does not belong to the certificate")]
    Mismatch,
    /// The file is not what its name says.
    #[error("it is not a PKCS#12 file: {reason}")]
    Container {
        /// What the library says.
        reason: String,
    },
}

impl IdentityError {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::NoCertificate | Self::Certificate { .. } => {
                "name a file with a certificate in PEM form (`-----BEGIN CERTIFICATE-----`), or a PKCS#12 file"
            }
            Self::NoKey => "name the file of the private key with --ssl-client-key",
            Self::Key { .. } => {
                "name a file with a private key in PEM form (`-----BEGIN PRIVATE KEY-----`)"
            }
            Self::PassphraseMissing => "give the passphrase with --ssl-client-passphrase",
            Self::PassphraseWrong => {
                "check the passphrase, also for characters that the shell takes for itself"
            }
            Self::Encryption { .. } => {
                "encrypt the key anew: `openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW`"
            }
            Self::Mismatch => "name the certificate and the key of one pair",
            Self::Container { .. } => "name a PKCS#12 file (`.p12`, `.pfx`)",
        }
    }
}
