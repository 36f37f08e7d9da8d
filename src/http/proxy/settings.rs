//! Which requests go through which proxy.

use super::{Bypass, Proxy};
use crate::http::RequestUrl;

/// The proxies of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ProxySettings {
    /// For URLs that begin with `http:`.
    pub(crate) http: Option<Proxy>,
    /// For URLs that begin with `https:`.
    pub(crate) https: Option<Proxy>,
    /// Hosts that are reached without a proxy.
    pub(crate) bypass: Vec<Bypass>,
}

impl ProxySettings {
    /// The proxy for a URL.
    pub(in crate::http) fn find(&self, url: &RequestUrl) -> Option<&Proxy> {
        let proxy = match url.scheme.as_str() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        let port = url.effective_port();
        proxy.filter(|_| {
            !self
                .bypass
                .iter()
                .any(|entry| entry.matches(&url.host, port))
        })
    }
}
