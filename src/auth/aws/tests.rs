//! AWS signatures against the official suite, the documentation of S3, and what newman sends.

use std::time::UNIX_EPOCH;

use serde_json::{Value, json};
use time::PrimitiveDateTime;
use time::format_description::well_known::Rfc3339;

use super::canonical::{ALGORITHM, Canonical, CanonicalHeaders, PathRules, Scope, path, query};
use crate::auth::Signing;
use crate::auth::encode::{form_pairs, split_target};
use crate::auth::hash::{Hash, hex};
use crate::auth::vectors::{Vector, request, signed, vectors};
use crate::http::{Content, Header};

fn of_scheme(scheme: &str) -> Vec<Vector> {
    let mut found = vectors(include_str!("../../../tests/vectors/aws.json"));
    found.retain(|vector| vector.scheme == scheme);
    assert!(!found.is_empty());
    found
}

fn check(vector: &Vector, canonical: &Canonical, scope: &Scope, secret_key: &str) {
    let text = canonical.text();
    if let Some(expected) = vector.expected("canonical_request") {
        assert_eq!(text, expected, "{}", vector.id);
    }
    if let Some(expected) = vector.expected("string_to_sign") {
        assert_eq!(scope.string_to_sign(&text), expected, "{}", vector.id);
    }
    let signature = scope.signature(secret_key, &text);
    assert_eq!(
        Some(signature.as_str()),
        vector.expected("signature"),
        "{}",
        vector.id
    );
}

fn pairs_of(text: &str) -> Vec<(String, String)> {
    form_pairs(text)
        .into_iter()
        .map(|(key, value)| (key, value.unwrap_or_default()))
        .collect()
}

#[test]
fn the_signing_key_is_that_of_the_documentation() {
    for vector in of_scheme("awsv4-signing-key") {
        let scope = Scope {
            timestamp: vector.input("date").to_owned(),
            region: vector.input("region").to_owned(),
            service: vector.input("service").to_owned(),
        };
        let key = hex(&scope.key(vector.input("secret_access_key")));
        assert_eq!(Some(key.as_str()), vector.expected("signing_key_hex"));
    }
}

/// A raw request of the suite; lines that begin with a space continue the one before.
struct Raw {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Raw {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let line = lines.next().unwrap();
        let (method, rest) = line.split_once(' ').unwrap();
        let target = rest.strip_suffix(" HTTP/1.1").unwrap();
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            match line.split_once(':') {
                Some((name, value)) if !line.starts_with(' ') => {
                    headers.push((name.to_owned(), value.to_owned()));
                }
                _ => headers.last_mut().unwrap().1.push_str(line),
            }
        }
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers,
            body: body.to_owned(),
        }
    }
}

#[test]
fn the_official_suite_passes() {
    let mut count = 0;
    for vector in of_scheme("awsv4") {
        if vector.inputs["request"].is_null() {
            continue;
        }
        count += 1;
        let mut raw = Raw::parse(vector.input("request"));
        let timestamp = vector.input("timestamp").replace(['-', ':'], "");
        let scope = Scope {
            timestamp: timestamp.clone(),
            region: vector.input("region").to_owned(),
            service: vector.input("service").to_owned(),
        };
        let credentials = &vector.inputs["credentials"];
        let token = credentials["token"].as_str().map(str::to_owned);
        let token = token.filter(|_| vector.inputs["omit_session_token"] != true);
        let signs_body = vector.inputs["sign_body"] == true;
        let payload_hash = match signs_body {
            true => hex(&Hash::Sha256.of(&raw.body)),
            false => hex(&Hash::Sha256.of("")),
        };
        let (written_path, written_query) = split_target(&raw.target);
        let mut pairs = pairs_of(written_query);
        let mut add = |name: &str, value: String| match vector.input("mode") {
            "presigned query" => pairs.push((name.to_owned(), value)),
            _ => raw.headers.push((name.to_owned(), value)),
        };
        if let Some(token) = token {
            add("X-Amz-Security-Token", token);
        }
        add("X-Amz-Date", timestamp);
        let is_query = vector.input("mode") == "presigned query";
        if signs_body && !is_query {
            add("X-Amz-Content-Sha256", payload_hash.clone());
        }
        let headers = raw
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let headers = CanonicalHeaders::new(headers);
        if is_query {
            let key = credentials["access_key_id"].as_str().unwrap();
            let more = [
                ("X-Amz-Algorithm", ALGORITHM.to_owned()),
                ("X-Amz-Credential", format!("{key}/{}", scope.text())),
                ("X-Amz-SignedHeaders", headers.names()),
                (
                    "X-Amz-Expires",
                    vector.inputs["expiration_in_seconds"].to_string(),
                ),
            ];
            pairs.extend(more.map(|(name, value)| (name.to_owned(), value)));
        }
        let rules = PathRules {
            normalize: vector.inputs["normalize"] == true,
            decode: false,
        };
        let canonical = Canonical {
            method: raw.method.clone(),
            path: path(written_path, rules),
            query: query(&pairs),
            headers,
            payload_hash,
        };
        check(
            &vector,
            &canonical,
            &scope,
            credentials["secret_access_key"].as_str().unwrap(),
        );
    }
    assert_eq!(count, 76);
}

#[test]
fn the_examples_of_s3_pass() {
    for vector in of_scheme("awsv4-s3") {
        let scope = Scope {
            timestamp: vector.input("amz_date").to_owned(),
            region: vector.input("region").to_owned(),
            service: vector.input("service").to_owned(),
        };
        let mut pairs = vector.pairs("query");
        let mut headers = vector.pairs("headers");
        let payload_hash = match vector.input("payload_hash") {
            "" => hex(&Hash::Sha256.of(vector.input("body"))),
            given => {
                headers.push(("host".to_owned(), vector.input("host").to_owned()));
                let credential = format!("{}/{}", vector.input("access_key_id"), scope.text());
                let more = [
                    ("X-Amz-Algorithm", ALGORITHM.to_owned()),
                    ("X-Amz-Credential", credential),
                    ("X-Amz-Date", scope.timestamp.clone()),
                    ("X-Amz-Expires", vector.inputs["expires"].to_string()),
                    ("X-Amz-SignedHeaders", "host".to_owned()),
                ];
                pairs.extend(more.map(|(name, value)| (name.to_owned(), value)));
                given.to_owned()
            }
        };
        let headers = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let canonical = Canonical {
            method: vector.input("method").to_owned(),
            path: path(vector.input("path"), PathRules::of_service("s3")),
            query: query(&pairs),
            headers: CanonicalHeaders::new(headers),
            payload_hash,
        };
        check(
            &vector,
            &canonical,
            &scope,
            vector.input("secret_access_key"),
        );
    }
}

/// A signature at the moment that a timestamp of AWS names.
fn at(timestamp: &str) -> Signing<'static> {
    let (date, time) = timestamp.trim_end_matches('Z').split_once('T').unwrap();
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    let moment = PrimitiveDateTime::parse(&text, &Rfc3339)
        .unwrap()
        .assume_utc();
    let seconds = u64::try_from(moment.unix_timestamp()).unwrap();
    assert!(UNIX_EPOCH + std::time::Duration::from_secs(seconds) == Signing::at(seconds).now);
    Signing::at(seconds)
}

fn parameters(vector: &Vector) -> Value {
    json!({
        "accessKey": vector.input("access_key_id"),
        "secretKey": vector.input("secret_access_key"),
        "sessionToken": vector.inputs["session_token"],
        "region": vector.input("region"),
        "service": vector.input("service"),
    })
}

#[test]
fn fields_are_those_that_newman_sends() {
    let mut count = 0;
    for vector in of_scheme("awsv4") {
        let target = vector.input("request_target");
        if target.is_empty() {
            continue;
        }
        count += 1;
        let headers = vector.pairs("headers");
        let host = &headers.iter().find(|(name, _)| name == "host").unwrap().1;
        let mut unsigned = request(vector.input("method"), &format!("http://{host}{target}"));
        let written = headers
            .iter()
            .filter(|(name, _)| name != "host" && !name.starts_with("x-amz-"));
        unsigned.headers = written
            .map(|(name, value)| Header::new(name, value))
            .collect();
        let body = vector.input("body");
        unsigned.body = (!body.is_empty()).then(|| Content::from(body.to_owned()));

        let sent = signed(
            "awsv4",
            parameters(&vector),
            unsigned,
            at(vector.input("amz_date")),
        );

        assert_eq!(
            sent.header("authorization"),
            vector.expected("authorization"),
            "{}",
            vector.id
        );
        for (name, value) in &headers {
            assert_eq!(sent.header(name), Some(value.as_str()), "{}", vector.id);
        }
    }
    assert_eq!(count, 4);
}

#[test]
fn a_url_of_s3_can_carry_the_signature() {
    for vector in of_scheme("awsv4-s3")
        .iter()
        .filter(|vector| vector.id.ends_with("presigned"))
    {
        let url = format!("https://{}{}", vector.input("host"), vector.input("path"));
        let mut parameters = parameters(vector);
        parameters["addAuthDataToQuery"] = json!(true);

        let sent = signed(
            "awsv4",
            parameters,
            request("GET", &url),
            at(vector.input("amz_date")),
        );

        let signature = vector.expected("signature").unwrap();
        assert_eq!(
            sent.url.target,
            format!(
                "/test.txt?X-Amz-Expires=86400&X-Amz-Date=20130524T000000Z\
                 &X-Amz-Algorithm=AWS4-HMAC-SHA256\
                 &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                 &X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
            )
        );
    }
}
