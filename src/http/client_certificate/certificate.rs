//! Which certificate is shown to which server.

use super::{Identity, UrlPattern};
use crate::http::RequestUrl;

/// A certificate and the URLs that it is for.
#[derive(Debug, Clone)]
pub(crate) struct ClientCertificate {
    /// How messages call it.
    pub(crate) name: String,
    /// It is for every URL that one of these matches.
    pub(crate) patterns: Vec<UrlPattern>,
    /// What the server gets to see.
    pub(crate) shown: Shown,
}

/// What a server gets to see.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    /// A certificate, whose key is at hand.
    Identity(Identity),
    /// Nothing, as newman does when a file cannot be used.
    Nothing,
    /// Nothing, because requests fail; with the reason.
    Broken(String),
}

impl ClientCertificate {
    /// The position of the first certificate for this URL; certificates are for TLS only.
    pub(in crate::http) fn find(certificates: &[Self], url: &RequestUrl) -> Option<usize> {
        if url.scheme != "https" {
            return None;
        }
        certificates
            .iter()
            .position(|own| own.patterns.iter().any(|pattern| pattern.matches(url)))
    }
}
