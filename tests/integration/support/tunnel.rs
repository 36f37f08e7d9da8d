//! A client that reaches the emulator through its CONNECT proxy, as Azure's own clients do.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const TIME_LIMIT: Duration = Duration::from_secs(20);

/// The address of a proxy.
pub(crate) struct Tunnel<'a> {
    /// Host and port.
    pub(crate) address: &'a str,
    /// What the client trusts, in PEM.
    pub(crate) ca: &'a str,
}

impl Tunnel<'_> {
    /// Sends bytes to the proxy itself, and reads until it closes.
    pub(crate) fn say(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a request through a tunnel to a host, and reads until the server closes.
    pub(crate) fn send(&self, host: &str, head: &str, body: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n"
        )
        .unwrap();
        let answer = read_head(&mut stream);
        assert_eq!(answer, "HTTP/1.1 200 Connection established\r\n\r\n");

        let mut stream = StreamOwned::new(self.client(host), stream);
        write!(
            stream,
            "{head}\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        // The server may close without a farewell of TLS.
        let _closed = stream.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        stream
    }

    fn client(&self, host: &str) -> ClientConnection {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(self.ca.as_bytes()).unwrap())
            .unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).unwrap();
        ClientConnection::new(Arc::new(config), name).unwrap()
    }
}

/// Reads to the empty line and no further: what follows belongs to TLS.
fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}
