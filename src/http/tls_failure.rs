//! What a refused certificate or handshake means, in plain words.

use rustls::{AlertDescription, CertificateError};
use time::OffsetDateTime;

use super::Error;
use super::error::{
    CLIENT_CERTIFICATE_NEEDED, CLIENT_CERTIFICATE_REFUSED, HANDSHAKE_REFUSED, TLS_VERSION_REFUSED,
};
use super::tls_issuer::MissingIssuer;

/// Describes an error of the TLS library.
pub(super) fn describe(error: &rustls::Error, address: String) -> Error {
    let (code, reason) = match error {
        rustls::Error::InvalidCertificate(certificate) => {
            let (code, reason) = certificate_failure(certificate);
            return Error::Tls {
                address,
                code,
                reason,
            };
        }
        rustls::Error::InvalidMessage(_) => (
            Some("EPROTO"),
            "the server does not speak TLS on this port".to_owned(),
        ),
        rustls::Error::AlertReceived(alert) => alert_failure(*alert),
        rustls::Error::PeerIncompatible(_) => (
            Some(TLS_VERSION_REFUSED),
            "the server speaks neither TLS 1.2 nor 1.3 as it is offered".to_owned(),
        ),
        rustls::Error::NoApplicationProtocol => (None, NO_COMMON_HTTP.to_owned()),
        other => (None, other.to_string()),
    };
    Error::Handshake {
        address,
        code,
        reason,
    }
}

const NO_COMMON_HTTP: &str = "the server speaks none of the HTTP versions that are offered";

/// What a server says when it ends a handshake (RFC 8446, 6.2).
fn alert_failure(alert: AlertDescription) -> (Option<&'static str>, String) {
    use AlertDescription as Alert;
    let (code, reason) = match alert {
        Alert::CertificateRequired => (
            Some(CLIENT_CERTIFICATE_NEEDED),
            "the server asks for a client certificate, and none was shown",
        ),
        Alert::BadCertificate
        | Alert::CertificateExpired
        | Alert::CertificateRevoked
        | Alert::CertificateUnknown
        | Alert::UnsupportedCertificate
        | Alert::AccessDenied
        | Alert::UnknownCA => (
            Some(CLIENT_CERTIFICATE_REFUSED),
            "the server refuses the client certificate",
        ),
        Alert::HandshakeFailure => (
            Some(HANDSHAKE_REFUSED),
            "the server refuses the handshake; it may want a client certificate or other ciphers",
        ),
        Alert::ProtocolVersion => (
            Some(TLS_VERSION_REFUSED),
            "the server speaks none of the TLS versions that are offered",
        ),
        Alert::NoApplicationProtocol => (None, NO_COMMON_HTTP),
        other => return (None, format!("the server ended the handshake: {other:?}")),
    };
    (code, reason.to_owned())
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
        CertificateError::UnknownIssuer => {
            let missing = MissingIssuer::OfLeaf;
            (Some(missing.code()), missing.to_string())
        }
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
        CertificateError::Other(other) => match other.0.downcast_ref::<MissingIssuer>() {
            Some(missing) => (Some(missing.code()), missing.to_string()),
            None => (None, format!("its certificate is not valid: {other}")),
        },
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
