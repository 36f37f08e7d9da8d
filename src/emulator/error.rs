//! Reasons why the emulator cannot start.

use std::io;
use std::net::SocketAddr;

/// Why the emulator cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot listen on `{address}`")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("cannot start the emulator's thread")]
    Thread(#[source] io::Error),
    #[error("cannot make the emulator's certificates")]
    Certificate(#[source] rcgen::Error),
    #[error("cannot set up TLS for the emulator")]
    Tls(#[source] rustls::Error),
}

impl Error {
    /// Says what the reader can do about it, if anything.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                Some("another program listens there; choose another port, or 0 for any free one")
            }
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Some(
                    "ports below 1024 need special rights; choose a higher one, or 0 for any free one",
                )
            }
            _ => None,
        }
    }
}
