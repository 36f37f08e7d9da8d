//! Why a request could not be signed.

/// What an authorization lacks or holds that cannot be used.
///
/// No variant holds a value of the authorization: most of them are secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// The scheme knows no such algorithm.
    #[error("there is no algorithm `{name}`")]
    UnknownAlgorithm {
        /// The name as written.
        name: String,
    },
    /// The key is not one that can be read.
    #[error("the private key is neither PKCS#8, PKCS#1 nor SEC1 in PEM")]
    UnreadableKey,
    /// The key is of another kind than the algorithm needs, or too short for it.
    #[error("the private key does not fit the algorithm {algorithm}")]
    UnsuitableKey {
        /// The name of the algorithm.
        algorithm: String,
    },
    /// The key's data URI is for another key id than the authorization names.
    #[error("the private key belongs to another `kid`")]
    OtherKeyId,
    /// A parameter that must be a JSON object is none.
    #[error("`{parameter}` is not a JSON object")]
    NotAnObject {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// The secret says that it is base64 and is not.
    #[error("the secret is not valid base64")]
    SecretNotBase64,
    /// A file of the content could not be read for its hash.
    #[error("the content cannot be read: {reason}")]
    UnreadableContent {
        /// What the system says.
        reason: String,
    },
    /// The server's part of a handshake is missing.
    #[error("the server did not answer the first NTLM message")]
    MissingChallenge,
    /// The server's part of a handshake makes no sense.
    #[error("the server's NTLM message is not valid")]
    InvalidChallenge,
    /// The server can do NTLMv1 only, which gives the password away.
    #[error("the server does not offer NTLMv2, and older versions are not safe")]
    WeakChallenge,
}
