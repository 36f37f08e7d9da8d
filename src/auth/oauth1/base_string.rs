//! What is signed (RFC 5849, 3.4.1).

use crate::auth::encode::{form_pairs, percent_encode, split_target};
use crate::http::{HttpRequest, RequestUrl};

/// Method, URL and all parameters: those of the query, of a form and of the scheme.
pub(super) fn base_string(request: &HttpRequest, parameters: &[(String, String)]) -> String {
    let (_, query) = split_target(&request.url.target);
    let query = form_pairs(query)
        .into_iter()
        .map(|(key, value)| (key, value.unwrap_or_default()));
    let all: Vec<(String, String)> = query.chain(parameters.iter().cloned()).collect();
    [
        request.method.to_uppercase(),
        base_url(&request.url),
        normalized(&all),
    ]
    .map(|part| percent_encode(&part))
    .join("&")
}

/// The URL without its query and without a port that its scheme implies.
pub(super) fn base_url(url: &RequestUrl) -> String {
    let (path, _) = split_target(&url.target);
    let host = url.host.to_lowercase();
    let port = match (url.scheme.as_str(), url.port) {
        (_, None) | ("http", Some(80)) | ("https", Some(443)) => String::new(),
        (_, Some(port)) => format!(":{port}"),
    };
    format!("{}://{host}{port}{path}", url.scheme.to_lowercase())
}

/// The parameters encoded and in order.
pub(super) fn normalized(parameters: &[(String, String)]) -> String {
    let mut encoded: Vec<(String, String)> = parameters
        .iter()
        .map(|(key, value)| (percent_encode(key), percent_encode(value)))
        .collect();
    encoded.sort();
    let pairs: Vec<String> = encoded
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    pairs.join("&")
}
