//! Hawk: a keyed hash over the request line and, if asked for, the content.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::authorizer::hash_named;
use super::body_hash::BodyHash;
use super::hash::Hash;
use super::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest};
use crate::variables::Dialect;

pub(super) struct Hawk;

impl Authorizer for Hawk {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        for name in ["authId", "authKey"] {
            if parameters.text(name).is_empty() {
                return Ok(Outcome::Incomplete(name));
            }
        }
        let hash = hash(parameters)?;
        let timestamp = parameters.text("timestamp");
        let artifacts = Artifacts {
            timestamp: match timestamp.trim().parse::<u64>() {
                Ok(0) | Err(_) => signing.seconds().to_string(),
                Ok(_) => timestamp,
            },
            nonce: match parameters.text("nonce") {
                nonce if nonce.is_empty() => signing.nonce(6),
                nonce => nonce,
            },
            content_hash: signing.body_hash.as_ref().map(|hash| STANDARD.encode(hash)),
            extra: parameters.text("extraData"),
            application: parameters.text("app"),
            delegation: parameters.text("delegation"),
        };
        let text = artifacts.normalized(request);
        let mac = STANDARD.encode(hash.keyed(parameters.text("authKey"), text));
        let value = artifacts.field(&parameters.text("authId"), &mac);
        request.replace_header(Header::new("Authorization", value));
        Ok(Outcome::SignedWith(mac))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("authKey")]
    }

    /// The media type is the one that is sent. newman takes only what the user declares, although it
    /// sends another one where that is nothing.
    fn body_hash(
        &self,
        parameters: &Parameters<'_>,
        request: &HttpRequest,
        signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        request.body.as_ref()?;
        if !parameters.is_on("includePayloadHash") {
            return None;
        }
        let media_type = match signing.dialect {
            Dialect::Postrider => signing.content_type,
            Dialect::Newman => request.header("content-type"),
        };
        Some(payload_hash(
            hash(parameters).ok()?,
            media_type.unwrap_or_default(),
        ))
    }
}

/// The app signs with SHA-256 where nothing is said.
fn hash(parameters: &Parameters<'_>) -> Result<Hash, Error> {
    let name = parameters.text_or("algorithm", "sha256");
    hash_named(&name).ok_or(Error::UnknownAlgorithm { name })
}

fn payload_hash(hash: Hash, media_type: &str) -> BodyHash {
    let media_type = media_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();
    BodyHash {
        before: format!("hawk.1.payload\n{media_type}\n"),
        after: "\n",
        ..BodyHash::plain(hash)
    }
}

/// What is signed and sent along.
#[derive(Debug, Default)]
struct Artifacts {
    timestamp: String,
    nonce: String,
    content_hash: Option<String>,
    extra: String,
    application: String,
    delegation: String,
}

impl Artifacts {
    fn normalized(&self, request: &HttpRequest) -> String {
        let extra = self.extra.replace('\\', "\\\\").replace('\n', "\\n");
        let mut text = format!(
            "hawk.1.header\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{extra}\n",
            self.timestamp,
            self.nonce,
            request.method.to_uppercase(),
            request.url.target,
            request.url.host.to_lowercase(),
            request.url.effective_port(),
            self.content_hash.as_deref().unwrap_or_default(),
        );
        if !self.application.is_empty() {
            text.push_str(&format!("{}\n{}\n", self.application, self.delegation));
        }
        text
    }

    fn field(&self, id: &str, mac: &str) -> String {
        let mut parts = vec![
            ("id", id.to_owned()),
            ("ts", self.timestamp.clone()),
            ("nonce", self.nonce.clone()),
        ];
        if let Some(hash) = &self.content_hash {
            parts.push(("hash", hash.clone()));
        }
        if !self.extra.is_empty() {
            let extra = self.extra.replace('\\', "\\\\").replace('"', "\\\"");
            parts.push(("ext", extra));
        }
        parts.push(("mac", mac.to_owned()));
        if !self.application.is_empty() {
            parts.push(("app", self.application.clone()));
            if !self.delegation.is_empty() {
                parts.push(("dlg", self.delegation.clone()));
            }
        }
        let parts: Vec<String> = parts
            .iter()
            .map(|(name, value)| format!("{name}=\"{value}\""))
            .collect();
        format!("Hawk {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::{request, sign_with, signed, vectors};
    use crate::http::Content;
    use serde_json::json;

    #[test]
    fn signatures_are_those_of_every_published_example() {
        for vector in vectors(include_str!("../../tests/vectors/hawk.json")) {
            let text = |name: &str| vector.input(name).to_owned();
            let unsigned = vector.request();
            let hash = hash_named(vector.input("algorithm")).unwrap_or(Hash::Sha256);
            let content_hash = match vector.inputs["payload"].as_str() {
                Some(payload) => {
                    let spec = payload_hash(hash, vector.input("content_type"));
                    let content = Content::from(payload.to_owned());
                    let made = crate::auth::vectors::block_on(spec.of(Some(&content)));
                    Some(STANDARD.encode(made.unwrap()))
                }
                None => Some(text("hash")).filter(|hash| !hash.is_empty()),
            };
            let artifacts = Artifacts {
                timestamp: vector.inputs["ts"].to_string(),
                nonce: text("nonce"),
                content_hash: content_hash.clone(),
                extra: text("ext"),
                application: text("app"),
                delegation: text("dlg"),
            };
            let normalized = artifacts.normalized(&unsigned);
            let mac = STANDARD.encode(hash.keyed(vector.input("key"), &normalized));

            let check = |name: &str, value: &str| {
                if let Some(expected) = vector.expected(name) {
                    assert_eq!(value, expected, "{}", vector.id);
                }
            };
            check("normalized", &normalized);
            check("mac", &mac);
            check("hash", content_hash.as_deref().unwrap_or_default());
            check("authorization", &artifacts.field(vector.input("id"), &mac));
        }
    }

    #[test]
    fn the_whole_field_is_that_of_the_protocol_example() {
        let mut unsigned = request("POST", "http://example.com:8000/resource/1?b=1&a=2");
        unsigned.body = Some(Content::from("Thank you for flying Hawk"));
        let parameters = json!({"authId": "dh37fgj492je", "nonce": "j4h3g2", "timestamp": 1353832234,
            "authKey": "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn", "extraData": "some-app-ext-data",
            "includePayloadHash": true});
        let signing = Signing::at(0).of_content(Some("Text/Plain; charset=utf-8"));

        let sent = signed("hawk", parameters, unsigned, signing);

        assert_eq!(
            sent.header("authorization"),
            Some(
                "Hawk id=\"dh37fgj492je\", ts=\"1353832234\", nonce=\"j4h3g2\", \
                 hash=\"Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=\", ext=\"some-app-ext-data\", \
                 mac=\"aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw=\""
            )
        );
    }

    #[test]
    fn an_unknown_algorithm_is_an_error() {
        let parameters = json!({"authId": "i", "authKey": "k", "algorithm": "md5"});
        let mut unsigned = request("GET", "http://h/");

        let outcome = sign_with("hawk", parameters, &mut unsigned, Signing::at(0));

        let name = "md5".to_owned();
        assert_eq!(outcome, Err(Error::UnknownAlgorithm { name }));
    }
}
