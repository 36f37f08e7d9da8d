//! Why a text names no proxy.

/// What is wrong with the address of a proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProxyError {
    /// It is no URL.
    #[error("it is not a URL: {reason}")]
    NoUrl {
        /// What the URL parser says.
        reason: String,
    },
    /// The scheme is another one.
    #[error("`{scheme}` is no kind of proxy; http, https, socks4, socks4a, socks5 and socks5h are")]
    Scheme {
        /// The scheme as written.
        scheme: String,
    },
    /// The URL has no host.
    #[error("it names no host")]
    NoHost,
}
