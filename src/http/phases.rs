//! Measuring how a connection comes about.
//!
//! The library tells nothing of this, but it calls on us on the way: the resolver when it looks a name up,
//! the layer around its connector before and after all of it, and the store of TLS sessions when a
//! handshake begins. Each of them leaves its mark with the exchange that is waiting, which is found through
//! the task; a connection that is made for nobody in particular leaves none.

#![expect(
    clippy::disallowed_methods,
    reason = "exchanges are timed where they happen"
)]

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use rustls::NamedGroup;
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use rustls::pki_types::ServerName;
use tower_layer::Layer;
use tower_service::Service;

use super::Phases;

/// As many sessions as rustls keeps by itself.
const SESSION_LIMIT: usize = 256;

tokio::task_local! {
    static MARKS: Cell<Marks>;
}

#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    lookup: Option<Duration>,
    began: Option<Instant>,
    handshake_began: Option<Instant>,
    ended: Option<Instant>,
}

impl Marks {
    fn change(change: impl FnOnce(&mut Self)) {
        // An error means that nobody waits for this connection.
        let _unmarked = MARKS.try_with(|marks| {
            let mut changed = marks.get();
            change(&mut changed);
            marks.set(changed);
        });
    }
}

/// Waits for a response, and tells how the connection came about, if there is a new one.
pub(super) async fn measured<T>(work: impl Future<Output = T>) -> (T, Phases) {
    MARKS
        .scope(Cell::default(), async {
            let output = work.await;
            (output, MARKS.with(Cell::get).phases())
        })
        .await
}

impl Marks {
    fn phases(self) -> Phases {
        let (Some(began), Some(ended)) = (self.began, self.ended) else {
            return Phases {
                dns: self.lookup,
                ..Phases::default()
            };
        };
        let connected = self.handshake_began.unwrap_or(ended);
        Phases {
            dns: self.lookup,
            connect: Some((connected - began).saturating_sub(self.lookup.unwrap_or_default())),
            tls: self.handshake_began.map(|handshake| ended - handshake),
            ..Phases::default()
        }
    }
}

/// Whether a connection was begun for the exchange that is waiting; without one it goes over a connection
/// of an earlier exchange.
pub(super) fn has_own_connection() -> bool {
    MARKS
        .try_with(|marks| marks.get().began.is_some())
        .unwrap_or(true)
}

/// Marks how long a name was looked up.
pub(super) async fn lookup<T>(work: impl Future<Output = T>) -> T {
    let clock = Instant::now();
    let output = work.await;
    Marks::change(|marks| marks.lookup = Some(clock.elapsed()));
    output
}

/// Marks the beginning and end of each connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct MeasureConnections;

impl<S> Layer<S> for MeasureConnections {
    type Service = Measured<S>;

    fn layer(&self, inner: S) -> Measured<S> {
        Measured(inner)
    }
}

/// A connector whose work is measured.
#[derive(Debug, Clone)]
pub(super) struct Measured<S>(S);

impl<S, Request> Service<Request> for Measured<S>
where
    S: Service<Request>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let work = self.0.call(request);
        Box::pin(async move {
            Marks::change(|marks| marks.began = Some(Instant::now()));
            let output = work.await;
            Marks::change(|marks| marks.ended = Some(Instant::now()));
            output
        })
    }
}

/// Sessions in memory, as in rustls itself; being asked for one marks the beginning of a handshake.
pub(super) struct MarkingSessions(Arc<ClientSessionMemoryCache>);

impl MarkingSessions {
    pub(super) fn new() -> Self {
        Self(Arc::new(ClientSessionMemoryCache::new(SESSION_LIMIT)))
    }
}

impl fmt::Debug for MarkingSessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MarkingSessions")
    }
}

impl ClientSessionStore for MarkingSessions {
    fn set_kx_hint(&self, server_name: ServerName<'static>, group: NamedGroup) {
        self.0.set_kx_hint(server_name, group);
    }

    fn kx_hint(&self, server_name: &ServerName<'_>) -> Option<NamedGroup> {
        self.0.kx_hint(server_name)
    }

    fn set_tls12_session(&self, server_name: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.0.set_tls12_session(server_name, value);
    }

    fn tls12_session(&self, server_name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.0.tls12_session(server_name)
    }

    fn remove_tls12_session(&self, server_name: &ServerName<'static>) {
        self.0.remove_tls12_session(server_name);
    }

    fn insert_tls13_ticket(
        &self,
        server_name: ServerName<'static>,
        value: Tls13ClientSessionValue,
    ) {
        self.0.insert_tls13_ticket(server_name, value);
    }

    /// The first thing that a handshake asks for, whatever the version.
    fn take_tls13_ticket(
        &self,
        server_name: &ServerName<'static>,
    ) -> Option<Tls13ClientSessionValue> {
        Marks::change(|marks| marks.handshake_began = Some(Instant::now()));
        self.0.take_tls13_ticket(server_name)
    }
}
