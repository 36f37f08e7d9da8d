//! JSON Web Tokens that Postman signs itself (RFC 7519).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::api_key::add_query;
use super::jws::{Algorithm, Family, Key, compact};
use super::private_key::PrivateKey;
use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};

/// Node takes secrets with and without padding, and with bits that mean nothing.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);

pub(super) struct Jwt;

impl Authorizer for Jwt {
    /// Nothing is added to header and payload but `alg` (as newman 6.2.2).
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        _signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let name = parameters.text("algorithm");
        if name.is_empty() {
            return Ok(Outcome::Incomplete("algorithm"));
        }
        let algorithm = Algorithm::named(&name)?;
        let key = match algorithm.family {
            Family::Hmac if parameters.text("secret").is_empty() => {
                return Ok(Outcome::Incomplete("secret"));
            }
            Family::Hmac => Key::Secret(secret(parameters)?),
            _ if parameters.text("privateKey").is_empty() => {
                return Ok(Outcome::Incomplete("privateKey"));
            }
            _ => Key::Private(PrivateKey::from_pem(&parameters.text("privateKey"))?),
        };
        let mut header = object(parameters, "header")?;
        header.insert("alg".to_owned(), Value::from(name));
        let payload = object(parameters, "payload")?;
        let token = compact(
            algorithm,
            &Value::Object(header).to_string(),
            &Value::Object(payload).to_string(),
            &key,
        )?;
        Ok(place(parameters, request, token))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("secret"), parameters.text("privateKey")]
    }
}

/// Another value of `addTokenTo` adds the token nowhere (as newman 6.2.2).
fn place(parameters: &Parameters<'_>, request: &mut HttpRequest, token: String) -> Outcome {
    match parameters.text_or("addTokenTo", "header").as_str() {
        "header" => {
            let prefix = match parameters.has("headerPrefix") {
                true => parameters.text("headerPrefix"),
                false => "Bearer".to_owned(),
            };
            let value = match prefix.is_empty() {
                true => token.clone(),
                false => format!("{prefix} {token}"),
            };
            request.replace_header(Header::new("Authorization", value));
        }
        "queryParam" => {
            let key = parameters.text_or("queryParamKey", "token");
            add_query(request, &key, &token);
        }
        _ => return Outcome::Incomplete("addTokenTo"),
    }
    Outcome::SignedWith(token)
}

fn secret(parameters: &Parameters<'_>) -> Result<Vec<u8>, Error> {
    let secret = parameters.text("secret");
    if !parameters.is_on("isSecretBase64Encoded") {
        return Ok(secret.into_bytes());
    }
    let alphabet = match secret.contains(['-', '_']) {
        true => &alphabet::URL_SAFE,
        false => &alphabet::STANDARD,
    };
    GeneralPurpose::new(alphabet, LENIENT)
        .decode(secret.trim())
        .map_err(|_| Error::SecretNotBase64)
}

/// A parameter that is a JSON object or the text of one; nothing is an empty one.
pub(super) fn object(
    parameters: &Parameters<'_>,
    parameter: &'static str,
) -> Result<Map<String, Value>, Error> {
    let not_an_object = Error::NotAnObject { parameter };
    match parameters.value(parameter) {
        None => Ok(Map::new()),
        Some(Value::Object(members)) => Ok(members.clone()),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(Map::new()),
        Some(Value::String(text)) => serde_json::from_str(text).map_err(|_| not_an_object),
        Some(_) => Err(not_an_object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::{request, sign_with, signed, vectors};
    use serde_json::json;

    #[test]
    fn tokens_are_those_that_newman_sends() {
        let mut count = 0;
        for vector in vectors(include_str!("../../tests/vectors/tokens.json")) {
            if vector.scheme != "jwt" {
                continue;
            }
            count += 1;
            let secret = vector.input("postman_secret");
            let is_base64 = secret.ends_with(" with isSecretBase64Encoded=true");
            let in_query = vector.input("placement") == "query";
            let is_bare = vector
                .expected("authorization")
                .is_some_and(|it| !it.starts_with("Bearer"));
            let parameters = json!({
                "algorithm": vector.input("alg"),
                "secret": secret.split(' ').next().unwrap(),
                "isSecretBase64Encoded": is_base64,
                "privateKey": vector.input("private_key_pem_pkcs8"),
                "header": vector.input("header"),
                "payload": vector.input("payload"),
                "addTokenTo": if in_query { "queryParam" } else { "header" },
                "headerPrefix": if is_bare { json!("") } else { json!(null) },
            });

            let sent = signed(
                "jwt",
                parameters,
                request("GET", "http://h/"),
                Signing::at(0),
            );

            assert_eq!(
                sent.header("authorization"),
                vector.expected("authorization"),
                "{}",
                vector.id
            );
            if let Some(token) = vector.expected("token") {
                assert_eq!(sent.url.target, format!("/?token={token}"), "{}", vector.id);
            }
        }
        assert_eq!(count, 4);
    }

    #[test]
    fn what_cannot_be_signed_is_told() {
        let object = |parameter| Error::NotAnObject { parameter };
        let cases = [
            (json!({}), Ok(Outcome::Incomplete("algorithm"))),
            (
                json!({"algorithm": "HS256"}),
                Ok(Outcome::Incomplete("secret")),
            ),
            (
                json!({"algorithm": "RS256"}),
                Ok(Outcome::Incomplete("privateKey")),
            ),
            (
                json!({"algorithm": "ES256", "privateKey": "x"}),
                Err(Error::UnreadableKey),
            ),
            (
                json!({"algorithm": "HS256", "secret": "s", "payload": "{"}),
                Err(object("payload")),
            ),
            (
                json!({"algorithm": "HS256", "secret": "s", "header": "[]"}),
                Err(object("header")),
            ),
            (
                json!({"algorithm": "HS256", "secret": "é", "isSecretBase64Encoded": true}),
                Err(Error::SecretNotBase64),
            ),
        ];

        for (parameters, expected) in cases {
            let mut unsigned = request("GET", "http://h/");
            let outcome = sign_with("jwt", parameters.clone(), &mut unsigned, Signing::at(0));
            assert_eq!(outcome, expected, "{parameters}");
            assert_eq!(unsigned, request("GET", "http://h/"));
        }
    }
}
