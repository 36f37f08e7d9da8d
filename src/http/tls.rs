//! Which server certificates are trusted.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use super::tls_verifier::Verifier;

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
    ///
    /// With a host, certificates are checked for that one, whatever the connection is made to.
    pub(super) fn client_config(
        &self,
        strict: bool,
        host: Option<&str>,
    ) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let general = |error: String| rustls::Error::General(error);
        let trusted = match strict {
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
        let host = match host {
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
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
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
