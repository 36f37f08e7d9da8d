//! The running emulator as the rest of the program sees it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::certificate::Certificates;
use super::connection::{acceptor, serve};
use crate::emulator::clock::{Clock, SystemClock};
use crate::emulator::error::Error;
use crate::emulator::scenario::Scenario;
use crate::emulator::service::Service;

/// How the emulator is set up.
pub(crate) struct Options {
    /// Where it listens; port 0 takes any free one.
    pub(crate) address: SocketAddr,
    /// For how long a token is good.
    pub(crate) token_lifetime: Duration,
}

impl Default for Options {
    /// A free port of the loopback address, and tokens that last as long as Azure's usually do.
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            token_lifetime: Duration::from_secs(3599),
        }
    }
}

/// A local Azure Synapse that serves until it is dropped, on a thread and runtime of its own.
pub(crate) struct Emulator {
    address: SocketAddr,
    ca_certificate_pem: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Emulator {
    /// Starts one with the scenario of the sample environments. The socket listens when it returns.
    ///
    /// # Errors
    ///
    /// When the address cannot be had, or certificates, TLS or the thread cannot be made.
    pub(crate) fn start(options: Options) -> Result<Self, Error> {
        Self::start_with(&options, Scenario::demo(), Arc::new(SystemClock))
    }

    /// As [`start`](Self::start), with another scenario and clock.
    pub(in crate::emulator) fn start_with(
        options: &Options,
        scenario: Scenario,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let listen_error = |source| Error::Listen {
            address: options.address,
            source,
        };
        let listener = TcpListener::bind(options.address).map_err(listen_error)?;
        listener.set_nonblocking(true).map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;

        // Certificates go by the machine's time whatever clock is injected: clients check them.
        let certificates =
            Certificates::generate(address.ip(), SystemClock.now()).map_err(Error::Certificate)?;
        let acceptor = acceptor(&certificates).map_err(Error::Tls)?;
        let service = Arc::new(Service::new(scenario, options.token_lifetime, clock));

        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(listen_error)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = serve(listener, acceptor, service, address) => {}
                        _ = stopped => {}
                    }
                });
            })
            .map_err(Error::Thread)?;

        Ok(Self {
            address,
            ca_certificate_pem: certificates.authority_pem,
            stop: Some(stop),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// The address that it listens on, with the real port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
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
