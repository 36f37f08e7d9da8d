//! Private keys in every form that OpenSSL writes: PKCS#8, PKCS#1 and SEC1, in PEM or DER, encrypted or not.

use aes::{Aes128, Aes192, Aes256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use des::{Des, TdesEde3};
use md5::{Digest, Md5};
use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivateSec1KeyDer};

use super::IdentityError;
use super::identity::is_pem;

const ENCRYPTED_BEGIN: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

/// The beginning of the numbers of the old schemes, which the library does not even parse (RFC 7292,
/// appendix C).
const PBES1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];

/// Reads the first private key of a file.
pub(super) fn read_key(
    bytes: &[u8],
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, IdentityError> {
    if !is_pem(bytes) {
        return read_der(bytes, passphrase);
    }
    let text = String::from_utf8_lossy(bytes);
    if let Some(body) = armoured(&text, ENCRYPTED_BEGIN) {
        return decrypt_pkcs8(&decode(&body)?, passphrase);
    }
    if let Some((label, body)) = traditional(&text) {
        return decrypt_traditional(label, &body, passphrase);
    }
    PrivateKeyDer::from_pem_slice(bytes).map_err(|error| match error {
        rustls::pki_types::pem::Error::NoItemsFound => IdentityError::NoKey,
        other => IdentityError::Key {
            reason: other.to_string(),
        },
    })
}

fn read_der(
    bytes: &[u8],
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, IdentityError> {
    if let Ok(key) = PrivateKeyDer::try_from(bytes.to_vec()) {
        return Ok(key);
    }
    match EncryptedPrivateKeyInfoRef::try_from(bytes) {
        Ok(_) => decrypt_pkcs8(bytes, passphrase),
        Err(_) => Err(IdentityError::NoKey),
    }
}

/// The lines between an opening line and the end that follows it.
fn armoured(text: &str, begin: &str) -> Option<String> {
    let (_, rest) = text.split_once(begin)?;
    let (body, _) = rest.split_once("-----END ")?;
    Some(body.to_owned())
}

/// A key that is encrypted as a whole, in the way of OpenSSL before PKCS#8 (RFC 1421).
fn traditional(text: &str) -> Option<(&'static str, String)> {
    ["RSA", "EC"].into_iter().find_map(|label| {
        let body = armoured(text, &format!("-----BEGIN {label} PRIVATE KEY-----"))?;
        body.contains("Proc-Type: 4,ENCRYPTED")
            .then_some((label, body))
    })
}

fn decode(body: &str) -> Result<Vec<u8>, IdentityError> {
    let digits: String = body.split_whitespace().collect();
    STANDARD.decode(digits).map_err(|error| IdentityError::Key {
        reason: error.to_string(),
    })
}

/// The passphrase that an encrypted key needs.
fn needed(passphrase: Option<&str>) -> Result<&str, IdentityError> {
    passphrase.ok_or(IdentityError::PassphraseMissing)
}

fn decrypt_pkcs8(
    der: &[u8],
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, IdentityError> {
    let key = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|error| {
        match der.windows(PBES1.len()).any(|window| window == PBES1) {
            true => IdentityError::Encryption {
                scheme: "PBES1".to_owned(),
            },
            false => IdentityError::Key {
                reason: error.to_string(),
            },
        }
    })?;
    let plain = key
        .decrypt(needed(passphrase)?)
        .map_err(|error| match error {
            pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::UnsupportedAlgorithm {
                oid,
            }) => IdentityError::Encryption {
                scheme: oid.to_string(),
            },
            pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::NoPbes1CryptSupport) => {
                IdentityError::Encryption {
                    scheme: "PBES1".to_owned(),
                }
            }
            _ => IdentityError::PassphraseWrong,
        })?;
    // Padding fits a wrong passphrase by chance, but the content is no key then.
    PrivateKeyDer::try_from(plain.as_bytes().to_vec()).map_err(|_| IdentityError::PassphraseWrong)
}

fn decrypt_traditional(
    label: &str,
    body: &str,
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, IdentityError> {
    let broken = |reason: &str| IdentityError::Key {
        reason: reason.to_owned(),
    };
    let info = body
        .lines()
        .find_map(|line| line.strip_prefix("DEK-Info:"))
        .ok_or_else(|| broken("it is encrypted and has no line `DEK-Info`"))?;
    let (cipher, vector) = info
        .trim()
        .split_once(',')
        .ok_or_else(|| broken("`DEK-Info` names no initialization vector"))?;
    let vector =
        from_hex(vector).ok_or_else(|| broken("`DEK-Info` holds no hexadecimal digits"))?;
    let digits: String = body
        .lines()
        .filter(|line| !line.contains(':'))
        .collect::<Vec<_>>()
        .join("\n");
    let content = decode(&digits)?;
    let passphrase = needed(passphrase)?.as_bytes();
    let plain = match cipher {
        "AES-128-CBC" => decrypt::<Decryptor<Aes128>>(16, passphrase, &vector, &content),
        "AES-192-CBC" => decrypt::<Decryptor<Aes192>>(24, passphrase, &vector, &content),
        "AES-256-CBC" => decrypt::<Decryptor<Aes256>>(32, passphrase, &vector, &content),
        "DES-EDE3-CBC" => decrypt::<Decryptor<TdesEde3>>(24, passphrase, &vector, &content),
        "DES-CBC" => decrypt::<Decryptor<Des>>(8, passphrase, &vector, &content),
        other => {
            return Err(IdentityError::Encryption {
                scheme: other.to_owned(),
            });
        }
    };
    let plain = plain.ok_or(IdentityError::PassphraseWrong)?;
    // The same here, where only the first byte can tell.
    if !plain.starts_with(&[0x30]) {
        return Err(IdentityError::PassphraseWrong);
    }
    Ok(match label {
        "EC" => PrivateSec1KeyDer::from(plain).into(),
        _ => PrivatePkcs1KeyDer::from(plain).into(),
    })
}

fn decrypt<C: KeyIvInit + BlockModeDecrypt>(
    key_size_bytes: usize,
    passphrase: &[u8],
    vector: &[u8],
    content: &[u8],
) -> Option<Vec<u8>> {
    let key = derive(key_size_bytes, passphrase, vector.get(..8)?);
    let cipher = C::new_from_slices(&key, vector).ok()?;
    cipher.decrypt_padded_vec::<Pkcs7>(content).ok()
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round, which this form always uses.
fn derive(size_bytes: usize, passphrase: &[u8], salt: &[u8]) -> Vec<u8> {
    let mut key = Vec::new();
    let mut block: Vec<u8> = Vec::new();
    while key.len() < size_bytes {
        block = Md5::new()
            .chain_update(&block)
            .chain_update(passphrase)
            .chain_update(salt)
            .finalize()
            .to_vec();
        key.extend_from_slice(&block);
    }
    key.truncate(size_bytes);
    key
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|position| u8::from_str_radix(&text[position..position + 2], 16).ok())
        .collect()
}
