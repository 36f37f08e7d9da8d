//! Turning reqwest's errors into ours.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::proxy::Proxy;
use super::resolver::NotFound;
use super::tls_failure::describe;
use super::{Error, RequestUrl};

/// Finds the innermost cause that says what a user wants to know, and names the proxy on the way.
pub(super) fn from_reqwest(
    error: &reqwest::Error,
    url: &RequestUrl,
    limit: Option<Duration>,
    proxy: Option<&Proxy>,
) -> Error {
    let server = format!("{}:{}", url.host, url.effective_port());
    let Some(proxy) = proxy else {
        return without_proxy(error, server, limit);
    };
    if let Some(reason) = proxy_failure(error, &server) {
        return through(proxy, Error::ProxyRefusal { reason });
    }
    let failed_to_connect = error.is_connect() || url.scheme == "http";
    let address = match failed_to_connect {
        true => format!("{}:{}", proxy.host(), proxy.port()),
        false => server.clone(),
    };
    match without_proxy(error, address, limit) {
        // The certificate is the server's, whoever carries the connection.
        Error::Tls { code, reason, .. } => Error::Tls {
            address: server,
            code,
            reason,
        },
        Error::Handshake { code, reason, .. } => Error::Handshake {
            address: server,
            code,
            reason,
        },
        other => through(proxy, other),
    }
}

fn through(proxy: &Proxy, inner: Error) -> Error {
    Error::Proxy {
        inner: Box::new(inner),
        proxy: proxy.to_string(),
        origin: proxy.origin(),
    }
}

/// What a proxy says itself; the library's types for it are private, so its words are looked at.
fn proxy_failure(error: &reqwest::Error, server: &str) -> Option<String> {
    let texts: Vec<String> = causes(error).map(ToString::to_string).collect();
    let has = |words: &str| texts.iter().any(|text| text.contains(words));
    if has("proxy authorization required") || has("credentials not accepted") {
        return Some("asks for credentials, or refuses those given".to_owned());
    }
    if has("tunnel error: unsuccessful") {
        return Some(format!("refuses to connect to {server}"));
    }
    if has("tunnel error: unexpected end of file") {
        return Some(format!("ended the connection when asked for {server}"));
    }
    if has("io error during SOCKS handshake") {
        return Some("ended the connection during the SOCKS handshake".to_owned());
    }
    if has("SOCKS error: failed to create underlying connection") {
        return Some("cannot be reached".to_owned());
    }
    let refused = texts
        .iter()
        .rev()
        .find_map(|text| text.strip_prefix("SOCKS error: "))?;
    Some(format!("refuses to connect to {server}: {refused}"))
}

fn without_proxy(error: &reqwest::Error, address: String, limit: Option<Duration>) -> Error {
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
            return describe(tls, address);
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

/// As [`from_reqwest`], for a response whose head is there already.
pub(super) fn in_content(
    error: &reqwest::Error,
    url: &RequestUrl,
    limit: Option<Duration>,
) -> Error {
    match from_reqwest(error, url, limit, None) {
        Error::ConnectionClosed { address } => Error::ResponseCut { address },
        other => other,
    }
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
