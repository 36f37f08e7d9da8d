//! An emulator with a client that trusts it, and a clock that stands still.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::emulator::clock::ManualClock;
use crate::emulator::scenario::{Scenario, identifiers};
use crate::emulator::{Emulator, Options};

pub(super) const LOGIN: &str = "login.microsoftonline.com";
pub(super) const MANAGEMENT: &str = "management.azure.com";
pub(super) const DATA: &str = "ws-demo.dev.azuresynapse.net";

pub(super) const MANAGEMENT_SCOPE: &str = "https://management.azure.com/.default";
pub(super) const DATA_SCOPE: &str = "https://dev.azuresynapse.net/.default";

/// Tokens last ten minutes in these tests.
pub(super) const TOKEN_LIFETIME: Duration = Duration::from_secs(600);

/// After this time a test gives up waiting.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// A value of the shipped scenario.
pub(super) fn known(name: &str) -> &'static str {
    identifiers()
        .into_iter()
        .find(|(key, _)| *key == name)
        .unwrap()
        .1
}

pub(super) struct Running {
    pub(super) emulator: Emulator,
    pub(super) clock: Arc<ManualClock>,
}

impl Running {
    pub(super) fn demo() -> Self {
        Self::with(Scenario::demo())
    }

    pub(super) fn with(mut scenario: Scenario) -> Self {
        let clock = Arc::new(ManualClock::new());
        scenario.set_token_lifetime(TOKEN_LIFETIME);
        let options = Options {
            scenario,
            ..Options::default()
        };
        let emulator = Emulator::start_with(options, Arc::clone(&clock) as _).unwrap();
        Self { emulator, clock }
    }

    pub(super) fn get(&self, host: &str, path: &str, token: &str) -> Reply {
        self.send(Ask::new("GET", host, path).bearer(token))
    }

    pub(super) fn post(&self, host: &str, path: &str, token: &str) -> Reply {
        self.send(Ask::new("POST", host, path).bearer(token))
    }

    /// A token request with the fields of the article, those in `changes` replaced, or left out
    /// where the new value is empty.
    pub(super) fn token_request(&self, scope: &str, changes: &[(&str, &str)]) -> Reply {
        let path = format!("/{}/oauth2/v2.0/token", known("tenantId"));
        self.send(Ask::new("POST", LOGIN, &path).form(&token_form(scope, changes)))
    }

    pub(super) fn token(&self, scope: &str) -> String {
        self.token_request(scope, &[]).json()["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(super) fn data_token(&self) -> String {
        self.token(DATA_SCOPE)
    }

    pub(super) fn send(&self, ask: Ask) -> Reply {
        run(async {
            let stream = self.connect(&ask.host, &[b"http/1.1"]).await;
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            let is_set = ask.headers.iter().any(|(name, _)| name == "host");
            let host = if is_set {
                String::new()
            } else {
                ask.host.clone()
            };
            let request = ask.into_request("", &host);
            Reply::read(sender.send_request(request).await.unwrap()).await
        })
    }

    pub(super) fn send_http2(&self, ask: Ask) -> Reply {
        run(async {
            let stream = self.connect(&ask.host, &[b"h2"]).await;
            let (mut sender, connection) =
                http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
                    .await
                    .unwrap();
            tokio::spawn(connection);
            let base = format!("https://{}", ask.host);
            Reply::read(
                sender
                    .send_request(ask.into_request(&base, ""))
                    .await
                    .unwrap(),
            )
            .await
        })
    }

    /// Says something over TLS and closes the connection at once, without a farewell.
    pub(super) fn say_and_leave(&self, host: &str, said: &str) {
        run(async {
            let mut stream = self.connect(host, &[b"http/1.1"]).await;
            stream.write_all(said.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
        });
    }

    /// Says something without TLS, and gives what is answered to that.
    pub(super) fn say_in_the_clear(&self, said: &[u8]) -> Vec<u8> {
        let mut stream = std::net::TcpStream::connect(self.emulator.address()).unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        stream.write_all(said).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // The server may reset the connection after its alert.
        let _closed = stream.read_to_end(&mut answer);
        answer
    }

    /// Connects as `host` would be, whatever it resolves to elsewhere.
    async fn connect(&self, host: &str, protocols: &[&[u8]]) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        let authority =
            CertificateDer::from_pem_slice(self.emulator.ca_certificate_pem().as_bytes()).unwrap();
        roots.add(authority).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let stream = TcpStream::connect(self.emulator.address()).await.unwrap();
        TlsConnector::from(Arc::new(config))
            .connect(ServerName::try_from(name.to_owned()).unwrap(), stream)
            .await
            .unwrap()
    }
}

/// A request to be sent.
pub(super) struct Ask {
    method: String,
    host: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    pub(super) fn new(method: &str, host: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(super) fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    pub(super) fn content(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("content-type", content_type)
    }

    pub(super) fn form(mut self, fields: &[(String, String)]) -> Self {
        self.body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish()
            .into_bytes();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    fn into_request(self, base: &str, host: &str) -> Request<Body> {
        let mut request = Request::builder()
            .method(self.method.as_str())
            .uri(format!("{base}{}", self.path));
        if !host.is_empty() {
            request = request.header("host", host);
        }
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body)).unwrap()
    }
}

/// An answer as it came.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    async fn read(response: Response<Incoming>) -> Self {
        let (head, body) = response.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Self {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Status and code of a refusal in the flat shape.
    pub(super) fn flat(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["code"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// Status and code of a refusal wrapped in `error`.
    pub(super) fn wrapped(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["error"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    }

    /// Status, word and number of a refusal by the login plane.
    pub(super) fn login(&self) -> (u16, String, u64) {
        let body = self.json();
        (
            self.status.as_u16(),
            body["error"].as_str().unwrap_or_default().to_owned(),
            body["error_codes"][0].as_u64().unwrap_or_default(),
        )
    }
}

/// The article's fields, those in `changes` replaced, or left out where the new value is empty.
pub(super) fn token_form(scope: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    [
        ("grant_type", "client_credentials"),
        ("client_id", known("clientId")),
        ("client_secret", known("clientSecret")),
        ("scope", scope),
    ]
    .into_iter()
    .map(|(name, value)| {
        let changed = changes
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value);
        (name.to_owned(), changed.unwrap_or(value).to_owned())
    })
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
