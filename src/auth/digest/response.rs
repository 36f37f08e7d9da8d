//! The proof that the client knows the password (RFC 7616, 3.4).

use crate::auth::encode::percent_encode;
use crate::auth::hash::{Hash, hex};

/// A hash function, and whether its result is bound to one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Algorithm {
    pub(super) hash: Hash,
    pub(super) is_session: bool,
}

impl Algorithm {
    /// Names have no case in challenges.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (name, is_session) = match name.strip_suffix("-sess") {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        let hash = match name {
            "md5" => Hash::Md5,
            "sha-256" => Hash::Sha256,
            "sha-512-256" => Hash::Sha512Half,
            _ => return None,
        };
        Some(Self { hash, is_session })
    }

    pub(super) fn hex(self, text: impl AsRef<[u8]>) -> String {
        hex(&self.hash.of(text))
    }
}

/// Everything that goes into the header field.
#[derive(Debug, Clone, Default)]
pub(super) struct Credentials {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) method: String,
    pub(super) uri: String,
    /// The name of the algorithm as it is sent.
    pub(super) algorithm: String,
    /// `auth`, `auth-int` or nothing.
    pub(super) qop: String,
    pub(super) nonce_count: String,
    pub(super) client_nonce: String,
    pub(super) opaque: String,
    /// The hash of the content, for `auth-int`.
    pub(super) content_hash: String,
    /// Whether the name is sent as its hash.
    pub(super) hashes_username: bool,
    /// Whether names beyond ASCII are sent in the extended form.
    pub(super) is_utf8: bool,
    /// Whether quotes and backslashes are escaped.
    pub(super) escapes: bool,
}

impl Credentials {
    pub(super) fn response(&self, algorithm: Algorithm) -> String {
        let hash = |parts: &[&str]| algorithm.hex(parts.join(":"));
        let mut secret = hash(&[&self.username, &self.realm, &self.password]);
        if algorithm.is_session {
            secret = hash(&[&secret, &self.nonce, &self.client_nonce]);
        }
        let request = match self.qop.as_str() {
            "auth-int" => hash(&[&self.method, &self.uri, &self.content_hash]),
            _ => hash(&[&self.method, &self.uri]),
        };
        match self.has_quality() {
            true => hash(&[
                &secret,
                &self.nonce,
                &self.nonce_count,
                &self.client_nonce,
                &self.qop,
                &request,
            ]),
            false => hash(&[&secret, &self.nonce, &request]),
        }
    }

    /// The header field, laid out as newman 6.2.2 does it; the order has no meaning.
    pub(super) fn field(&self, algorithm: Algorithm, response: &str) -> String {
        let quoted = |name: &str, value: &str| format!("{name}=\"{}\"", self.escaped(value));
        let mut parts = vec![
            self.username_part(algorithm),
            quoted("realm", &self.realm),
            quoted("nonce", &self.nonce),
            quoted("uri", &self.uri),
        ];
        if !self.algorithm.is_empty() {
            parts.push(quoted("algorithm", &self.algorithm));
        }
        if self.has_quality() {
            parts.push(format!("qop={}", self.qop));
            parts.push(format!("nc={}", self.nonce_count));
        }
        if self.has_quality() || algorithm.is_session {
            parts.push(quoted("cnonce", &self.client_nonce));
        }
        parts.push(quoted("response", response));
        if !self.opaque.is_empty() {
            parts.push(quoted("opaque", &self.opaque));
        }
        if self.hashes_username {
            parts.push("userhash=true".to_owned());
        }
        format!("Digest {}", parts.join(", "))
    }

    fn username_part(&self, algorithm: Algorithm) -> String {
        if self.hashes_username {
            let hash = algorithm.hex(format!("{}:{}", self.username, self.realm));
            return format!("username=\"{hash}\"");
        }
        match self.is_utf8 && !self.username.is_ascii() {
            true => format!("username*=UTF-8''{}", percent_encode(&self.username)),
            false => format!("username=\"{}\"", self.escaped(&self.username)),
        }
    }

    fn escaped(&self, text: &str) -> String {
        match self.escapes {
            true => text.replace('\\', "\\\\").replace('"', "\\\""),
            false => text.to_owned(),
        }
    }

    fn has_quality(&self) -> bool {
        ["auth", "auth-int"].contains(&self.qop.as_str())
    }
}
