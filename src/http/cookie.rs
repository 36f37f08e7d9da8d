//! A cookie as scripts and exports see it.

use std::time::SystemTime;

/// Why a script cannot read or change cookies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CookieError {
    /// Cookies belong to URLs.
    #[error("`{url}` is not a valid URL")]
    InvalidUrl {
        /// What the script names.
        url: String,
    },
    /// The value of `Set-Cookie` is none, or a response of that URL must not set it.
    #[error("the cookie `{cookie}` cannot be set for {url}: {reason}")]
    Refused {
        /// The name of the cookie, or the whole text when it has none.
        cookie: String,
        /// The URL.
        url: String,
        /// Why.
        reason: String,
    },
}

/// One cookie in the jar (RFC 6265, 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredCookie {
    /// The name.
    pub(crate) name: String,
    /// The value as the server wrote it.
    pub(crate) value: String,
    /// The domain it is sent to.
    pub(crate) domain: String,
    /// Whether it is sent to that host only, not to the names below it.
    pub(crate) host_only: bool,
    /// The path it is sent to.
    pub(crate) path: String,
    /// When it ends; `None` for the end of the run.
    pub(crate) expires: Option<SystemTime>,
    /// Whether it is sent over TLS only.
    pub(crate) secure: bool,
    /// Whether the server asked to hide it from scripts in browsers.
    pub(crate) http_only: bool,
}

/// A cookie with what only files of cookie jars tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JarCookie {
    /// The cookie.
    pub(crate) cookie: StoredCookie,
    /// When it was first set.
    pub(crate) created: SystemTime,
}
