//! Certificates that postrider shows to servers: what is in their files, and for which URLs they are.

mod certificate;
mod error;
mod identity;
mod private_key;
mod url_pattern;

pub(crate) use certificate::{ClientCertificate, Shown};
pub(crate) use error::IdentityError;
pub(crate) use identity::Identity;
pub(crate) use url_pattern::UrlPattern;
