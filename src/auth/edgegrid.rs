//! Akamai EdgeGrid (EG1-HMAC-SHA256).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use time::OffsetDateTime;

use super::body_hash::BodyHash;
use super::hash::Hash;
use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

/// How much of a body is signed when nothing is said, in bytes.
const MAX_BODY_SIZE_BYTES: u64 = 131_072;

pub(super) struct EdgeGrid;

impl Authorizer for EdgeGrid {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        for name in ["accessToken", "clientToken", "clientSecret"] {
            if parameters.text(name).is_empty() {
                return Ok(Outcome::Incomplete(name));
            }
        }
        let timestamp = parameters.text_or("timestamp", &timestamp(signing.utc()));
        let prefix = format!(
            "EG1-HMAC-SHA256 client_token={};access_token={};timestamp={timestamp};nonce={};",
            parameters.text("clientToken"),
            parameters.text("accessToken"),
            parameters.text_or("nonce", &signing.uuid().to_string()),
        );
        let content_hash = signing.body_hash.as_ref().map(|hash| STANDARD.encode(hash));
        let data = [
            request.method.as_str(),
            &request.url.scheme,
            &host(&parameters.text("baseURL"), request),
            &request.url.target,
            &canonical_headers(parameters.value("headersToSign"), request),
            content_hash.as_deref().unwrap_or_default(),
            &prefix,
        ]
        .join("\t");
        let key = signing_key(&timestamp, &parameters.text("clientSecret"));
        let signature = STANDARD.encode(Hash::Sha256.keyed(key, data));
        let value = format!("{prefix}signature={signature}");
        request.replace_header(Header::new("Authorization", value));
        Ok(Outcome::SignedWith(signature))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        ["clientSecret", "accessToken", "clientToken"]
            .map(|name| parameters.text(name))
            .to_vec()
    }

    /// Only the body of a POST is signed (Akamai's documentation of the scheme).
    fn body_hash(
        &self,
        parameters: &Parameters<'_>,
        request: &HttpRequest,
        _signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        let body = request.body.as_ref()?;
        if request.method != "POST" || body.size_bytes() == 0 {
            return None;
        }
        let limit = parameters.text("maxBodySize").trim().parse::<u64>().ok();
        Some(BodyHash {
            limit_bytes: Some(limit.filter(|it| *it > 0).unwrap_or(MAX_BODY_SIZE_BYTES)),
            ..BodyHash::plain(Hash::Sha256)
        })
    }
}

/// The base URL gives only the host; the scheme is that of the request (as newman 6.2.2).
fn host(base_url: &str, request: &HttpRequest) -> String {
    let base = base_url.trim();
    let base = base.split_once("://").map_or(base, |(_, rest)| rest);
    match base.split(['/', '?', '#']).next() {
        None | Some("") => request.url.authority(),
        Some(host) => host.to_owned(),
    }
}

fn canonical_headers(names: Option<&Value>, request: &HttpRequest) -> String {
    let names: Vec<&str> = match names {
        Some(Value::String(names)) => names.split(',').collect(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let headers: Vec<String> = names
        .iter()
        .map(|name| name.trim().to_ascii_lowercase())
        .filter_map(|name| {
            let value = request.header(&name).filter(|value| !value.is_empty())?;
            let words: Vec<&str> = value.split_whitespace().collect();
            Some(format!("{name}:{}", words.join(" ")))
        })
        .collect();
    headers.join("\t")
}

fn signing_key(timestamp: &str, secret: &str) -> String {
    STANDARD.encode(Hash::Sha256.keyed(secret, timestamp))
}

fn timestamp(now: OffsetDateTime) -> String {
    format!(
        "{:04}{:02}{:02}T{:02}:{:02}:{:02}+0000",
        now.year(),
        u8::from(now.month()),
        now.day(),
        now.hour(),
        now.minute(),
        now.second()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::{block_on, request, signed, vectors};
    use crate::http::Content;
    use serde_json::json;

    #[test]
    fn signatures_are_those_of_every_published_example() {
        for vector in vectors(include_str!("../../tests/vectors/edgegrid.json")) {
            match vector.scheme.as_str() {
                "edgegrid-key" => {
                    let key = signing_key(vector.input("timestamp"), vector.input("client_secret"));
                    assert_eq!(Some(key.as_str()), vector.expected("signing_key"));
                    continue;
                }
                "edgegrid-hash" => {
                    let content = Content::from(vector.input("body").to_owned());
                    let spec = BodyHash {
                        limit_bytes: vector.inputs["max_body"].as_u64(),
                        ..BodyHash::plain(Hash::Sha256)
                    };
                    let hash = STANDARD.encode(block_on(spec.of(Some(&content))).unwrap());
                    assert_eq!(Some(hash.as_str()), vector.expected("content_hash"));
                    continue;
                }
                _ => {}
            }
            let (base, base_url) = match vector.input("base_url") {
                "" => {
                    let host = vector.input("signed_host");
                    let base = format!("{}://{host}", vector.input("signed_scheme"));
                    (base, json!(format!("https://{host}/x")))
                }
                base => (base.trim_end_matches('/').to_owned(), json!(null)),
            };
            let mut unsigned = vector_request(&vector, &base);
            unsigned.headers = vector.request_headers();
            let parameters = json!({
                "accessToken": vector.input("access_token"),
                "clientToken": vector.input("client_token"),
                "clientSecret": vector.input("client_secret"),
                "baseURL": base_url,
                "nonce": vector.input("nonce"),
                "timestamp": vector.input("timestamp"),
                "headersToSign": vector.inputs["headers_to_sign"],
                "maxBodySize": vector.inputs["max_body"],
            });

            let sent = signed("edgegrid", parameters, unsigned, Signing::at(0));

            assert_eq!(
                sent.header("authorization"),
                vector.expected("authorization"),
                "{}",
                vector.id
            );
        }
    }

    fn vector_request(vector: &crate::auth::vectors::Vector, base: &str) -> HttpRequest {
        let url = format!("{base}{}", vector.input("path"));
        let mut request = request(vector.input("method"), &url);
        let body = vector.input("body");
        request.body = (!body.is_empty()).then(|| Content::from(body.to_owned()));
        request
    }

    #[test]
    fn the_timestamp_is_akamais() {
        assert_eq!(
            timestamp(Signing::at(1_395_430_461).utc()),
            "20140321T19:34:21+0000"
        );
    }
}
