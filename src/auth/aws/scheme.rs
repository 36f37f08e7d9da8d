//! What is signed of a request and where the signature goes.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::canonical::{ALGORITHM, Canonical, CanonicalHeaders, PathRules, Scope, path, query};
use crate::auth::body_hash::BodyHash;
use crate::auth::encode::{
    add_to_query, form_pairs, percent_encode, remove_from_query, split_target,
};
use crate::auth::hash::{Hash, hex};
use crate::auth::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};
use crate::variables::Dialect;

/// Fields that are never signed: proxies change them, or the client does so after signing.
const UNSIGNED: [&str; 7] = [
    "authorization",
    "connection",
    "expect",
    "presigned-expires",
    "range",
    "user-agent",
    "x-amzn-trace-id",
];

/// Fields that a request may hold from before; they are taken out.
const OLD_FIELDS: [&str; 4] = [
    "authorization",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-content-sha256",
];

/// The same in the query. `X-Amz-Expires` stays, as it is the user's wish.
const OLD_PARAMETERS: [&str; 6] = [
    "X-Amz-Security-Token",
    "X-Amz-Date",
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
];

/// How long a signed URL of S3 is good when the user does not say, in seconds.
const S3_EXPIRY_SECONDS: &str = "86400";

pub(in crate::auth) struct AwsV4;

impl Authorizer for AwsV4 {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        for name in ["accessKey", "secretKey"] {
            if parameters.text(name).is_empty() {
                return Ok(Outcome::Incomplete(name));
            }
        }
        request
            .headers
            .retain(|field| !OLD_FIELDS.iter().any(|name| field.is(name)));
        remove_from_query(&mut request.url.target, |name| {
            OLD_PARAMETERS.contains(&name)
        });
        if request.header("host").is_none() {
            let host = request.url.authority();
            request.headers.push(Header::new("Host", host));
        }
        let scope = scope(parameters, request, signing);
        let signature = match parameters.is_on("addAuthDataToQuery") {
            true => sign_query(parameters, request, &scope, signing),
            false => sign_headers(parameters, request, &scope, signing),
        };
        Ok(Outcome::SignedWith(signature))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![
            parameters.text("secretKey"),
            parameters.text("sessionToken"),
        ]
    }

    fn body_hash(
        &self,
        _parameters: &Parameters<'_>,
        request: &HttpRequest,
        _signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        let body = request.body.as_ref()?;
        (body.size_bytes() > 0).then(|| BodyHash::plain(Hash::Sha256))
    }
}

fn scope(parameters: &Parameters<'_>, request: &HttpRequest, signing: &Signing<'_>) -> Scope {
    let date = request
        .header("date")
        .and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok());
    let service = parameters.text_or("service", "execute-api");
    Scope {
        timestamp: timestamp(date.unwrap_or_else(|| signing.utc())),
        region: parameters.text_or("region", "us-east-1"),
        // The one service whose host has another name than the signature.
        service: match service.as_str() {
            "email" => "ses".to_owned(),
            _ => service,
        },
    }
}

fn sign_headers(
    parameters: &Parameters<'_>,
    request: &mut HttpRequest,
    scope: &Scope,
    signing: &Signing<'_>,
) -> String {
    let payload_hash = payload_hash(signing);
    let mut add = |name: &str, value: String| request.headers.push(Header::new(name, value));
    if signing.body_hash.is_some() || scope.service == "s3" {
        add("X-Amz-Content-Sha256", payload_hash.clone());
    }
    let token = parameters.text("sessionToken");
    if !token.is_empty() {
        add("X-Amz-Security-Token", token);
    }
    add("X-Amz-Date", scope.timestamp.clone());
    let canonical = canonical(request, scope, payload_hash, &[]);
    let signature = scope.signature(&parameters.text("secretKey"), &canonical.text());
    let value = format!(
        "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={signature}",
        parameters.text("accessKey"),
        scope.text(),
        canonical.headers.names()
    );
    request.headers.push(Header::new("Authorization", value));
    signature
}

fn sign_query(
    parameters: &Parameters<'_>,
    request: &mut HttpRequest,
    scope: &Scope,
    signing: &Signing<'_>,
) -> String {
    let names = CanonicalHeaders::new(signed_fields(request)).names();
    let (_, written) = split_target(&request.url.target);
    let has_expiry = form_pairs(written)
        .iter()
        .any(|(key, _)| key == "X-Amz-Expires");
    let token = parameters.text("sessionToken");
    let mut added = Vec::new();
    if !token.is_empty() {
        added.push(("X-Amz-Security-Token", token));
    }
    if scope.service == "s3" && !has_expiry {
        added.push(("X-Amz-Expires", S3_EXPIRY_SECONDS.to_owned()));
    }
    added.push(("X-Amz-Date", scope.timestamp.clone()));
    added.push(("X-Amz-Algorithm", ALGORITHM.to_owned()));
    let credential = format!("{}/{}", parameters.text("accessKey"), scope.text());
    added.push(("X-Amz-Credential", credential));
    added.push(("X-Amz-SignedHeaders", names));
    let payload_hash = match (scope.service.as_str(), signing.dialect) {
        ("s3", _) => "UNSIGNED-PAYLOAD".to_owned(),
        // newman leaves the content out, and the service refuses the request if it has any.
        (_, Dialect::Newman) => hex(&Hash::Sha256.of("")),
        (_, Dialect::Postrider) => payload_hash(signing),
    };
    let canonical = canonical(request, scope, payload_hash, &added);
    let signature = scope.signature(&parameters.text("secretKey"), &canonical.text());
    added.push(("X-Amz-Signature", signature.clone()));
    let pairs: Vec<String> = added
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encode(value)))
        .collect();
    add_to_query(&mut request.url.target, &pairs);
    signature
}

fn canonical(
    request: &HttpRequest,
    scope: &Scope,
    payload_hash: String,
    added: &[(&str, String)],
) -> Canonical {
    let (written_path, written_query) = split_target(&request.url.target);
    let pairs: Vec<(String, String)> = form_pairs(written_query)
        .into_iter()
        .map(|(key, value)| (key, value.unwrap_or_default()))
        .chain(
            added
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone())),
        )
        .collect();
    Canonical {
        method: request.method.clone(),
        path: path(written_path, PathRules::of_service(&scope.service)),
        query: query(&pairs),
        headers: CanonicalHeaders::new(signed_fields(request)),
        payload_hash,
    }
}

fn signed_fields(request: &HttpRequest) -> impl Iterator<Item = (&str, &str)> {
    request
        .headers
        .iter()
        .filter(|field| !UNSIGNED.iter().any(|name| field.is(name)))
        .map(|field| (field.name.as_str(), field.value.as_str()))
}

fn payload_hash(signing: &Signing<'_>) -> String {
    match &signing.body_hash {
        Some(hash) => hex(hash),
        None => hex(&Hash::Sha256.of("")),
    }
}

fn timestamp(moment: OffsetDateTime) -> String {
    let moment = moment.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        moment.year(),
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}
