//! Which server certificates are trusted.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

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
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let mut config = if strict {
            let mut roots = system_roots().clone();
            roots.add_parsable_certificates(self.extra.iter().cloned());
            builder.with_root_certificates(roots).with_no_client_auth()
        } else {
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(TrustAnything { provider }))
                .with_no_client_auth()
        };
        if let (true, Some(host)) = (strict, host) {
            let mut roots = system_roots().clone();
            roots.add_parsable_certificates(self.extra.iter().cloned());
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
                .build()
                .map_err(|error| rustls::Error::General(error.to_string()))?;
            let host = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
                .map_err(|error| rustls::Error::General(error.to_string()))?;
            config
                .dangerous()
                .set_certificate_verifier(Arc::new(TrustFor { host, inner }));
        }
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

/// For a connection that is made to another host than the one that the URL names.
#[derive(Debug)]
struct TrustFor {
    host: ServerName<'static>,
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for TrustFor {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.inner
            .verify_server_cert(end_entity, intermediates, &self.host, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// For `--insecure`: every certificate is good, signatures are still checked.
#[derive(Debug)]
struct TrustAnything {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for TrustAnything {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
