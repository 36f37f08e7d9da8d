//! All servers together.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;

use super::certificate::Certificates;
use super::listener::{Listener, Record};
use super::request::{Request, View};
use super::{Answer, echo, httpbin, odd, raw};

/// The servers that one case at a time may use.
///
/// Names that end in `postman-echo.com` answer as that service does, `httpbin.org` as that one, every other
/// name echoes all paths. `closed.example.com` refuses connections, and names below `.invalid` do not
/// resolve.
pub(crate) struct Servers {
    http: Listener,
    https: Listener,
    raw_echo: Listener,
    redirect: Listener,
    closed: ClosedPort,
    record: Record,
    certificates: Arc<Certificates>,
}

impl Servers {
    pub(crate) fn start() -> Self {
        let record = Record::default();
        let certificates = Arc::new(Certificates::make());
        let tls = Some(Arc::clone(&certificates));
        Self {
            http: Listener::start("http", answer, &record, None),
            https: Listener::start("https", answer, &record, tls),
            raw_echo: Listener::start("raw-echo", raw::echo, &record, None),
            redirect: Listener::start("redirect", raw::redirect, &record, None),
            closed: ClosedPort::reserve(),
            record,
            certificates,
        }
    }

    /// Where connections go, in the form of `--connect-to`; the first rule that fits counts.
    pub(crate) fn connect_to(&self) -> Vec<String> {
        let at = |names: &str, port: u16| format!("{names}:127.0.0.1:{port}");
        vec![
            at("localhost:4041", self.raw_echo.port()),
            at("127.0.0.1:4041", self.raw_echo.port()),
            at("localhost:4042", self.redirect.port()),
            at("127.0.0.1:4042", self.redirect.port()),
            at("closed.example.com:", self.closed.port),
            "*.invalid:::".to_owned(),
            at("*:80", self.http.port()),
            at("*:443", self.https.port()),
            "localhost:::".to_owned(),
            "127.0.0.1:::".to_owned(),
            at("*:", self.closed.port),
        ]
    }

    /// The folder with the files that clients need.
    pub(crate) fn certificate_folder(&self) -> PathBuf {
        self.certificates.folder()
    }

    /// The requests since the last call, in the order they were received.
    pub(crate) fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.record.lock().unwrap())
    }
}

fn answer(request: &Request, view: &View) -> Answer {
    if let Some(answer) = odd::answer(request, view) {
        return answer;
    }
    match view.hostname.as_str() {
        host if is_within(host, "httpbin.org") => httpbin::answer(request, view),
        host if is_within(host, "postman-echo.com") => echo::answer(request, view),
        _ if view.path == "/" && view.query.is_empty() && is_read(request) => {
            Answer::html(200, "<html><body>local</body></html>")
        }
        _ => httpbin::anything(request, view),
    }
}

fn is_within(host: &str, domain: &str) -> bool {
    let rest = host.strip_suffix(domain);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_read(request: &Request) -> bool {
    matches!(request.method.as_str(), "GET" | "HEAD")
}

/// A port that refuses connections for as long as this lives.
///
/// It is the client's end of a connection: nobody listens there, and nobody else can get it.
struct ClosedPort {
    port: u16,
    _ends: [TcpStream; 2],
}

impl ClosedPort {
    fn reserve() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        Self {
            port: client.local_addr().unwrap().port(),
            _ends: [client, server],
        }
    }
}
