//! Name resolution with the rules of `--connect-to`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::ConnectTo;
use super::phases::lookup;

/// A name that does not resolve.
#[derive(Debug, thiserror::Error)]
#[error("getaddrinfo ENOTFOUND {host}")]
pub(super) struct NotFound {
    pub(super) host: String,
}

/// Resolves the hosts of one client, all of whose URLs have the same port.
pub(super) struct Resolver {
    pub(super) rules: Vec<ConnectTo>,
    pub(super) port: u16,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let (target, port) = ConnectTo::target(&self.rules, &host, self.port)
            .unwrap_or_else(|| (host.clone(), self.port));
        Box::pin(async move {
            if is_localhost(&target) {
                return Ok(loopback(port));
            }
            let found = lookup(tokio::net::lookup_host((target.as_str(), port))).await;
            match found.map(Iterator::collect::<Vec<_>>) {
                Ok(addresses) if !addresses.is_empty() => {
                    Ok(Box::new(addresses.into_iter()) as Addrs)
                }
                _ => Err(Box::new(NotFound { host: target }) as _),
            }
        })
    }
}

/// `localhost` and every name below it never leave the machine (RFC 6761, 6.3; as postman-request).
fn is_localhost(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

fn loopback(port: u16) -> Addrs {
    let addresses = [
        IpAddr::V6(Ipv6Addr::LOCALHOST),
        IpAddr::V4(Ipv4Addr::LOCALHOST),
    ];
    Box::new(
        addresses
            .into_iter()
            .map(move |address| SocketAddr::new(address, port)),
    )
}
