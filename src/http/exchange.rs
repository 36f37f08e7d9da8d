//! One request with what came of it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Error, HttpRequest, HttpResponse};

/// How long an exchange took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timings {
    /// The moment just before the connection was asked for.
    pub(crate) started: SystemTime,
    /// Until the first byte of the response's content could be read; `None` without a response.
    pub(crate) first_byte: Option<Duration>,
    /// Until the last byte of the content, or until the error.
    pub(crate) total: Duration,
}

/// How long each phase of one hop took; `None` for a phase that did not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Phases {
    /// Looking up the name.
    pub(crate) dns: Option<Duration>,
    /// Connecting, to the proxy and through it where there is one.
    pub(crate) connect: Option<Duration>,
    /// The TLS handshake.
    pub(crate) tls: Option<Duration>,
    /// From the connection until the header fields of the response were there.
    pub(crate) wait: Option<Duration>,
    /// From there to the end of the content.
    pub(crate) download: Option<Duration>,
}

/// One request of the chain that redirects make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hop {
    /// The method.
    pub(crate) method: String,
    /// Where it was sent.
    pub(crate) url: String,
    /// The status code of its response.
    pub(crate) status: Option<u16>,
    /// How long each phase took.
    pub(crate) phases: Phases,
    /// All of it.
    pub(crate) total: Duration,
}

/// A request as it was sent, with its response or the reason why there is none.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    /// The request as sent, with the header fields that the transport added.
    pub(crate) request: HttpRequest,
    /// The response, or why there is none.
    pub(crate) outcome: Result<Arc<HttpResponse>, Error>,
    /// When and how long.
    pub(crate) timings: Timings,
    /// What was sent one after the other, redirects included.
    pub(crate) hops: Vec<Hop>,
}

impl Exchange {
    /// The response, if there is one.
    pub(crate) fn response(&self) -> Option<&Arc<HttpResponse>> {
        self.outcome.as_ref().ok()
    }
}
