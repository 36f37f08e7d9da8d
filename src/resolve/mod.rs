//! From an item's request and the variables of the moment to a request that is ready to be signed.
//!
//! The main type is [`Prepared`]. Nothing here sends anything.

mod body;
mod comments;
mod encode;
mod error;
mod form_data;
mod multipart;
mod prepared;
mod substituted;
mod system_headers;
mod url;

pub(crate) use error::Error;
pub(crate) use prepared::{Definition, Prepared, resolve, resolve_auth};
pub(crate) use substituted::Replace;
pub(crate) use url::request_url;
