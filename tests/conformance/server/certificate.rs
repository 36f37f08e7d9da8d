//! Certificates: an authority made for the run, one certificate for each name a client asks for, and the
//! faulty ones of badssl.com.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig};
use tempfile::TempDir;

const CLIENT_NAME: &str = "harness-client";
const CLIENT_KEY: &str = include_str!("../client/client.key");
const CLIENT_ENCRYPTED_KEY: &str = include_str!("../client/client-encrypted.key");

/// The folder with `ca.pem`, `client.crt`, `client.key` and `client-encrypted.key` (passphrase `harness`),
/// and what a server needs that trusts and shows these certificates.
pub(super) struct Certificates {
    folder: TempDir,
    client: CertificateDer<'static>,
    pub(super) config: Arc<ServerConfig>,
}

impl Certificates {
    pub(super) fn make() -> Self {
        let authority = authority();
        let client_key = KeyPair::from_pem(CLIENT_KEY).unwrap();
        let client = params(CLIENT_NAME, ExtendedKeyUsagePurpose::ClientAuth)
            .signed_by(&client_key, &authority)
            .unwrap();

        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("ca.pem", authority.pem().as_str()),
            ("client.crt", &client.pem()),
            ("client.key", CLIENT_KEY),
            ("client-encrypted.key", CLIENT_ENCRYPTED_KEY),
        ] {
            fs::write(folder.path().join(name), content).unwrap();
        }

        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).unwrap();
        let provider = Arc::new(default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
                .allow_unauthenticated()
                .build()
                .unwrap();
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_cert_resolver(Arc::new(Resolver {
                authority,
                known: Mutex::default(),
            }));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self {
            folder,
            client: client.der().clone(),
            config: Arc::new(config),
        }
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The common name of a certificate that a client has shown.
    pub(super) fn name_of(&self, certificate: &CertificateDer<'_>) -> Option<String> {
        (*certificate == self.client).then(|| CLIENT_NAME.to_owned())
    }
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn params(name: &str, usage: ExtendedKeyUsagePurpose) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.extended_key_usages = vec![usage];
    params
}

/// Issues certificates when a client asks for a name the first time.
struct Resolver {
    authority: CertifiedIssuer<'static, KeyPair>,
    known: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl std::fmt::Debug for Resolver {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Resolver")
    }
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().unwrap_or("localhost").to_lowercase();
        let mut known = self.known.lock().unwrap();
        let key = known
            .entry(name)
            .or_insert_with_key(|name| Arc::new(self.issue(name)));
        Some(Arc::clone(key))
    }
}

impl Resolver {
    fn issue(&self, name: &str) -> CertifiedKey {
        let shown = match name {
            "wrong.host.badssl.com" => "other-name.example",
            name => name,
        };
        let mut params = params(shown, ExtendedKeyUsagePurpose::ServerAuth);
        if name == "expired.badssl.com" {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2020, 2, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = if name == "self-signed.badssl.com" {
            // As the tool makes it that most people use for this.
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.self_signed(&key)
        } else {
            params.signed_by(&key, &self.authority)
        };
        let certificate = certificate.unwrap().der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = default_provider().key_provider.load_private_key(key);
        CertifiedKey::new(vec![certificate], key.unwrap())
    }
}
