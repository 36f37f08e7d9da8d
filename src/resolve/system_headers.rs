//! The header fields that Postman adds by itself, in its order.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::http::{Content, Header, HttpRequest};
use crate::variables::Dialect;

use super::body::MediaType;

/// Sent as `User-Agent`.
const USER_AGENT: &str = concat!("postrider/", env!("CARGO_PKG_VERSION"));

/// What newman 6.2.2 sends; there are servers that tell programs apart by it.
const NEWMAN_USER_AGENT: &str = "PostmanRuntime/7.39.1";

/// Methods that declare no length when they have no content (as Node 20's client).
const LENGTHLESS_METHODS: [&str; 6] = ["GET", "HEAD", "TRACE", "DELETE", "CONNECT", "OPTIONS"];

/// Adds the implicit media type, then the system fields, then what describes the content; each only
/// where the user has no field of that name and has not switched it off.
pub(super) fn add(
    request: &mut HttpRequest,
    media_type: Option<&MediaType>,
    disabled: &Map<String, Value>,
    dialect: Dialect,
) {
    let is_disabled =
        |name: &str| disabled.get(&name.to_ascii_lowercase()) == Some(&Value::Bool(true));
    let add = |request: &mut HttpRequest, name: &str, value: String| {
        if request.header(name).is_none() && !is_disabled(name) {
            request.headers.push(Header::system(name, value));
        }
    };
    if let Some(MediaType::Implicit(media_type)) = media_type {
        add(request, "Content-Type", (*media_type).to_owned());
    }
    let host = request.url.authority();
    let user_agent = match dialect {
        Dialect::Postrider => USER_AGENT,
        Dialect::Newman => NEWMAN_USER_AGENT,
    };
    add(request, "User-Agent", user_agent.to_owned());
    add(request, "Accept", "*/*".to_owned());
    add(request, "Cache-Control", "no-cache".to_owned());
    add(request, "Postman-Token", Uuid::new_v4().to_string());
    add(request, "Host", host);
    add(request, "Accept-Encoding", "gzip, deflate, br".to_owned());
    add(request, "Connection", "keep-alive".to_owned());
    if let Some(MediaType::Form { kind, value }) = media_type
        && !is_disabled("content-type")
    {
        let has_one = request
            .header("content-type")
            .is_some_and(|own| own.to_ascii_lowercase().starts_with(kind));
        if !has_one {
            request.headers.retain(|field| !field.is("content-type"));
            request
                .headers
                .push(Header::system("Content-Type", value.as_str()));
        }
    }
    let length = request.body.as_ref().map_or(0, Content::size_bytes);
    if request.body.is_some() || !LENGTHLESS_METHODS.contains(&request.method.as_str()) {
        add(request, "Content-Length", length.to_string());
    }
    if let Some(MediaType::File(media_type)) = media_type {
        add(request, "Content-Type", media_type.clone());
    }
}
