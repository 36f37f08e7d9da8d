//! Turning reqwest's errors into ours.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::resolver::NotFound;
use super::tls_failure::{TlsFailure, describe};
use super::{Error, RequestUrl};

/// Finds the innermost cause that says what a user wants to know.
pub(super) fn from_reqwest(
    error: &reqwest::Error,
    url: &RequestUrl,
    limit: Option<Duration>,
) -> Error {
    let address = format!("{}:{}", url.host, url.effective_port());
    if error.is_timeout() {
        return Error::TimedOut {
            address,
            limit: limit.unwrap_or_default(),
        };
    }
    for cause in causes(error) {
        if let Some(NotFound { host }) = cause.downcast_ref() {
            return Error::HostNotFound { host: host.clone() };
        }
        if let Some(tls) = tls_error(cause) {
            let TlsFailure { code, reason } = describe(tls);
            return Error::Tls {
                address,
                code,
                reason,
            };
        }
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            match io.kind() {
                io::ErrorKind::ConnectionRefused => {
                    return Error::ConnectionRefused { address };
                }
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => return Error::ConnectionClosed { address },
                _ => {}
            }
        }
    }
    let reason = causes(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string);
    if reason.starts_with("connection closed before message completed") {
        return Error::ConnectionClosed { address };
    }
    if is_parse_error(error) {
        return Error::NotHttp { address, reason };
    }
    Error::Io { address, reason }
}

fn is_parse_error(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        cause
            .downcast_ref::<hyper::Error>()
            .is_some_and(hyper::Error::is_parse)
    })
}

fn tls_error<'error>(cause: &'error (dyn StdError + 'static)) -> Option<&'error rustls::Error> {
    let inner = cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    match inner {
        Some(inner) => inner.downcast_ref::<rustls::Error>(),
        None => cause.downcast_ref::<rustls::Error>(),
    }
}

/// The error and everything beneath it, also what an `io::Error` wraps without calling it a source.
fn causes<'error>(
    error: &'error (dyn StdError + 'static),
) -> impl Iterator<Item = &'error (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |current| {
        let current = *current;
        let wrapped = current
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn StdError + 'static));
        wrapped.or_else(|| current.source())
    })
}
