//! Atlassian's service-to-service authentication: a JSON Web Token for one request.

use serde_json::{Map, Value, json};

use super::encode::percent_decode;
use super::jws::{Algorithm, Family, Key, compact};
use super::jwt::object;
use super::private_key::PrivateKey;
use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};
use crate::variables::Dialect;

/// How long a token is good for when nothing is said, in seconds; the specification allows no more.
const DEFAULT_LIFETIME_SECONDS: u64 = 3600;

pub(super) struct Asap;

impl Authorizer for Asap {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let claims = object(parameters, "claims")?;
        let claim_or = |name: &str| {
            let claim = claims.get(name).filter(|value| is_given(value)).cloned();
            claim.unwrap_or_else(|| Value::from(parameters.text(name)))
        };
        for name in ["kid", "iss", "aud"] {
            if !is_given(&claim_or(name)) {
                return Ok(Outcome::Incomplete(name));
            }
        }
        if parameters.text("privateKey").is_empty() {
            return Ok(Outcome::Incomplete("privateKey"));
        }
        let name = parameters.text_or("alg", "RS256");
        let algorithm = Algorithm::named(&name)?;
        if algorithm.family == Family::Hmac {
            return Err(Error::UnknownAlgorithm { name });
        }
        let kid = claim_or("kid");
        let key = private_key(parameters, kid.as_str().unwrap_or_default())?;
        let header = json!({ "alg": name, "kid": kid });
        let payload = payload(claims.clone(), parameters, signing, claim_or);
        let token = compact(
            algorithm,
            &header.to_string(),
            &Value::Object(payload).to_string(),
            &Key::Private(key),
        )?;
        request.replace_header(Header::new("Authorization", format!("Bearer {token}")));
        Ok(Outcome::SignedWith(token))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("privateKey")]
    }
}

/// The user's claims first, in their order; what they leave out comes after them (as newman 6.2.2).
fn payload(
    mut claims: Map<String, Value>,
    parameters: &Parameters<'_>,
    signing: &Signing<'_>,
    claim_or: impl Fn(&str) -> Value,
) -> Map<String, Value> {
    let now = signing.seconds();
    let issuer = claim_or("iss");
    let subject = Some(claim_or("sub")).filter(is_given);
    let lifetime = lifetime_seconds(&parameters.text("exp"), signing.dialect);
    let members = [
        ("iat", Value::from(now)),
        ("iss", issuer.clone()),
        ("sub", subject.unwrap_or(issuer)),
        ("jti", Value::from(signing.uuid().to_string())),
        ("aud", claim_or("aud")),
        ("exp", Value::from(now.saturating_add(lifetime))),
    ];
    for (name, value) in members {
        if !claims.get(name).is_some_and(is_given) {
            claims.insert(name.to_owned(), value);
        }
    }
    claims
}

/// Seconds, or a number with a unit; newman drops the unit.
fn lifetime_seconds(text: &str, dialect: Dialect) -> u64 {
    let text = text.trim();
    let digits = text
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(text.len());
    let unit = match text[digits..].trim() {
        _ if dialect == Dialect::Newman => 1,
        "m" | "min" | "minutes" => 60,
        "h" | "hours" => 3600,
        "d" | "days" => 86_400,
        _ => 1,
    };
    match text[..digits].parse::<u64>() {
        Ok(0) | Err(_) => DEFAULT_LIFETIME_SECONDS,
        Ok(number) => number.saturating_mul(unit),
    }
}

/// In PEM, or `data:application/pkcs8;kid=KID;base64,DER`; either may be percent-encoded and in quotes.
fn private_key(parameters: &Parameters<'_>, kid: &str) -> Result<PrivateKey, Error> {
    let text = parameters.text("privateKey");
    let text = text.trim();
    let text = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    let text = percent_decode(text);
    let Some(uri) = text.strip_prefix("data:application/pkcs8;kid=") else {
        return PrivateKey::from_pem(&text);
    };
    let (key_id, der) = uri.split_once(";base64,").ok_or(Error::UnreadableKey)?;
    if key_id != kid {
        return Err(Error::OtherKeyId);
    }
    PrivateKey::from_pkcs8_base64(der)
}

fn is_given(value: &Value) -> bool {
    !value.is_null() && value != "" && value != false && value != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::{request, sign_with, signed, vectors};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    fn claims(token: &str) -> Value {
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    #[test]
    fn tokens_are_those_that_newman_sends() {
        let mut count = 0;
        for vector in vectors(include_str!("../../tests/vectors/tokens.json")) {
            if vector.scheme != "asap" {
                continue;
            }
            count += 1;
            let header: Value = serde_json::from_str(vector.input("header")).unwrap();
            let sent_claims: Value = serde_json::from_str(vector.input("payload")).unwrap();
            let pem = vector.input("private_key_pem_pkcs8");
            let parameters = json!({
                "alg": vector.input("alg"), "kid": header["kid"], "privateKey": pem,
                "iss": sent_claims["iss"], "aud": sent_claims["aud"],
                // The order of the claims and what is random are given.
                "claims": vector.input("payload"),
            });

            let sent = signed(
                "asap",
                parameters,
                request("GET", "http://h/"),
                Signing::at(0),
            );

            let expected = format!("Bearer {}", vector.expected("token").unwrap());
            assert_eq!(
                sent.header("authorization"),
                Some(expected.as_str()),
                "{}",
                vector.id
            );
        }
        assert_eq!(count, 2);
    }

    fn parameters() -> Value {
        let vector = vectors(include_str!("../../tests/vectors/tokens.json"));
        let vector = vector
            .iter()
            .find(|vector| vector.scheme == "asap")
            .unwrap();
        json!({"kid": "i/k", "iss": "i", "aud": "a", "privateKey": vector.input("private_key_pem_pkcs8")})
    }

    #[test]
    fn what_is_left_out_has_defaults() {
        let sent = signed(
            "asap",
            parameters(),
            request("GET", "http://h/"),
            Signing::at(1000),
        );

        let id = Signing::at(1000).uuid().to_string();
        assert_eq!(
            claims(sent.header("authorization").unwrap()),
            json!({"iat": 1000, "iss": "i", "sub": "i", "jti": id, "aud": "a", "exp": 4600})
        );
    }

    #[test]
    fn a_lifetime_may_have_a_unit() {
        let cases = [
            ("", 3600),
            ("120", 120),
            ("1h", 3600),
            ("2 m", 120),
            ("x", 3600),
        ];

        for (text, seconds) in cases {
            assert_eq!(
                lifetime_seconds(text, Dialect::Postrider),
                seconds,
                "{text}"
            );
        }
        assert_eq!(lifetime_seconds("1h", Dialect::Newman), 1);
    }

    #[test]
    fn a_key_may_come_as_a_data_uri_for_its_id() {
        let mut by_uri = parameters();
        let pem = by_uri["privateKey"].as_str().unwrap();
        let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let uri = format!("data:application/pkcs8;kid=i/k;base64,{der}");
        by_uri["privateKey"] = json!(uri.replace('/', "%2F"));
        let signing = Signing::at(0);

        let expected = signed(
            "asap",
            parameters(),
            request("GET", "http://h/"),
            signing.clone(),
        );
        let sent = signed(
            "asap",
            by_uri.clone(),
            request("GET", "http://h/"),
            signing.clone(),
        );
        by_uri["kid"] = json!("other");
        let other = sign_with("asap", by_uri, &mut request("GET", "http://h/"), signing);

        assert_eq!(sent, expected);
        assert_eq!(other, Err(Error::OtherKeyId));
    }
}
