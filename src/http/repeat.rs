//! When a request is sent once more.
//!
//! A server may close a connection that rests at any time, and so just when the next request is on its way.
//! Who sends then learns that the connection has ended and not whether the request was seen.

use super::phases::has_own_connection;
use super::{Error, HttpRequest, SendOptions};

/// The methods that mean the same sent twice (RFC 9110, 9.2.2).
const IDEMPOTENT_METHODS: [&str; 6] = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"];

/// Whether a request that failed may be sent again over a new connection (RFC 9112, 9.3.1).
///
/// It has to be asked where the request was sent, as it looks at how that was done. newman 6.2.2 never
/// sends again.
pub(super) fn may_repeat(request: &HttpRequest, error: &Error, options: &SendOptions) -> bool {
    !options.as_newman
        && !has_own_connection()
        && is_closed(error)
        && IDEMPOTENT_METHODS.contains(&request.method.as_str())
}

fn is_closed(error: &Error) -> bool {
    match error {
        Error::ConnectionClosed { .. } => true,
        Error::Proxy { inner, .. } => is_closed(inner),
        _ => false,
    }
}
