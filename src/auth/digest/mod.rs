//! HTTP Digest (RFC 7616, and RFC 2617 and 2069 before it).

mod newman;
mod offer;
mod response;
mod scheme;

pub(super) use scheme::Digest;

#[cfg(test)]
mod tests;
