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

/// A request as it was sent, with its response or the reason why there is none.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    /// The request as sent, with the header fields that the transport added.
    pub(crate) request: HttpRequest,
    /// The response, or why there is none.
    pub(crate) outcome: Result<Arc<HttpResponse>, Error>,
    /// When and how long.
    pub(crate) timings: Timings,
}

impl Exchange {
    /// The response, if there is one.
    pub(crate) fn response(&self) -> Option<&Arc<HttpResponse>> {
        self.outcome.as_ref().ok()
    }
}
