//! A server that speaks HTTP/2 over TLS, and HTTP/1.1 where it is let.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use super::Authority;

/// Answers with the version and the header fields of the request. Its thread ends with the process.
pub(crate) struct ModernServer {
    pub(crate) port: u16,
}

impl ModernServer {
    /// Offers these protocols, by their names in ALPN (RFC 7301).
    pub(crate) fn start(protocols: &[&str]) -> Self {
        Self::start_closing(protocols, 0)
    }

    /// As [`ModernServer::start`]; instead of answering the request with this number, of which the first is
    /// 1, it drops the connection.
    pub(crate) fn start_closing(protocols: &[&str], closing: usize) -> Self {
        let mut config = (*Authority::new().server_config(&["localhost"])).clone();
        config.alpn_protocols = protocols
            .iter()
            .map(|name| name.as_bytes().to_vec())
            .collect();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", 0)))
            .unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            runtime.block_on(accept(
                listener,
                TlsAcceptor::from(Arc::new(config)),
                closing,
            ));
        });
        Self { port }
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, closing: usize) {
    let count = Arc::new(AtomicUsize::new(0));
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else {
                return;
            };
            let end = Arc::new(Notify::new());
            let ending = Arc::clone(&end);
            let service = service_fn(move |request| {
                let is_last = count.fetch_add(1, Ordering::SeqCst) + 1 == closing;
                let ending = Arc::clone(&ending);
                async move {
                    if is_last {
                        ending.notify_one();
                        std::future::pending::<()>().await;
                    }
                    answer(request).await
                }
            });
            let builder = auto::Builder::new(TokioExecutor::new());
            let served = builder.serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                _ended = served => {}
                () = end.notified() => {}
            }
        });
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let fields: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    let text = format!("{:?} {}", request.version(), fields.join(", "));
    Ok(Response::new(text))
}
