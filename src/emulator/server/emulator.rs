//! The running emulator as the rest of the program sees it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::certificate::Certificates;
use super::connection::{acceptor, router, serve};
use super::proxy::serve_proxy;
use crate::emulator::clock::{Clock, SystemClock};
use crate::emulator::error::Error;
use crate::emulator::scenario::Scenario;
use crate::emulator::service::Service;

/// How the emulator is set up.
pub(crate) struct Options {
    /// Where it listens; port 0 takes any free one.
    pub(crate) address: SocketAddr,
    /// Where its CONNECT proxy listens, if there is one; port 0 takes any free one.
    pub(crate) proxy_address: Option<SocketAddr>,
    /// What it pretends to be.
    pub(crate) scenario: Scenario,
}

impl Default for Options {
    /// A free port of the loopback address, no proxy, and the scenario that ships.
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            proxy_address: None,
            scenario: Scenario::demo(),
        }
    }
}

/// A local Azure Synapse that serves until it is dropped, on a thread and runtime of its own.
pub(crate) struct Emulator {
    address: SocketAddr,
    proxy_address: Option<SocketAddr>,
    ca_certificate_pem: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Emulator {
    /// Starts one. The sockets listen when it returns.
    ///
    /// # Errors
    ///
    /// When the address cannot be had, or certificates, TLS or the thread cannot be made.
    pub(crate) fn start(options: Options) -> Result<Self, Error> {
        Self::start_with(options, Arc::new(SystemClock))
    }

    /// As [`start`](Self::start), with another clock.
    pub(in crate::emulator) fn start_with(
        options: Options,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let (listener, address) = listen(options.address)?;
        let (proxy, proxy_address) = match options.proxy_address {
            Some(wanted) => listen(wanted).map(|(proxy, address)| (Some(proxy), Some(address)))?,
            None => (None, None),
        };

        // Certificates go by the machine's time whatever clock is injected: clients check them.
        let certificates =
            Certificates::generate(address.ip(), SystemClock.now()).map_err(Error::Certificate)?;
        let acceptor = acceptor(&certificates).map_err(Error::Tls)?;
        let service = Arc::new(Service::new(options.scenario, clock));

        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let router = router(service, address);
        let (stop, stopped) = oneshot::channel();
        let (listener, proxy) = {
            let _inside = runtime.enter();
            let register = |listener| {
                tokio::net::TcpListener::from_std(listener)
                    .map_err(|source| Error::Listen { address, source })
            };
            (register(listener)?, proxy.map(register).transpose()?)
        };
        let thread = thread::Builder::new()
            .name("emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    if let Some(proxy) = proxy {
                        tokio::spawn(serve_proxy(proxy, acceptor.clone(), router.clone()));
                    }
                    tokio::select! {
                        () = serve(listener, acceptor, router) => {}
                        _ = stopped => {}
                    }
                });
            })
            .map_err(Error::Thread)?;

        Ok(Self {
            address,
            proxy_address,
            ca_certificate_pem: certificates.authority_pem,
            stop: Some(stop),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// The address that it listens on, with the real port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its proxy, with the real port.
    pub(crate) fn proxy_address(&self) -> Option<SocketAddr> {
        self.proxy_address
    }

    /// The certificate that clients must trust, made anew at each start.
    pub(crate) fn ca_certificate_pem(&self) -> &str {
        &self.ca_certificate_pem
    }

    /// Blocks until the server ends, which it does of itself only by a bug.
    pub(crate) fn wait(&self) {
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            // A panic over there has been reported by its own thread.
            drop(thread.join());
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only where the server has ended already.
            let _ = stop.send(());
        }
        self.wait();
    }
}

/// Takes an address, and tells it with the real port.
fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Error> {
    let listen_error = |source| Error::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(listen_error)?;
    listener.set_nonblocking(true).map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    Ok((listener, address))
}
