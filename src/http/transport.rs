//! What the runner asks of whatever carries its requests.

use super::{CookieError, Exchange, HttpRequest, Protocol, StoredCookie, TlsVersions};

/// How one request is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SendOptions {
    /// Whether redirects are followed.
    pub(crate) follow_redirects: bool,
    /// How many redirects are followed before the request fails.
    pub(crate) max_redirects: usize,
    /// Whether the method and body are kept on every redirect.
    pub(crate) follow_original_method: bool,
    /// Whether `Authorization` follows to another host.
    pub(crate) follow_authorization: bool,
    /// Whether a redirect leaves `Referer` alone.
    pub(crate) keep_referer: bool,
    /// Whether server certificates are checked.
    pub(crate) strict_tls: bool,
    /// The versions of TLS that are offered.
    pub(crate) tls_versions: TlsVersions,
    /// The versions of HTTP that are offered.
    pub(crate) protocol: Protocol,
    /// Whether requests cannot ask for other versions of HTTP.
    pub(crate) protocol_is_fixed: bool,
    /// Whether credentials follow redirects and header fields of responses are read as newman does it:
    /// `Authorization` goes to every port and scheme of a host, `Cookie` to every host that has no cookies
    /// of its own, and field values are Latin-1.
    pub(crate) as_newman: bool,
    /// Whether the cookie jar is used.
    pub(crate) use_cookies: bool,
    /// Whether the request goes past every proxy, as one to the machine's own services has to.
    pub(crate) bypass_proxy: bool,
}

impl Default for SendOptions {
    fn default() -> Self {
        Self {
            follow_redirects: true,
            max_redirects: 10,
            follow_original_method: false,
            follow_authorization: false,
            keep_referer: false,
            strict_tls: true,
            tls_versions: TlsVersions::default(),
            protocol: Protocol::default(),
            protocol_is_fixed: false,
            as_newman: false,
            use_cookies: true,
            bypass_proxy: false,
        }
    }
}

/// Carries requests to servers.
pub(crate) trait Transport {
    /// Sends a request and follows redirects; a failure is part of the exchange.
    ///
    /// The exchange holds the request as it was first sent and the response that came last.
    async fn send(&self, request: HttpRequest, options: &SendOptions) -> Exchange;

    /// The cookies that would be sent to the URL.
    fn cookies(&self, url: &super::RequestUrl) -> Vec<StoredCookie>;

    /// The cookies that would be sent to the URL that a script names.
    fn stored_cookies(&self, url: &str) -> Result<Vec<StoredCookie>, CookieError>;

    /// Stores a cookie as if a response of the URL had set it with this value of `Set-Cookie`.
    fn store_cookie(&self, url: &str, set_cookie: &str) -> Result<StoredCookie, CookieError>;

    /// Forgets the cookies that would be sent to the URL, all of them or those of one name.
    fn remove_cookies(&self, url: &str, name: Option<&str>) -> Result<(), CookieError>;
}
