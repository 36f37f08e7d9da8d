//! Versions of HTTP and TLS that a request may use.

/// The versions of HTTP that are offered to a server over TLS; without TLS it is always HTTP/1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Protocol {
    /// HTTP/1.1 only, as newman 6.2.2.
    #[default]
    Http1,
    /// HTTP/2 only.
    Http2,
    /// HTTP/2 where the server speaks it, else HTTP/1.1.
    Auto,
}

impl Protocol {
    /// Reads a value of `protocolVersion` (postman-runtime 7.53.0).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "http1" => Self::Http1,
            "http2" => Self::Http2,
            "auto" => Self::Auto,
            _ => return None,
        })
    }
}

/// The versions of TLS that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TlsVersions {
    /// TLS 1.2
    pub(crate) tls12: bool,
    /// TLS 1.3
    pub(crate) tls13: bool,
}

impl TlsVersions {
    /// Neither.
    pub(super) const NONE: Self = Self {
        tls12: false,
        tls13: false,
    };

    /// What `tlsDisabledProtocols` leaves; older versions are never offered.
    pub(crate) fn without(names: &[&str]) -> Self {
        Self {
            tls12: !names.contains(&"TLSv1_2"),
            tls13: !names.contains(&"TLSv1_3"),
        }
    }
}

impl Default for TlsVersions {
    fn default() -> Self {
        Self::without(&[])
    }
}
