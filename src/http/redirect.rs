//! Where a redirect leads and what goes along (as newman 6.2.2, but safe with credentials).

use url::Url;

use super::{Error, Header, HttpRequest, HttpResponse, RequestUrl, SendOptions};

/// The fields that describe content and go with it.
const CONTENT_FIELDS: [&str; 4] = [
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
];

/// The fields that say who sends a request. newman lets the last one go along.
const CREDENTIAL_FIELDS: [&str; 3] = ["authorization", "cookie", "x-amz-security-token"];

/// The next request, or nothing when the response is not a redirect.
///
/// # Errors
///
/// When the response is a redirect to something that is no URL.
pub(super) fn next_request(
    request: &HttpRequest,
    response: &HttpResponse,
    options: &SendOptions,
) -> Result<Option<HttpRequest>, Error> {
    if !options.follow_redirects || !(300..400).contains(&response.status) {
        return Ok(None);
    }
    let Some(location) = response.header("location") else {
        return Ok(None);
    };
    let url = resolve(&request.url, location).ok_or_else(|| Error::InvalidRedirect {
        location: location.to_owned(),
    })?;
    let mut next = request.clone();
    if !keeps_method(request, response, options) {
        next.method = if request.method == "HEAD" {
            "HEAD"
        } else {
            "GET"
        }
        .to_owned();
        next.body = None;
        next.headers
            .retain(|field| !CONTENT_FIELDS.iter().any(|name| field.is(name)));
    }
    let same_origin = match options.as_newman {
        true => url.host.eq_ignore_ascii_case(&request.url.host),
        false => url.has_same_origin(&request.url),
    };
    if !same_origin && !options.follow_authorization {
        let leaks = |field: &Header| match options.as_newman {
            true => field.is("authorization"),
            false => CREDENTIAL_FIELDS.iter().any(|name| field.is(name)),
        };
        next.headers.retain(|field| !leaks(field));
    }
    if next.headers.iter().any(|field| field.is("host")) {
        next.replace_header(Header::system("Host", url.authority()));
    }
    if !options.keep_referer {
        next.replace_header(Header::system("Referer", request.url.to_string()));
    }
    next.url = url;
    Ok(Some(next))
}

/// 307 and 308 keep the method (RFC 9110, 15.4.8 and 15.4.9).
fn keeps_method(request: &HttpRequest, response: &HttpResponse, options: &SendOptions) -> bool {
    options.follow_original_method
        || matches!(response.status, 307 | 308)
        || request.method == "GET" && request.body.is_none()
}

/// Resolves a reference against the URL of the request (RFC 9110, 10.2.2).
fn resolve(base: &RequestUrl, location: &str) -> Option<RequestUrl> {
    let url = Url::parse(&base.to_string()).ok()?.join(location).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    Some(RequestUrl {
        scheme: url.scheme().to_owned(),
        host: url.host_str()?.to_owned(),
        port: url.port(),
        target: format!("{}{query}", url.path()),
    })
}
