//! An HTTP/1.1 server inside the test's process, on a free port of the loopback address.

use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::connection::serve;
use super::{Answer, Request};

/// Longest time to wait for something that is sure to happen in a working program.
const PATIENCE: Duration = Duration::from_secs(60);

type Handler = Box<dyn Fn(&Request) -> Answer + Send + Sync>;

/// Answers with a test's handler and remembers every request.
///
/// When it is dropped it fails the test if it was never called or if the handler panicked.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
    may_stay_unused: bool,
}

struct Shared {
    handler: Handler,
    tls: Option<Arc<ServerConfig>>,
    requests: Mutex<Vec<Request>>,
    arrived: Condvar,
    handshake_failures: Mutex<Vec<String>>,
    streams: Mutex<Vec<TcpStream>>,
    panics: Mutex<Vec<String>>,
    is_stopping: AtomicBool,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::serve(None, Box::new(handler))
    }

    /// A server that speaks TLS.
    pub(crate) fn start_tls(
        config: Arc<ServerConfig>,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::serve(Some(config), Box::new(handler))
    }

    /// For a test that shows that no request comes.
    pub(crate) fn never_called(mut self) -> Self {
        self.may_stay_unused = true;
        self
    }

    fn serve(tls: Option<Arc<ServerConfig>>, handler: Handler) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            handler,
            tls,
            requests: Mutex::default(),
            arrived: Condvar::new(),
            handshake_failures: Mutex::default(),
            streams: Mutex::default(),
            panics: Mutex::default(),
            is_stopping: AtomicBool::new(false),
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self {
            address,
            shared,
            acceptor: Some(acceptor),
            may_stay_unused: false,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// `http://127.0.0.1:PORT` followed by a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// The one request that there was.
    pub(crate) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    /// Method and target of each request.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |request: &Request| request.line().trim_end_matches(" HTTP/1.1").to_owned();
        self.requests().iter().map(line).collect()
    }

    /// How many connections there were.
    pub(crate) fn connection_count(&self) -> usize {
        self.shared.streams.lock().unwrap().len()
    }

    /// Waits until this many requests have come.
    pub(crate) fn wait_for_requests(&self, count: usize) {
        let requests = self.shared.requests.lock().unwrap();
        let (_requests, timeout) = self
            .shared
            .arrived
            .wait_timeout_while(requests, PATIENCE, |requests| requests.len() < count)
            .unwrap();
        assert!(!timeout.timed_out(), "fewer than {count} requests came");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_stopping.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which then sees that it is to stop.
        let _woken = TcpStream::connect(self.address);
        for stream in self.shared.streams.lock().unwrap().iter() {
            let _closed = stream.shutdown(Shutdown::Both);
        }
        if let Some(acceptor) = self.acceptor.take() {
            let _ended = acceptor.join();
        }
        if thread::panicking() {
            return;
        }
        let panics = self.shared.panics.lock().unwrap();
        assert!(panics.is_empty(), "the handler panicked: {panics:?}");
        let was_called = !self.shared.requests.lock().unwrap().is_empty();
        let failures = self.shared.handshake_failures.lock().unwrap();
        assert!(
            was_called || self.may_stay_unused,
            "the server was never called; refused handshakes: {failures:?}"
        );
        assert!(
            !(was_called && self.may_stay_unused),
            "the server was called"
        );
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut workers = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        if shared.is_stopping.load(Ordering::SeqCst) {
            break;
        }
        shared
            .streams
            .lock()
            .unwrap()
            .push(stream.try_clone().unwrap());
        let shared = Arc::clone(shared);
        workers.push(thread::spawn(move || {
            let caught = catch_unwind(AssertUnwindSafe(|| converse(stream, &shared)));
            if let Err(panic) = caught {
                let text = panic
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| panic.downcast_ref::<&str>().copied());
                shared
                    .panics
                    .lock()
                    .unwrap()
                    .push(text.unwrap_or("(no text)").to_owned());
            }
        }));
    }
    for worker in workers {
        let _ended = worker.join();
    }
}

fn converse(mut stream: TcpStream, shared: &Shared) {
    let answer = |request: &Request| {
        shared.requests.lock().unwrap().push(request.clone());
        shared.arrived.notify_all();
        (shared.handler)(request)
    };
    // A connection that the client or the end of the test breaks off is no failure of the server.
    let result = match &shared.tls {
        None => serve(&mut stream, answer),
        Some(config) => {
            let connection = ServerConnection::new(Arc::clone(config)).unwrap();
            serve(&mut StreamOwned::new(connection, &mut stream), answer)
        }
    };
    if let Err(error) = result {
        shared
            .handshake_failures
            .lock()
            .unwrap()
            .push(error.to_string());
    }
    let _closed = stream.shutdown(Shutdown::Both);
}
