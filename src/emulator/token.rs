//! Access tokens: signing them, and reading them back with suspicion.
//!
//! They are JWTs in the form of Azure AD v1.0 access tokens, signed RS256 with a key that is
//! made at start and known to nobody else, so that a forged token can be told from a good one.

use std::sync::{Arc, LazyLock};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::PrivateKey;
use rsa::sha2::{Digest as _, Sha256};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

const KEY_BITS: usize = 2048;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) audience: String,
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) object_id: String,
    pub(super) issued: OffsetDateTime,
    pub(super) expires: OffsetDateTime,
}

impl Claims {
    /// Issuer of version 1.0 tokens.
    pub(super) fn issuer(&self) -> String {
        format!("https://sts.windows.net/{}/", self.tenant_id)
    }
}

/// Why a token is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TokenFault {
    /// There is no `Authorization` header with a bearer token.
    Missing,
    /// It is no token, not signed here, or its principal is gone.
    Unreadable,
    WrongAudience {
        audience: String,
    },
    Expired {
        expiry: OffsetDateTime,
        now: OffsetDateTime,
    },
    /// It comes from another tenant than the one that `expected` names.
    WrongTenant {
        issuer: String,
        expected: String,
    },
}

/// The key that signs all tokens of one emulator.
pub(super) struct TokenKey(Arc<LazyLock<PrivateKey>>);

impl TokenKey {
    /// Starts to make a key on a thread of its own, since that can take a tenth of a second; the
    /// first use waits for it.
    pub(super) fn generate() -> Self {
        let key = Arc::new(LazyLock::new(new_key as fn() -> PrivateKey));
        let maker = Arc::clone(&key);
        // Where no thread can be had, the first use makes the key itself.
        drop(
            thread::Builder::new()
                .name("emulator-key".to_owned())
                .spawn(move || {
                    LazyLock::force(&maker);
                }),
        );
        Self(key)
    }

    /// Writes and signs a token.
    pub(super) fn sign(&self, claims: &Claims) -> String {
        let id = self.id();
        let header = json!({ "typ": "JWT", "alg": "RS256", "x5t": id, "kid": id });
        let issuer = claims.issuer();
        let payload = json!({
            "aud": claims.audience,
            "iss": issuer,
            "iat": claims.issued.unix_timestamp(),
            "nbf": claims.issued.unix_timestamp(),
            "exp": claims.expires.unix_timestamp(),
            "appid": claims.client_id,
            "appidacr": "1",
            "idp": issuer,
            "oid": claims.object_id,
            "sub": claims.object_id,
            "tid": claims.tenant_id,
            "uti": URL_SAFE_NO_PAD.encode(Uuid::new_v4()),
            "ver": "1.0",
        });
        let signed = format!("{}.{}", encode(&header), encode(&payload));
        let signature = self
            .0
            .pkcs1v15_sign::<Sha256>(signed.as_bytes())
            .expect("a key of 2048 bits has room for a SHA-256 digest");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Reads a token that this key has signed; does not look at its audience or age.
    pub(super) fn read(&self, token: &str) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        // An attacker may choose another algorithm, or none (RFC 8725, 3.1).
        if decode(header)?.get("alg")?.as_str()? != "RS256" {
            return None;
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.0
            .as_public_key()
            .pkcs1v15_verify::<Sha256>(signed.as_bytes(), &signature)
            .ok()?;
        let payload = decode(payload)?;
        let text = |name: &str| payload.get(name)?.as_str().map(str::to_owned);
        let moment =
            |name: &str| OffsetDateTime::from_unix_timestamp(payload.get(name)?.as_i64()?).ok();
        Some(Claims {
            audience: text("aud")?,
            tenant_id: text("tid")?,
            client_id: text("appid")?,
            object_id: text("oid")?,
            issued: moment("iat")?,
            expires: moment("exp")?,
        })
    }

    /// The public half as a JSON Web Key (RFC 7517).
    pub(super) fn public_key(&self) -> Value {
        let id = self.id();
        json!({
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": id,
            "x5t": id,
            "n": URL_SAFE_NO_PAD.encode(self.0.n_bytes()),
            "e": URL_SAFE_NO_PAD.encode(self.0.e_bytes()),
        })
    }

    fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&Sha256::digest(self.0.n_bytes())[..20])
    }
}

fn new_key() -> PrivateKey {
    PrivateKey::new(&mut getrandom::SysRng, KEY_BITS)
        .expect("2048 bits are a legal size, and the system has randomness")
}

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn decode(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-01-01 09:00 UTC);

    fn claims() -> Claims {
        Claims {
            audience: "https://dev.azuresynapse.net".to_owned(),
            tenant_id: "tenant".to_owned(),
            client_id: "client".to_owned(),
            object_id: "object".to_owned(),
            issued: NOW,
            expires: NOW + Duration::hours(1),
        }
    }

    #[test]
    fn a_signed_token_is_read_back() {
        let key = TokenKey::generate();

        assert_eq!(key.read(&key.sign(&claims())), Some(claims()));
    }

    #[test]
    fn a_token_of_another_key_is_not_read() {
        let token = TokenKey::generate().sign(&claims());

        assert_eq!(TokenKey::generate().read(&token), None);
    }

    #[test]
    fn a_changed_payload_is_not_read() {
        let key = TokenKey::generate();
        let token = key.sign(&claims());
        let parts: Vec<&str> = token.split('.').collect();
        let mut payload = decode(parts[1]).unwrap();
        payload["exp"] = json!(4_000_000_000_u64);

        let forged = format!("{}.{}.{}", parts[0], encode(&payload), parts[2]);

        assert_eq!(key.read(&forged), None);
    }

    #[test]
    fn a_token_without_signature_is_not_read() {
        let key = TokenKey::generate();
        let token = key.sign(&claims());
        let payload = token.split('.').nth(1).unwrap();

        let unsigned = format!("{}.{payload}.", encode(&json!({ "alg": "none" })));

        assert_eq!(key.read(&unsigned), None);
        assert_eq!(key.read("not-a-token"), None);
        assert_eq!(key.read(""), None);
    }
}
