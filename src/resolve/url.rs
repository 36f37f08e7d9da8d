//! From a URL in Postman's parts to what goes over the wire.

use percent_encoding::percent_decode_str;

use crate::collection::Url;
use crate::http::RequestUrl;

use super::{Error, encode};

/// The request URL, and the credentials that stood in front of the host.
pub(super) struct Target {
    pub(super) url: RequestUrl,
    pub(super) credentials: Option<(String, String)>,
}

/// The URL of a text that holds no variables, encoded as for a request.
///
/// # Errors
///
/// When no request can be sent to it.
pub(crate) fn request_url(text: &str) -> Result<RequestUrl, Error> {
    Ok(to_target(&Url::parse(text), true)?.url)
}

/// Encodes a URL whose variables are replaced.
///
/// Dot segments and empty segments stay, as in newman 6.2.2.
pub(super) fn to_target(url: &Url, encode_url: bool) -> Result<Target, Error> {
    if url.is_empty() {
        return Err(Error::EmptyUrl);
    }
    let scheme = url
        .protocol
        .as_deref()
        .unwrap_or("http")
        .to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(Error::UnknownProtocol { protocol: scheme });
    }
    // A lone `@` names nobody (as newman 6.2.2).
    let user_info = url.user_info.as_ref();
    let user_info = user_info.filter(|(user, password)| !user.is_empty() || password.is_some());
    let credentials = user_info.map(|(user, password)| {
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        (
            decode(user),
            decode(password.as_deref().unwrap_or_default()),
        )
    });
    let target = RequestUrl {
        scheme,
        host: host(url)?,
        port: port(url)?,
        target: target(url, encode_url),
    };
    Ok(Target {
        url: target,
        credentials,
    })
}

fn host(url: &Url) -> Result<String, Error> {
    let host = url.host.join(".");
    if host.is_empty() {
        return Err(Error::MissingHost);
    }
    if host.contains("{{") {
        return Err(Error::UnresolvedHost { host });
    }
    if host.starts_with('[') && host.ends_with(']') {
        return Ok(host);
    }
    match ::url::Host::parse(&host) {
        Ok(::url::Host::Domain(domain)) => Ok(domain),
        Ok(::url::Host::Ipv4(_)) => Ok(host),
        _ => Err(Error::InvalidHost { host }),
    }
}

/// White space around the number is no part of it: it comes along with values that were copied (as newman
/// 6.2.2).
fn port(url: &Url) -> Result<Option<u16>, Error> {
    match url.port.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(port) => match port.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Error::InvalidPort {
                port: port.to_owned(),
            }),
        },
    }
}

fn target(url: &Url, encode_url: bool) -> String {
    let text = url.to_text();
    let without_hash = match &url.hash {
        Some(hash) => &text[..text.len() - hash.len() - 1],
        None => &text,
    };
    let (before_query, query) = match url.enabled_query().next() {
        Some(_) => without_hash.split_once('?').unwrap_or((without_hash, "")),
        None => (without_hash, ""),
    };
    let path = match &url.path {
        Some(_) => {
            let after_scheme = before_query
                .split_once("://")
                .map_or(before_query, |(_, rest)| rest);
            after_scheme
                .split_once('/')
                .map(|(_, path)| path)
                .unwrap_or_default()
        }
        None => "",
    };
    let (path, query) = match encode_url {
        true => (encode::path(path), encode::query(query)),
        false => (path.to_owned(), query.to_owned()),
    };
    match url.enabled_query().next() {
        Some(_) => format!("/{path}?{query}"),
        None => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> String {
        to_target(&Url::parse(text), true).unwrap().url.to_string()
    }

    #[test]
    fn urls_are_encoded_as_newman_encodes_them() {
        let cases = [
            ("example.com", "http://example.com/"),
            ("HTTP://EXAMPLE.com/A b", "http://example.com/A%20b"),
            ("http://h/../a/./b/..", "http://h/../a/./b/.."),
            ("http://h//dbl//x", "http://h//dbl//x"),
            ("http://h/a%20b%zz", "http://h/a%20b%zz"),
            (
                "http://h/^|;,:@&=+$!*()'[]{}",
                "http://h/^|;,:@&=+$!*()'[]%7B%7D",
            ),
            (
                "http://h/x?q='\"<>`{}|\\^[] é#part",
                "http://h/x?q=%27%22%3C%3E`{}|\\^[]%20%C3%A9",
            ),
            ("http://h?a", "http://h/?a"),
            ("http://h/?", "http://h/?"),
            ("http://h/?a&&b=&=c&", "http://h/?a&&b=&=c&"),
            ("http://bücher.example/", "http://xn--bcher-kva.example/"),
            ("https://h:443/", "https://h:443/"),
            ("http://[::1]:8080/x", "http://[::1]:8080/x"),
            ("http://u:p@h/x?mail=a@b/c", "http://h/x?mail=a@b/c"),
            ("http://h: 8080 /x", "http://h:8080/x"),
        ];

        for (text, expected) in cases {
            assert_eq!(sent(text), expected, "{text}");
        }
    }

    #[test]
    fn urls_that_cannot_be_sent_are_refused() {
        let cases = [
            ("", "the request has no URL"),
            ("ftp://h/", "Invalid protocol: ftp:"),
            (
                "http://h:99999/",
                "Port should be >= 0 and < 65536. Received type string ('99999').",
            ),
            (
                "http://{{host}}/",
                "the host `{{host}}` holds a variable without a value",
            ),
            ("http://a b/", "`a b` is not a host name"),
            ("/only/path", "the URL names no host"),
            ("http://:80/", "the URL names no host"),
        ];

        for (text, message) in cases {
            let error = to_target(&Url::parse(text), true).err().unwrap();
            assert_eq!(error.to_string(), message);
        }
    }
}
