//! The texts that are hashed and signed, and the key that signs them.

use crate::auth::encode::{percent_decode, percent_encode};
use crate::auth::hash::{Hash, hex};

/// The name of the algorithm.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// A request in the only form that both sides hash.
#[derive(Debug)]
pub(super) struct Canonical {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: CanonicalHeaders,
    pub(super) payload_hash: String,
}

impl Canonical {
    pub(super) fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n{}\n{}\n{}",
            self.method,
            self.path,
            self.query,
            self.headers.text(),
            self.headers.names(),
            self.payload_hash
        )
    }
}

/// Header fields by their names in lowercase, in order; those of the same name are joined.
#[derive(Debug, Default)]
pub(super) struct CanonicalHeaders(Vec<(String, String)>);

impl CanonicalHeaders {
    pub(super) fn new<'field>(fields: impl Iterator<Item = (&'field str, &'field str)>) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in fields {
            let name = name.to_ascii_lowercase();
            let words: Vec<&str> = value.split_whitespace().collect();
            let value = words.join(" ");
            match headers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => {
                    known.push(',');
                    known.push_str(&value);
                }
                None => headers.push((name, value)),
            }
        }
        headers.sort();
        Self(headers)
    }

    /// The names, which the request lists.
    pub(super) fn names(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.join(";")
    }

    fn text(&self) -> String {
        self.0
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect()
    }
}

/// How a service reads the path of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PathRules {
    /// Whether empty and dot segments are removed.
    pub(super) normalize: bool,
    /// Whether the path is decoded before it is encoded, as S3 has it; else what is encoded already is
    /// encoded once more.
    pub(super) decode: bool,
}

impl PathRules {
    pub(super) fn of_service(service: &str) -> Self {
        let is_s3 = service == "s3";
        Self {
            normalize: !is_s3,
            decode: is_s3,
        }
    }
}

/// The path of a URL for the signature.
pub(super) fn path(path: &str, rules: PathRules) -> String {
    let mut segments: Vec<String> = Vec::new();
    let (inner, ends_with_slash) = (path.strip_prefix('/').unwrap_or(path), path.ends_with('/'));
    for segment in inner.split('/') {
        match segment {
            "" | "." if rules.normalize => {}
            ".." if rules.normalize => {
                segments.pop();
            }
            segment if rules.decode => {
                let plain = percent_decode(&segment.replace('+', " "));
                segments.push(percent_encode(&plain).replace("%2F", "/"));
            }
            segment => segments.push(percent_encode(segment)),
        }
    }
    if rules.normalize && ends_with_slash && !segments.is_empty() {
        segments.push(String::new());
    }
    format!("/{}", segments.join("/"))
}

/// The parameters of a query for the signature: decoded as a server does, encoded anew and sorted.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let mut encoded: Vec<(String, String)> = pairs
        .iter()
        .filter(|(key, _)| !key.is_empty())
        .map(|(key, value)| (percent_encode(key), percent_encode(value)))
        .collect();
    encoded.sort();
    let pairs: Vec<String> = encoded
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    pairs.join("&")
}

/// For which day, region and service a signature is.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// `YYYYMMDD'T'HHMMSS'Z'`.
    pub(super) timestamp: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Scope {
    pub(super) fn text(&self) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            self.date(),
            self.region,
            self.service
        )
    }

    pub(super) fn string_to_sign(&self, canonical: &str) -> String {
        format!(
            "{ALGORITHM}\n{}\n{}\n{}",
            self.timestamp,
            self.text(),
            hex(&Hash::Sha256.of(canonical))
        )
    }

    pub(super) fn signature(&self, secret_key: &str, canonical: &str) -> String {
        let key = self.key(secret_key);
        hex(&Hash::Sha256.keyed(key, self.string_to_sign(canonical)))
    }

    pub(super) fn key(&self, secret_key: &str) -> Vec<u8> {
        let parts = [self.date(), &self.region, &self.service, "aws4_request"];
        let first = format!("AWS4{secret_key}").into_bytes();
        parts
            .iter()
            .fold(first, |key, part| Hash::Sha256.keyed(key, part))
    }

    fn date(&self) -> &str {
        self.timestamp.get(..8).unwrap_or(&self.timestamp)
    }
}
