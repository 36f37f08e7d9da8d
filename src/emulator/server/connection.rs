//! Taking connections: TLS, HTTP/1.1 or HTTP/2, and the way to the service.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::crypto::ring;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificates;
use crate::emulator::answer::Answer;
use crate::emulator::api_request::ApiRequest;
use crate::emulator::service::Service;

const BODY_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// A pause after a failed accept, which mostly means that file handles are short.
pub(super) const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The TLS side of the server, with the provider passed explicitly: the process may have chosen
/// none, or another.
pub(super) fn acceptor(certificates: &Certificates) -> Result<TlsAcceptor, rustls::Error> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![certificates.leaf.clone()],
            certificates.leaf_key.clone_key(),
        )?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// The way from a decrypted connection to the service; `address` stands in for a missing `Host`.
pub(super) fn router(service: Arc<Service>, address: SocketAddr) -> Router {
    Router::new()
        .fallback(handle)
        .with_state((service, Arc::from(address.to_string())))
}

/// Accepts connections until it is dropped.
pub(super) async fn serve(listener: TcpListener, acceptor: TlsAcceptor, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Small answers must not wait for the acknowledgement of earlier ones.
                drop(stream.set_nodelay(true));
                tokio::spawn(serve_connection(stream, acceptor.clone(), router.clone()));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// Serves one client. What goes wrong here is the client's to see and nobody else's.
pub(super) async fn serve_connection<S>(stream: S, acceptor: TlsAcceptor, router: Router)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    if let Ok(stream) = acceptor.accept(stream).await {
        drop(
            auto::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
                .await,
        );
    }
}

async fn handle(
    State((service, address)): State<(Arc<Service>, Arc<str>)>,
    request: Request,
) -> Answer {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT_BYTES).await else {
        return Answer::json(
            StatusCode::PAYLOAD_TOO_LARGE,
            json!({ "error": { "code": "RequestEntityTooLarge", "message": "The request body is too large." } }),
        );
    };
    service.answer(&ApiRequest::new(
        head.method,
        &head.uri,
        head.headers,
        body,
        &address,
    ))
}
