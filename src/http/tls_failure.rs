//! What a refused certificate means, in plain words.

use rustls::{CertificateError, Error};
use time::OffsetDateTime;

/// Why no secure connection came about.
pub(super) struct TlsFailure {
    /// Node's error code, where Node tells this case apart.
    pub(super) code: Option<&'static str>,
    /// The reason in words.
    pub(super) reason: String,
}

/// Describes an error of the TLS library.
pub(super) fn describe(error: &Error) -> TlsFailure {
    let (code, reason) = match error {
        Error::InvalidCertificate(certificate) => certificate_failure(certificate),
        Error::InvalidMessage(_) => (
            Some("EPROTO"),
            "the server does not speak TLS on this port".to_owned(),
        ),
        other => (None, other.to_string()),
    };
    TlsFailure { code, reason }
}

fn certificate_failure(error: &CertificateError) -> (Option<&'static str>, String) {
    match error {
        CertificateError::ExpiredContext { not_after, .. } => (
            Some("CERT_HAS_EXPIRED"),
            format!("its certificate expired on {}", day(not_after.as_secs())),
        ),
        CertificateError::NotValidYetContext { not_before, .. } => (
            Some("CERT_NOT_YET_VALID"),
            format!(
                "its certificate is not valid before {}",
                day(not_before.as_secs())
            ),
        ),
        CertificateError::Expired => (
            Some("CERT_HAS_EXPIRED"),
            "its certificate has expired".to_owned(),
        ),
        CertificateError::NotValidYet => (
            Some("CERT_NOT_YET_VALID"),
            "its certificate is not valid yet".to_owned(),
        ),
        CertificateError::UnknownIssuer => (
            Some("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
            "its certificate comes from an issuer that is not trusted".to_owned(),
        ),
        CertificateError::NotValidForName => (
            Some("ERR_TLS_CERT_ALTNAME_INVALID"),
            "its certificate is for another host name".to_owned(),
        ),
        CertificateError::NotValidForNameContext { presented, .. } => (
            Some("ERR_TLS_CERT_ALTNAME_INVALID"),
            format!(
                "its certificate is for another host name ({})",
                presented
                    .iter()
                    .map(|name| plain(name))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ),
        // webpki says so of a certificate that is its own issuer and stands at the end of the chain.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => (
            Some("DEPTH_ZERO_SELF_SIGNED_CERT"),
            "its certificate is signed by itself".to_owned(),
        ),
        other => (None, format!("its certificate is not valid: {other}")),
    }
}

/// The library writes names as `DnsName("a.example")` and `IpAddress(127.0.0.1)`.
fn plain(name: &str) -> &str {
    let inner = name
        .split_once('(')
        .map_or(name, |(_, rest)| rest.trim_end_matches(')'));
    inner.trim_matches('"')
}

fn day(unix_seconds: u64) -> String {
    i64::try_from(unix_seconds)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .map(|moment| moment.date().to_string())
        .unwrap_or_default()
}
