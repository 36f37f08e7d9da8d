//! Which server certificates are trusted.

use std::sync::{Arc, OnceLock};

use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use super::phases::MarkingSessions;
use super::tls_verifier::Verifier;
use super::{Identity, Protocol, TlsVersions};

/// Why a text does not hold certificates.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CaError {
    /// There is no certificate in it.
    #[error("the file holds no certificate in PEM form")]
    Empty,
    /// A certificate in it cannot be read.
    #[error("certificate {position} in the file cannot be read: {reason}")]
    Broken {
        /// Counted from 1.
        position: usize,
        /// What the TLS library says.
        reason: String,
    },
}

/// The trusted roots: the system's own and those that the user adds.
#[derive(Debug, Clone, Default)]
pub(super) struct Trust {
    extra: Vec<CertificateDer<'static>>,
}

impl Trust {
    /// Adds every certificate of a PEM text.
    pub(super) fn add_pem(&mut self, pem: &[u8]) -> Result<(), CaError> {
        let mut found = Vec::new();
        for (position, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let broken = |reason: String| CaError::Broken {
                position: position + 1,
                reason,
            };
            let certificate = certificate.map_err(|error| broken(error.to_string()))?;
            RootCertStore::empty()
                .add(certificate.clone())
                .map_err(|error| broken(error.to_string()))?;
            found.push(certificate);
        }
        if found.is_empty() {
            return Err(CaError::Empty);
        }
        self.extra.append(&mut found);
        Ok(())
    }

    /// A configuration that checks certificates against these roots, or not at all.
    pub(super) fn client_config(
        &self,
        options: &TlsOptions<'_>,
    ) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let general = |error: String| rustls::Error::General(error);
        let trusted = match options.strict {
            false => None,
            true => {
                let mut roots = system_roots().clone();
                roots.add_parsable_certificates(self.extra.iter().cloned());
                let (roots, provider) = (Arc::new(roots), Arc::clone(&provider));
                let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider);
                Some(
                    verifier
                        .build()
                        .map_err(|error| general(error.to_string()))?,
                )
            }
        };
        let host = match options.host {
            None => None,
            Some(host) => {
                let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
                Some(name.map_err(|error| general(error.to_string()))?)
            }
        };
        let verifier = Verifier {
            provider: Arc::clone(&provider),
            trusted,
            host,
        };
        let versions: Vec<&SupportedProtocolVersion> = [
            (options.versions.tls13, &TLS13),
            (options.versions.tls12, &TLS12),
        ]
        .into_iter()
        .filter_map(|(is_offered, version)| is_offered.then_some(version))
        .collect();
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&versions)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match options.identity {
            Some(identity) => builder.with_client_cert_resolver(identity.resolver()),
            None => builder.with_no_client_auth(),
        };
        config.resumption = Resumption::store(Arc::new(MarkingSessions::new()));
        let (http1, http2) = (b"http/1.1".to_vec(), b"h2".to_vec());
        config.alpn_protocols = match options.protocol {
            Protocol::Http1 => vec![http1],
            Protocol::Http2 => vec![http2],
            Protocol::Auto => vec![http2, http1],
        };
        Ok(config)
    }
}

/// How secure connections are made.
pub(super) struct TlsOptions<'options> {
    /// Whether server certificates are checked.
    pub(super) strict: bool,
    /// The host that certificates are checked for, whatever the connection is made to.
    pub(super) host: Option<&'options str>,
    /// What is shown to servers that ask for a certificate.
    pub(super) identity: Option<&'options Identity>,
    /// The versions of TLS that are offered; at least one.
    pub(super) versions: TlsVersions,
    /// The versions of HTTP that are offered.
    pub(super) protocol: Protocol,
}

/// Read once a process, and only when the first secure connection is made.
fn system_roots() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
}
