//! Requests, responses, cookies and the transport between them.
//!
//! [`HttpClient`] is the transport that the program uses; it is the only user of reqwest. Nothing here
//! knows about collections.

mod body;
mod client;
mod client_certificate;
mod connect_to;
mod content;
mod cookie;
mod cookie_jar;
mod decode;
mod error;
mod exact_url;
mod exchange;
mod failure;
mod fields;
mod keeper;
mod message;
mod phases;
mod profile;
mod protocol;
mod proxy;
mod redirect;
mod repeat;
mod resolver;
mod tls;
mod tls_failure;
mod tls_issuer;
mod tls_verifier;
mod transport;

pub(crate) use body::Body;
pub(crate) use client::{ClientOptions, HttpClient};
pub(crate) use client_certificate::{
    ClientCertificate, Identity, IdentityError, Shown, UrlPattern,
};
pub(crate) use connect_to::{ConnectTo, ParseError as ConnectToError};
pub(crate) use content::{Content, Piece};
pub(crate) use cookie::{CookieError, JarCookie, StoredCookie};
pub(crate) use error::Error;
pub(crate) use exchange::{Exchange, Hop, Phases, Timings};
pub(crate) use message::{Header, HttpRequest, HttpResponse, RequestUrl};
pub(crate) use protocol::{Protocol, TlsVersions};
pub(crate) use proxy::{Bypass, Proxy, ProxyError, ProxySettings};
pub(crate) use tls::CaError;
pub(crate) use transport::{SendOptions, Transport};
