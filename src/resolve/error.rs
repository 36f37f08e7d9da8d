//! Why a request cannot be made.

use crate::files;
use crate::http;

/// A request that cannot be made from what is written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no URL.
    #[error("the request has no URL")]
    EmptyUrl,
    /// The URL begins with its path, or has nothing in front of it.
    #[error("the URL names no host")]
    MissingHost,
    /// The scheme is neither `http` nor `https`.
    #[error("Invalid protocol: {protocol}:")]
    UnknownProtocol {
        /// The scheme as written.
        protocol: String,
    },
    /// The port is not a number up to 65535.
    #[error("Port should be >= 0 and < 65536. Received type string ('{port}').")]
    InvalidPort {
        /// The port as written.
        port: String,
    },
    /// The host cannot be one.
    #[error("`{host}` is not a host name")]
    InvalidHost {
        /// The host as written.
        host: String,
    },
    /// The host holds a variable that nobody defines.
    #[error("the host `{host}` holds a variable without a value")]
    UnresolvedHost {
        /// The host as far as it is known.
        host: String,
    },
    /// A file that belongs to the body cannot be read.
    #[error(transparent)]
    File(files::Error),
}

impl Error {
    /// What the transport would say of it, where newman finds out only there.
    pub(crate) fn as_transport_error(&self) -> Option<http::Error> {
        match self {
            Self::InvalidPort { .. } => Some(http::Error::InvalidRequest {
                code: Some("ERR_SOCKET_BAD_PORT"),
                reason: self.to_string(),
            }),
            Self::InvalidHost { host } | Self::UnresolvedHost { host } => {
                Some(http::Error::HostNotFound { host: host.clone() })
            }
            Self::EmptyUrl | Self::MissingHost | Self::UnknownProtocol { .. } | Self::File(_) => {
                None
            }
        }
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::EmptyUrl => {
                "write a URL into the request, and give its variables a value; an object's `raw` alone is not read"
            }
            Self::MissingHost => {
                "write the host into the URL, and give the variables in front of its path a value"
            }
            Self::UnknownProtocol { .. } => "use http or https",
            Self::InvalidPort { .. } | Self::InvalidHost { .. } => {
                "check the request's URL and the values of its variables"
            }
            Self::UnresolvedHost { .. } => {
                "define the variable with -e FILE or --env-var NAME=VALUE, and compare upper and lower case"
            }
            Self::File(source) => source.hint().unwrap_or("check the file"),
        }
    }
}
