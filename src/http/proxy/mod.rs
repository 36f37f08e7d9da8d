//! Proxies: how they are written, and which requests go through them.

mod bypass;
mod error;
mod server;
mod settings;

pub(crate) use bypass::Bypass;
pub(crate) use error::ProxyError;
pub(crate) use server::Proxy;
pub(crate) use settings::ProxySettings;
