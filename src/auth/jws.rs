//! Signed tokens in compact form (RFC 7515), for all schemes that make some.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Error;
use super::hash::Hash;
use super::private_key::PrivateKey;

/// What a token is signed with.
pub(super) enum Key {
    Secret(Vec<u8>),
    Private(PrivateKey),
}

/// An algorithm of RFC 7518, section 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Algorithm {
    pub(super) family: Family,
    hash: Hash,
    name: &'static str,
}

/// How an algorithm signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Hmac,
    Pkcs1,
    Pss,
    Ecdsa,
}

const ALGORITHMS: [(&str, Family, Hash); 12] = [
    ("HS256", Family::Hmac, Hash::Sha256),
    ("HS384", Family::Hmac, Hash::Sha384),
    ("HS512", Family::Hmac, Hash::Sha512),
    ("RS256", Family::Pkcs1, Hash::Sha256),
    ("RS384", Family::Pkcs1, Hash::Sha384),
    ("RS512", Family::Pkcs1, Hash::Sha512),
    ("PS256", Family::Pss, Hash::Sha256),
    ("PS384", Family::Pss, Hash::Sha384),
    ("PS512", Family::Pss, Hash::Sha512),
    ("ES256", Family::Ecdsa, Hash::Sha256),
    ("ES384", Family::Ecdsa, Hash::Sha384),
    ("ES512", Family::Ecdsa, Hash::Sha512),
];

impl Algorithm {
    pub(super) fn named(name: &str) -> Result<Self, Error> {
        let found = ALGORITHMS.iter().find(|(known, ..)| *known == name);
        let unknown = || Error::UnknownAlgorithm {
            name: name.to_owned(),
        };
        found
            .map(|&(name, family, hash)| Self { family, hash, name })
            .ok_or_else(unknown)
    }

    fn sign(self, key: &Key, message: &[u8]) -> Result<Vec<u8>, Error> {
        match (self.family, key) {
            (Family::Hmac, Key::Secret(secret)) => Ok(self.hash.keyed(secret, message)),
            (Family::Pkcs1, Key::Private(key)) => key.sign_pkcs1(self.hash, message, self.name),
            (Family::Pss, Key::Private(key)) => key.sign_pss(self.hash, message, self.name),
            (Family::Ecdsa, Key::Private(key)) => key.sign_ecdsa(self.hash, message, self.name),
            _ => Err(Error::UnsuitableKey {
                algorithm: self.name.to_owned(),
            }),
        }
    }
}

/// The compact form of a header and a payload.
pub(super) fn compact(
    algorithm: Algorithm,
    header: &str,
    payload: &str,
    key: &Key,
) -> Result<String, Error> {
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let signature = algorithm.sign(key, message.as_bytes())?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::vectors::vectors;
    use serde_json::Value;

    /// The key of an example in the form that people have theirs in.
    fn key(jwk: &Value) -> Option<Key> {
        let part = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        match jwk["kty"].as_str().unwrap() {
            "oct" => Some(Key::Secret(part("k"))),
            "RSA" => Some(Key::Private(rsa_key(&part))),
            _ => None,
        }
    }

    fn rsa_key(part: &dyn Fn(&str) -> Vec<u8>) -> PrivateKey {
        pem("RSA PRIVATE KEY", &rsa_key_der(part))
    }

    /// A PKCS#1 key, written by hand (RFC 8017, A.1.2).
    fn rsa_key_der(part: &dyn Fn(&str) -> Vec<u8>) -> Vec<u8> {
        let mut fields = vec![2, 1, 0];
        for name in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
            let mut digits = part(name);
            if digits[0] >= 0x80 {
                digits.insert(0, 0);
            }
            fields.extend(element(2, &digits));
        }
        element(0x30, &fields)
    }

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
        let length = match (high, low) {
            (0, 0..0x80) => vec![low],
            (0, _) => vec![0x81, low],
            _ => vec![0x82, high, low],
        };
        [vec![tag], length, content.to_vec()].concat()
    }

    fn pem(label: &str, der: &[u8]) -> PrivateKey {
        let text = base64::engine::general_purpose::STANDARD.encode(der);
        PrivateKey::from_pem(&format!(
            "-----BEGIN {label}-----\\n{text}\\n-----END {label}-----"
        ))
        .unwrap()
    }

    #[test]
    fn deterministic_signatures_are_those_of_every_published_example() {
        let mut count = 0;
        for vector in vectors(include_str!("../../tests/vectors/tokens.json")) {
            if vector.scheme != "jws" || vector.expected["deterministic"] != true {
                continue;
            }
            let Some(key) = key(&vector.inputs["jwk"]) else {
                continue;
            };
            count += 1;
            let algorithm = Algorithm::named(vector.input("alg")).unwrap();
            let (header, payload) = (vector.input("protected_header"), vector.input("payload"));

            let token = compact(algorithm, header, payload, &key);

            assert_eq!(
                token.as_deref(),
                Ok(vector.expected("compact").unwrap()),
                "{}",
                vector.id
            );
        }
        assert_eq!(count, 2);
    }

    /// A SEC1 key that holds nothing but the number (RFC 5915), as the example gives it.
    macro_rules! verifies {
        ($curve:ident, $vector:expr) => {{
            use $curve::ecdsa::{Signature, SigningKey, VerifyingKey, signature::Verifier as _};
            let digits = URL_SAFE_NO_PAD
                .decode($vector.inputs["jwk"]["d"].as_str().unwrap())
                .unwrap();
            let secret = $curve::SecretKey::from_slice(&digits).unwrap();
            let fields = [element(2, &[1]), element(4, &digits)].concat();
            let key = Key::Private(pem("EC PRIVATE KEY", &element(0x30, &fields)));
            let public = VerifyingKey::from(&SigningKey::from(secret));
            let algorithm = Algorithm::named($vector.input("alg")).unwrap();
            let header = $vector.input("protected_header");
            let ours = compact(algorithm, header, $vector.input("payload"), &key).unwrap();
            for token in [ours.as_str(), $vector.expected("compact").unwrap()] {
                let (message, signature) = token.rsplit_once('.').unwrap();
                let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
                let signature = Signature::from_slice(&signature).unwrap();
                assert!(
                    public.verify(message.as_bytes(), &signature).is_ok(),
                    "{}",
                    $vector.id
                );
            }
        }};
    }

    #[test]
    fn other_signatures_can_be_verified_as_those_of_the_published_examples() {
        let mut algorithms = Vec::new();
        for vector in vectors(include_str!("../../tests/vectors/tokens.json")) {
            match (vector.scheme.as_str(), vector.input("alg")) {
                ("jws", "ES256") => verifies!(p256, vector),
                ("jws", "ES512") => verifies!(p521, vector),
                _ => continue,
            }
            algorithms.push(vector.input("alg").to_owned());
        }
        assert_eq!(algorithms, ["ES256", "ES512"]);
    }

    #[test]
    fn salted_signatures_can_be_verified() {
        use rsa::pkcs1::DecodeRsaPrivateKey as _;
        let examples = vectors(include_str!("../../tests/vectors/tokens.json"));
        let rsa = examples
            .iter()
            .find(|vector| vector.input("alg") == "RS256" && vector.scheme == "jws")
            .unwrap();
        let part = |name: &str| {
            let text = rsa.inputs["jwk"][name].as_str().unwrap();
            URL_SAFE_NO_PAD.decode(text).unwrap()
        };
        let public = rsa::PrivateKey::from_pkcs1_der(&rsa_key_der(&part)).unwrap();
        let public = public.as_public_key();
        let key = Key::Private(rsa_key(&part));

        for name in ["PS256", "PS384", "PS512"] {
            let token = compact(Algorithm::named(name).unwrap(), "{}", "{}", &key).unwrap();
            let (message, signature) = token.rsplit_once('.').unwrap();
            let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
            let message = message.as_bytes();
            let verified = match name {
                "PS256" => public.pss_verify::<sha2::Sha256>(message, &signature),
                "PS384" => public.pss_verify::<sha2::Sha384>(message, &signature),
                _ => public.pss_verify::<sha2::Sha512>(message, &signature),
            };
            assert!(verified.is_ok(), "{name}");
        }
    }

    #[test]
    fn a_key_of_another_kind_is_an_error_that_names_the_algorithm() {
        let secret = Key::Secret(b"secret".to_vec());
        let broken = Key::Private(pem("PRIVATE KEY", b"no key"));

        for (name, key) in [("RS256", &secret), ("PS384", &broken), ("ES384", &broken)] {
            let algorithm = Algorithm::named(name).unwrap();
            let token = compact(algorithm, "{}", "{}", key);
            assert_eq!(
                token,
                Err(Error::UnsuitableKey {
                    algorithm: name.to_owned()
                })
            );
        }
    }
}
