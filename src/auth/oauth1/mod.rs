//! OAuth 1.0a (RFC 5849).

mod base_string;
mod method;
mod scheme;

pub(super) use scheme::OAuth1;

#[cfg(test)]
mod tests;
