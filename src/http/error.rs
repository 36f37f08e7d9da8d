//! Why a request got no response.

use std::time::Duration;

/// Node's codes for what servers say about certificates of clients, and about TLS itself.
pub(super) const CLIENT_CERTIFICATE_NEEDED: &str = "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED";
pub(super) const CLIENT_CERTIFICATE_REFUSED: &str = "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE";
pub(super) const HANDSHAKE_REFUSED: &str = "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE";
pub(super) const TLS_VERSION_REFUSED: &str = "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION";

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
    /// The server closed the connection before its answer was complete.
    #[error("aborted: {address} closed the connection in the middle of its answer")]
    ResponseCut {
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
    /// The server's certificate was refused.
    #[error("cannot trust {address}: {reason}")]
    Tls {
        /// Host and port as the URL names them.
        address: String,
        /// Node's error code, where Node tells the case apart.
        code: Option<&'static str>,
        /// Why, in words.
        reason: String,
    },
    /// No secure connection came about, for another reason than the server's certificate.
    #[error("cannot make a secure connection to {address}: {reason}")]
    Handshake {
        /// Host and port as the URL names them.
        address: String,
        /// Node's error code, where Node tells the case apart.
        code: Option<&'static str>,
        /// Why, in words.
        reason: String,
    },
    /// The certificate that is to be shown to the server cannot be used.
    #[error("the client certificate `{name}` cannot be shown: {reason}")]
    ClientCertificate {
        /// How the user named it.
        name: String,
        /// Why.
        reason: String,
    },
    /// A proxy refuses, or cannot be reached; part of [`Error::Proxy`].
    #[error("the proxy {reason}")]
    ProxyRefusal {
        /// What it does instead.
        reason: String,
    },
    /// The proxy did not do its work.
    #[error("{inner} (through the proxy {proxy} from {origin})")]
    Proxy {
        /// What happened.
        inner: Box<Error>,
        /// The proxy's address without its password.
        proxy: String,
        /// The flag or environment variable that names it.
        origin: &'static str,
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
    /// The content is too large to be kept, and would have to be for its coding.
    #[error(
        "the content is larger than --max-response-size ({limit_bytes} bytes) before it is decoded"
    )]
    EncodedTooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// The content could not be written into its file.
    #[error("cannot save the response to `{path}`: {reason}")]
    Unsaved {
        /// The file.
        path: String,
        /// What the system says.
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
            Self::ConnectionClosed { .. } | Self::ResponseCut { .. } => "ECONNRESET",
            Self::TimedOut { .. } => "ESOCKETTIMEDOUT",
            Self::InvalidRequest { code, .. }
            | Self::Tls { code, .. }
            | Self::Handshake { code, .. } => return *code,
            Self::Proxy { inner, .. } => return inner.code(),
            Self::InvalidContent { .. } => "Z_DATA_ERROR",
            Self::NotHttp { .. } => "HPE_INVALID_CONSTANT",
            Self::TooManyRedirects { .. }
            | Self::InvalidRedirect { .. }
            | Self::ClientCertificate { .. }
            | Self::ProxyRefusal { .. }
            | Self::EncodedTooLarge { .. }
            | Self::Unsaved { .. }
            | Self::Io { .. } => return None,
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
            Self::ResponseCut { .. } => {
                "look at the server's log, and at the limits of the proxies in between"
            }
            Self::TimedOut { .. } => "raise --timeout-request, or find out why the server is slow",
            Self::Tls {
                code: Some("ERR_TLS_CERT_ALTNAME_INVALID"),
                ..
            } => {
                "check the host of the URL and of --connect-to, or pass --insecure to skip the check"
            }
            Self::Handshake {
                code: Some("EPROTO"),
                ..
            } => "check the port, and whether the URL should begin with http",
            Self::Tls {
                code: Some("CERT_HAS_EXPIRED" | "CERT_NOT_YET_VALID"),
                ..
            } => {
                "renew the server's certificate and check this machine's clock, or pass --insecure to skip the check"
            }
            Self::Handshake {
                code: Some(CLIENT_CERTIFICATE_NEEDED),
                ..
            } => "show one with --ssl-client-cert or --ssl-client-cert-list",
            Self::Handshake {
                code: Some(CLIENT_CERTIFICATE_REFUSED | HANDSHAKE_REFUSED),
                ..
            } => "check --ssl-client-cert and --ssl-client-cert-list, or look at the server's log",
            Self::Handshake {
                code: Some(TLS_VERSION_REFUSED),
                ..
            } => "check `tlsDisabledProtocols`, or let the server speak TLS 1.2 or 1.3",
            Self::ClientCertificate { .. } => "correct the entry of --ssl-client-cert-list",
            Self::Proxy { .. } | Self::ProxyRefusal { .. } => {
                "check the proxy's address and credentials, or reach the host without it with --no-proxy"
            }
            Self::Tls { .. } => {
                "pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check"
            }
            Self::TooManyRedirects { .. } | Self::InvalidRedirect { .. } => {
                "look at the Location header fields of the responses"
            }
            Self::NotHttp { .. } => "check the port, and whether the URL should begin with https",
            Self::EncodedTooLarge { .. } => "raise --max-response-size",
            Self::Unsaved { .. } => "check the folder of --save-responses and the free space",
            Self::InvalidRequest { .. }
            | Self::InvalidContent { .. }
            | Self::Handshake { .. }
            | Self::Io { .. } => return None,
        })
    }
}
