//! A request as the planes look at it.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri, header};
use percent_encoding::percent_decode_str;

/// One request, its path split and decoded.
pub(super) struct ApiRequest {
    pub(super) method: Method,
    /// Host and port as the client wrote them. Every URL in an answer is built on it, so that a
    /// client never follows one to a host which it did not choose.
    pub(super) authority: String,
    /// Segments of the path, decoded, without empty ones.
    pub(super) segments: Vec<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

impl ApiRequest {
    /// Takes a request apart; `address` stands in for a missing `Host`.
    pub(super) fn new(
        method: Method,
        uri: &Uri,
        headers: HeaderMap,
        body: Bytes,
        address: &str,
    ) -> Self {
        // HTTP/2 carries the host in the URL, HTTP/1.1 in a header (RFC 9113, 8.3.1).
        let authority = uri
            .authority()
            .map(|authority| authority.as_str())
            .or_else(|| headers.get(header::HOST)?.to_str().ok())
            .unwrap_or(address)
            .to_owned();
        let segments = uri
            .path()
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();

        Self {
            method,
            authority,
            segments,
            query,
            headers,
            body,
        }
    }

    /// The first value of a query parameter, whose name is compared without regard to case.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// As [`query`](Self::query), but an empty value is no value.
    ///
    /// The data plane ignores an empty `referencePipelineRunId=`.
    pub(super) fn filled_query(&self, name: &str) -> Option<&str> {
        self.query(name).filter(|value| !value.is_empty())
    }

    /// Whether a query parameter says `true`.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.query(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A header's value, if it is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What follows `scheme` in the `Authorization` header.
    pub(super) fn credentials(&self, scheme: &str) -> Option<&str> {
        let (found, rest) = self.header("authorization")?.trim().split_once(' ')?;
        found.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    }

    /// The start of every URL that leads back to this server.
    pub(super) fn base_url(&self) -> String {
        format!("https://{}", self.authority)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A request to `https://localhost:8443`, for the tests of this module and of others.
    pub(in crate::emulator) fn request(method: &str, path: &str) -> ApiRequest {
        let uri: Uri = path.parse().unwrap();
        ApiRequest::new(
            method.parse().unwrap(),
            &uri,
            HeaderMap::new(),
            Bytes::new(),
            "localhost:8443",
        )
    }

    #[test]
    fn segments_are_decoded_after_the_split() {
        assert_eq!(
            request("GET", "/pipelines/a%2Fb%20c//x").segments,
            ["pipelines", "a/b c", "x"]
        );
    }

    #[test]
    fn a_dollar_sign_stays_as_it_is() {
        let segments = request(
            "GET",
            "/operationResults/arcadiaSpark$$sparkpool1$$batch$$11",
        )
        .segments;

        assert_eq!(segments[1], "arcadiaSpark$$sparkpool1$$batch$$11");
    }

    #[test]
    fn an_empty_query_value_counts_as_absent_where_asked() {
        let request = request("POST", "/x?referencePipelineRunId=&API-Version=2020-12-01");

        assert_eq!(request.query("referencePipelineRunId"), Some(""));
        assert_eq!(request.filled_query("referencePipelineRunId"), None);
        assert_eq!(request.query("api-version"), Some("2020-12-01"));
    }
}
