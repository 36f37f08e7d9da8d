//! Signatures with a key of two halves.

use ring::rand::SystemRandom;
use ring::rsa::{KeyPair as RsaKeyPair, KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, ED25519, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair,
    KeyPair as _, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
    RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaParameters, UnparsedPublicKey,
};

use super::der;
use super::key::Key;

/// Signs; nothing when the key or the way to sign does not serve for that.
pub(super) fn signed(scheme: &str, key: &Key, data: &[u8]) -> Option<Vec<u8>> {
    match scheme {
        "Ed25519" => {
            let pair =
                Ed25519KeyPair::from_seed_and_public_key(key.number("d"), key.number("x")).ok()?;
            Some(pair.sign(data).as_ref().to_vec())
        }
        "ECDSA/P-256" | "ECDSA/P-384" => {
            let algorithm = signing_algorithm(&key.kind)?;
            let random = SystemRandom::new();
            let pair = EcdsaKeyPair::from_private_key_and_public_key(
                algorithm,
                key.number("d"),
                &key.point(),
                &random,
            );
            let signature = pair.ok()?.sign(&random, data).ok()?;
            Some(signature.as_ref().to_vec())
        }
        _ => signed_with_rsa(rsa_encoding(scheme)?, key, data),
    }
}

fn signing_algorithm(curve: &str) -> Option<&'static EcdsaSigningAlgorithm> {
    match curve {
        "P-256" => Some(&ECDSA_P256_SHA256_FIXED_SIGNING),
        "P-384" => Some(&ECDSA_P384_SHA384_FIXED_SIGNING),
        _ => None,
    }
}

fn rsa_encoding(scheme: &str) -> Option<&'static dyn RsaEncoding> {
    Some(match scheme {
        "RSASSA-PKCS1-v1_5/SHA-256" => &RSA_PKCS1_SHA256,
        "RSASSA-PKCS1-v1_5/SHA-384" => &RSA_PKCS1_SHA384,
        "RSASSA-PKCS1-v1_5/SHA-512" => &RSA_PKCS1_SHA512,
        "RSA-PSS/SHA-256" => &RSA_PSS_SHA256,
        "RSA-PSS/SHA-384" => &RSA_PSS_SHA384,
        "RSA-PSS/SHA-512" => &RSA_PSS_SHA512,
        _ => return None,
    })
}

fn signed_with_rsa(encoding: &'static dyn RsaEncoding, key: &Key, data: &[u8]) -> Option<Vec<u8>> {
    let pair = RsaKeyPair::from_components(&KeyPairComponents {
        public_key: PublicKeyComponents {
            n: key.number("n"),
            e: key.number("e"),
        },
        d: key.number("d"),
        p: key.number("p"),
        q: key.number("q"),
        dP: key.number("dp"),
        dQ: key.number("dq"),
        qInv: key.number("qi"),
    })
    .ok()?;
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), data, &mut signature)
        .ok()?;
    Some(signature)
}

/// Whether the key's owner has signed these bytes.
pub(super) fn matches(scheme: &str, key: &Key, signature: &[u8], data: &[u8]) -> bool {
    let result =
        match scheme {
            "Ed25519" => UnparsedPublicKey::new(&ED25519, key.number("x")).verify(data, signature),
            "ECDSA/P-256" => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.point())
                .verify(data, signature),
            "ECDSA/P-384" => UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, key.point())
                .verify(data, signature),
            _ => match rsa_parameters(scheme) {
                Some(parameters) => PublicKeyComponents {
                    n: key.number("n"),
                    e: key.number("e"),
                }
                .verify(parameters, data, signature),
                None => return false,
            },
        };
    result.is_ok()
}

fn rsa_parameters(scheme: &str) -> Option<&'static RsaParameters> {
    Some(match scheme {
        "RSASSA-PKCS1-v1_5/SHA-1" => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        "RSASSA-PKCS1-v1_5/SHA-256" => &RSA_PKCS1_2048_8192_SHA256,
        "RSASSA-PKCS1-v1_5/SHA-384" => &RSA_PKCS1_2048_8192_SHA384,
        "RSASSA-PKCS1-v1_5/SHA-512" => &RSA_PKCS1_2048_8192_SHA512,
        "RSA-PSS/SHA-256" => &RSA_PSS_2048_8192_SHA256,
        "RSA-PSS/SHA-384" => &RSA_PSS_2048_8192_SHA384,
        "RSA-PSS/SHA-512" => &RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

/// The public half of an Ed25519 key.
pub(super) fn public_half(seed: &[u8]) -> Option<Vec<u8>> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
    Some(pair.public_key().as_ref().to_vec())
}

/// A fresh key for a curve.
pub(super) fn generated(kind: &str) -> Option<Key> {
    let random = SystemRandom::new();
    if kind == "Ed25519" {
        let seed = super::secret::random(32)?;
        let x = public_half(&seed)?;
        return Some(Key::new(kind, [("d", seed), ("x", x)]));
    }
    let document = EcdsaKeyPair::generate_pkcs8(signing_algorithm(kind)?, &random).ok()?;
    der::private_key(document.as_ref())
}
