//! Hashes, and everything with a key that both sides share.

use std::num::NonZeroU32;

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hkdf, pbkdf2};

/// Random bytes, when the system has some.
pub(super) fn random(length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(bytes)
}

/// The hash of some bytes; nothing for an unknown hash, as everywhere here.
pub(super) fn digest(hash: &str, data: &[u8]) -> Option<Vec<u8>> {
    let algorithm = match hash {
        "SHA-1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        "SHA-256" => &digest::SHA256,
        "SHA-384" => &digest::SHA384,
        "SHA-512" => &digest::SHA512,
        _ => return None,
    };
    Some(digest::digest(algorithm, data).as_ref().to_vec())
}

fn hmac_key(hash: &str, key: &[u8]) -> Option<ring::hmac::Key> {
    let algorithm = match hash {
        "SHA-1" => ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        "SHA-256" => ring::hmac::HMAC_SHA256,
        "SHA-384" => ring::hmac::HMAC_SHA384,
        "SHA-512" => ring::hmac::HMAC_SHA512,
        _ => return None,
    };
    Some(ring::hmac::Key::new(algorithm, key))
}

/// The code that proves where a message comes from.
pub(super) fn hmac(hash: &str, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    Some(
        ring::hmac::sign(&hmac_key(hash, key)?, data)
            .as_ref()
            .to_vec(),
    )
}

/// Whether a message has this code.
pub(super) fn hmac_matches(hash: &str, key: &[u8], data: &[u8], tag: &[u8]) -> bool {
    hmac_key(hash, key).is_some_and(|key| ring::hmac::verify(&key, data, tag).is_ok())
}

/// Encrypts in blocks, with padding as in PKCS #7.
pub(super) fn cbc_encrypted(key: &[u8], iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => Some(
            cbc::Encryptor::<Aes128>::new_from_slices(key, iv)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(data),
        ),
        24 => Some(
            cbc::Encryptor::<Aes192>::new_from_slices(key, iv)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(data),
        ),
        32 => Some(
            cbc::Encryptor::<Aes256>::new_from_slices(key, iv)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(data),
        ),
        _ => None,
    }
}

/// What [`cbc_encrypted`] was given; nothing for another key or damaged content.
pub(super) fn cbc_decrypted(key: &[u8], iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => cbc::Decryptor::<Aes128>::new_from_slices(key, iv)
            .ok()?
            .decrypt_padded_vec::<Pkcs7>(data)
            .ok(),
        24 => cbc::Decryptor::<Aes192>::new_from_slices(key, iv)
            .ok()?
            .decrypt_padded_vec::<Pkcs7>(data)
            .ok(),
        32 => cbc::Decryptor::<Aes256>::new_from_slices(key, iv)
            .ok()?
            .decrypt_padded_vec::<Pkcs7>(data)
            .ok(),
        _ => None,
    }
}

fn gcm_key(key: &[u8]) -> Option<LessSafeKey> {
    let algorithm = match key.len() {
        16 => &AES_128_GCM,
        32 => &AES_256_GCM,
        _ => return None,
    };
    UnboundKey::new(algorithm, key).ok().map(LessSafeKey::new)
}

/// Encrypts and appends a tag that covers the additional data as well.
pub(super) fn gcm_encrypted(
    key: &[u8],
    iv: &[u8],
    additional: &[u8],
    data: &[u8],
) -> Option<Vec<u8>> {
    let nonce = Nonce::try_assume_unique_for_key(iv).ok()?;
    let mut content = data.to_vec();
    gcm_key(key)?
        .seal_in_place_append_tag(nonce, Aad::from(additional), &mut content)
        .ok()?;
    Some(content)
}

/// What [`gcm_encrypted`] was given; nothing when anything does not fit.
pub(super) fn gcm_decrypted(
    key: &[u8],
    iv: &[u8],
    additional: &[u8],
    data: &[u8],
) -> Option<Vec<u8>> {
    let nonce = Nonce::try_assume_unique_for_key(iv).ok()?;
    let mut content = data.to_vec();
    let plain = gcm_key(key)?
        .open_in_place(nonce, Aad::from(additional), &mut content)
        .ok()?;
    Some(plain.to_vec())
}

/// Bytes from a password (RFC 8018).
pub(super) fn pbkdf2(
    hash: &str,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Option<Vec<u8>> {
    let algorithm = match hash {
        "SHA-1" => pbkdf2::PBKDF2_HMAC_SHA1,
        "SHA-256" => pbkdf2::PBKDF2_HMAC_SHA256,
        "SHA-384" => pbkdf2::PBKDF2_HMAC_SHA384,
        "SHA-512" => pbkdf2::PBKDF2_HMAC_SHA512,
        _ => return None,
    };
    let mut bytes = vec![0; length];
    pbkdf2::derive(
        algorithm,
        NonZeroU32::new(iterations)?,
        salt,
        password,
        &mut bytes,
    );
    Some(bytes)
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Bytes from a secret (RFC 5869).
pub(super) fn hkdf(
    hash: &str,
    secret: &[u8],
    salt: &[u8],
    info: &[u8],
    length: usize,
) -> Option<Vec<u8>> {
    let algorithm = match hash {
        "SHA-1" => hkdf::HKDF_SHA1_FOR_LEGACY_USE_ONLY,
        "SHA-256" => hkdf::HKDF_SHA256,
        "SHA-384" => hkdf::HKDF_SHA384,
        "SHA-512" => hkdf::HKDF_SHA512,
        _ => return None,
    };
    let source = hkdf::Salt::new(algorithm, salt).extract(secret);
    let mut bytes = vec![0; length];
    source
        .expand(&[info], Length(length))
        .ok()?
        .fill(&mut bytes)
        .ok()?;
    Some(bytes)
}
