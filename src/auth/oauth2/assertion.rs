//! A client's signed statement of who it is: `private_key_jwt`, `client_secret_jwt`, and the certificates of
//! Microsoft Entra ID.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{TokenError, TokenSettings};
use crate::auth::hash::Hash;
use crate::auth::jws::{Algorithm, Family, Key, compact};
use crate::auth::private_key::PrivateKey;
use crate::auth::{Error, Signing};
use crate::http::RequestUrl;

/// How long a statement holds, in seconds; it is used at once.
const LIFETIME_SECONDS: u64 = 300;

const CERTIFICATE_BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const CERTIFICATE_END: &str = "-----END CERTIFICATE-----";

/// The signed statement (RFC 7523, 3).
pub(super) fn assertion(
    settings: &TokenSettings,
    audience: &RequestUrl,
    signing: &Signing<'_>,
) -> Result<String, TokenError> {
    let unsigned = |reason| TokenError::Assertion { reason };
    let certificate = certificate(settings)?;
    let name = algorithm(settings, certificate.is_some());
    let algorithm = Algorithm::named(&name).map_err(unsigned)?;
    let key = key(settings, algorithm).map_err(unsigned)?;
    let header = header(settings, &name, certificate.as_deref());
    let now = signing.seconds();
    let id = settings.text("clientId");
    let audience = match settings.text("assertionAudience") {
        text if text.is_empty() => audience.to_string(),
        text => text,
    };
    let payload = json!({
        "aud": audience,
        "iss": id,
        "sub": id,
        "jti": signing.uuid().to_string(),
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME_SECONDS,
    });
    compact(
        algorithm,
        &Value::Object(header).to_string(),
        &payload.to_string(),
        &key,
    )
    .map_err(unsigned)
}

/// With a certificate what Microsoft asks for, else what every server knows.
fn algorithm(settings: &TokenSettings, has_certificate: bool) -> String {
    let name = settings.text("algorithm");
    if !name.is_empty() {
        return name;
    }
    let by_secret = settings.text("client_authentication") == "client_secret_jwt";
    match (by_secret, has_certificate) {
        (true, _) => "HS256",
        (false, true) => "PS256",
        (false, false) => "RS256",
    }
    .to_owned()
}

fn key(settings: &TokenSettings, algorithm: Algorithm) -> Result<Key, Error> {
    match algorithm.family {
        Family::Hmac => Ok(Key::Secret(settings.text("clientSecret").into_bytes())),
        _ => PrivateKey::from_pem(&settings.text("privateKey")).map(Key::Private),
    }
}

/// The thumbprint is of the bytes of the certificate, and its bytes are encoded, not their hexadecimal
/// digits. Microsoft knows the older `x5t` with RS256 and `x5t#S256` with PS256.
fn header(
    settings: &TokenSettings,
    algorithm: &str,
    certificate: Option<&[u8]>,
) -> Map<String, Value> {
    let mut header = Map::new();
    header.insert("alg".to_owned(), algorithm.into());
    header.insert("typ".to_owned(), "JWT".into());
    let kid = settings.text("kid");
    if !kid.is_empty() {
        header.insert("kid".to_owned(), kid.into());
    }
    if let Some(der) = certificate {
        let (name, hash) = match algorithm {
            "RS256" => ("x5t", Hash::Sha1),
            _ => ("x5t#S256", Hash::Sha256),
        };
        let thumbprint = URL_SAFE_NO_PAD.encode(hash.of(der));
        header.insert(name.to_owned(), thumbprint.into());
    }
    header
}

/// The certificate, which may stand in one text with the private key, as in the files of many tools.
fn certificate(settings: &TokenSettings) -> Result<Option<Vec<u8>>, TokenError> {
    let own = settings.text("certificate");
    let text = match own.is_empty() {
        true => settings.text("privateKey"),
        false => own.clone(),
    };
    let body = text
        .split_once(CERTIFICATE_BEGIN)
        .and_then(|(_, rest)| rest.split_once(CERTIFICATE_END))
        .map(|(body, _)| body.replace("\\n", "").replace("\\r", ""));
    let der = body.and_then(|body| {
        let plain: String = body.split_whitespace().collect();
        STANDARD.decode(plain).ok()
    });
    match der {
        None if !own.is_empty() => Err(TokenError::UnreadableCertificate),
        der => Ok(der),
    }
}
