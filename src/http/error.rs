//! Why a request got no response.

use std::time::Duration;

/// A failure of the transport, in Node's words where newman shows those.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// Nothing listens there.
    #[error("connect ECONNREFUSED {address}")]
    ConnectionRefused {
        /// Host and port as the URL names them.
        address: String,
    },
    /// The name does not resolve.
    #[error("getaddrinfo ENOTFOUND {host}")]
    HostNotFound {
        /// The name.
        host: String,
    },
    /// The server closed the connection before it answered.
    #[error("socket hang up: {address} closed the connection without an answer")]
    ConnectionClosed {
        /// Host and port as the URL names them.
        address: String,
    },
    /// The limit of `--timeout-request` was reached.
    #[error("ESOCKETTIMEDOUT: no answer from {address} within {} ms", limit.as_millis())]
    TimedOut {
        /// Host and port as the URL names them.
        address: String,
        /// The limit.
        limit: Duration,
    },
    /// The certificate was refused or no secure connection came about.
    #[error("cannot trust {address}: {reason}")]
    Tls {
        /// Host and port as the URL names them.
        address: String,
        /// Node's error code, where Node tells the case apart.
        code: Option<&'static str>,
        /// Why, in words.
        reason: String,
    },
    /// More redirects than allowed.
    #[error("Exceeded maxRedirects. Probably stuck in a redirect loop {url}")]
    TooManyRedirects {
        /// The last URL.
        url: String,
    },
    /// A redirect leads to something that is no URL.
    #[error("the redirect leads to `{location}`, which is not an http or https URL")]
    InvalidRedirect {
        /// The value of `Location`.
        location: String,
    },
    /// The method, a header field or the target cannot be sent.
    #[error("{reason}")]
    InvalidRequest {
        /// Node's error code, where it has one.
        code: Option<&'static str>,
        /// What is wrong with which part.
        reason: String,
    },
    /// The content does not fit its content coding.
    #[error("the content is not valid {encoding}: {reason}")]
    InvalidContent {
        /// The value of `Content-Encoding`.
        encoding: String,
        /// What the decoder says.
        reason: String,
    },
    /// The answer is not HTTP.
    #[error("Parse Error: {address} does not answer in HTTP: {reason}")]
    NotHttp {
        /// Host and port as the URL names them.
        address: String,
        /// What the parser says.
        reason: String,
    },
    /// Anything else that went wrong on the way.
    #[error("cannot exchange data with {address}: {reason}")]
    Io {
        /// Host and port as the URL names them.
        address: String,
        /// The innermost cause.
        reason: String,
    },
}

impl Error {
    /// Node's error code, as newman writes it into its JSON report.
    pub(crate) fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::ConnectionRefused { .. } => "ECONNREFUSED",
            Self::HostNotFound { .. } => "ENOTFOUND",
            Self::ConnectionClosed { .. } => "ECONNRESET",
            Self::TimedOut { .. } => "ESOCKETTIMEDOUT",
            Self::InvalidRequest { code, .. } | Self::Tls { code, .. } => return *code,
            Self::InvalidContent { .. } => "Z_DATA_ERROR",
            Self::NotHttp { .. } => "HPE_INVALID_CONSTANT",
            Self::TooManyRedirects { .. } | Self::InvalidRedirect { .. } | Self::Io { .. } => {
                return None;
            }
        })
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::ConnectionRefused { .. } => {
                "start the server, or check host and port of the request's URL"
            }
            Self::HostNotFound { .. } => "check the host name, the variables in it and the network",
            Self::ConnectionClosed { .. } => {
                "look at the server's log: it gave up before it answered"
            }
            Self::TimedOut { .. } => "raise --timeout-request, or find out why the server is slow",
            Self::Tls {
                code: Some("ERR_TLS_CERT_ALTNAME_INVALID"),
                ..
            } => {
                "check the host of the URL and of --connect-to, or pass --insecure to skip the check"
            }
            Self::Tls {
                code: Some("EPROTO"),
                ..
            } => "check the port, and whether the URL should begin with http",
            Self::Tls { .. } => {
                "pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check"
            }
            Self::TooManyRedirects { .. } | Self::InvalidRedirect { .. } => {
                "look at the Location header fields of the responses"
            }
            Self::NotHttp { .. } => "check the port, and whether the URL should begin with https",
            Self::InvalidRequest { .. } | Self::InvalidContent { .. } | Self::Io { .. } => {
                return None;
            }
        })
    }
}
