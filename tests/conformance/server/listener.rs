//! A listener on a free port of the loopback address that records every request.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};

use super::Answer;
use super::certificate::Certificates;
use super::connection::{Next, Reader};
use super::request::{Request, View};

/// Idle connections are closed, as real servers do.
const IDLE: Duration = Duration::from_secs(5);

pub(super) type Service = fn(&Request, &View) -> Answer;
pub(super) type Record = Arc<Mutex<Vec<Request>>>;

pub(super) struct Listener {
    address: SocketAddr,
    is_stopping: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    name: &'static str,
    service: Service,
    record: Record,
    certificates: Option<Arc<Certificates>>,
}

impl Listener {
    /// Starts to listen; with certificates it speaks TLS.
    pub(super) fn start(
        name: &'static str,
        service: Service,
        record: &Record,
        certificates: Option<Arc<Certificates>>,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let is_stopping = Arc::new(AtomicBool::new(false));
        let shared = Arc::new(Shared {
            name,
            service,
            record: Arc::clone(record),
            certificates,
        });
        let acceptor = thread::spawn({
            let is_stopping = Arc::clone(&is_stopping);
            move || {
                while let Ok((stream, _)) = listener.accept() {
                    if is_stopping.load(Ordering::SeqCst) {
                        break;
                    }
                    let shared = Arc::clone(&shared);
                    // Nobody waits for these threads: they end with their connections.
                    thread::spawn(move || shared.serve(&stream));
                }
            }
        });
        Self {
            address,
            is_stopping,
            acceptor: Some(acceptor),
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.is_stopping.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which then sees that it is to stop.
        let _woken = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ended = acceptor.join();
        }
    }
}

impl Shared {
    /// A connection that the client breaks off, or that is idle for too long, just ends.
    fn serve(&self, stream: &TcpStream) {
        let _ended = self.converse(stream);
        let _closed = stream.shutdown(Shutdown::Both);
    }

    fn converse(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(IDLE))?;
        let Some(certificates) = &self.certificates else {
            let mut reader = Reader::new(stream);
            return self.answer_all(&mut reader, |_, _| {}).map(|_| ());
        };
        let session = ServerConnection::new(Arc::clone(&certificates.config))
            .map_err(|_| io::ErrorKind::InvalidData)?;
        let mut reader = Reader::new(StreamOwned::new(session, stream));
        let is_dropped = self.answer_all(&mut reader, |stream, request| {
            let session = &stream.conn;
            request.server_name = session.server_name().map(str::to_owned);
            let shown = session.peer_certificates().and_then(<[_]>::first);
            request.client_certificate = shown.and_then(|shown| certificates.name_of(shown));
        })?;
        if !is_dropped {
            let tls = reader.stream();
            tls.conn.send_close_notify();
            tls.flush()?;
        }
        Ok(())
    }

    /// Whether the connection was dropped at the end.
    fn answer_all<S: Read + Write>(
        &self,
        reader: &mut Reader<S>,
        complete: impl Fn(&S, &mut Request),
    ) -> io::Result<bool> {
        loop {
            let mut request = match reader.next(self.name)? {
                Next::Request(request) => request,
                Next::End => return Ok(false),
                Next::Malformed => {
                    reader.stream().write_all(
                        b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
                    )?;
                    return Ok(false);
                }
            };
            complete(reader.stream(), &mut request);
            self.record.lock().unwrap().push((*request).clone());
            let answer = (self.service)(&request, &View::of(&request));
            if answer.is_dropped() {
                return Ok(true);
            }
            if !answer.write(&request, reader.stream())? {
                return Ok(false);
            }
        }
    }
}
