//! The functions for `crypto`.

use rquickjs::function::Func;
use rquickjs::{Ctx, Exception, Object, Result, TypedArray};

use super::super::super::session::Shared;
use super::super::super::value::{Bytes, Text};
use super::key::Key;
use super::{der, key, secret, signature};

/// Bytes for a script.
type Array<'js> = TypedArray<'js, u8>;

pub(in crate::script::js::host) fn install<'js>(
    _: &Ctx<'js>,
    host: &Object<'js>,
    _: &Shared,
) -> Result<()> {
    host.set("randomBytes", Func::from(random_bytes))?;
    host.set("cryptoDigest", Func::from(digest))?;
    host.set("cryptoHmac", Func::from(hmac))?;
    host.set("cryptoHmacVerify", Func::from(hmac_verify))?;
    host.set("cryptoAesCbc", Func::from(aes_cbc))?;
    host.set("cryptoAesGcm", Func::from(aes_gcm))?;
    host.set("cryptoPbkdf2", Func::from(pbkdf2))?;
    host.set("cryptoHkdf", Func::from(hkdf))?;
    host.set("cryptoReadKey", Func::from(read_key))?;
    host.set("cryptoWriteKey", Func::from(write_key))?;
    host.set("cryptoGenerateKey", Func::from(generate_key))?;
    host.set("cryptoSign", Func::from(sign))?;
    host.set("cryptoVerify", Func::from(verify))
}

fn given(ctx: Ctx<'_>, bytes: Option<Vec<u8>>) -> Result<Option<Array<'_>>> {
    bytes.map(|bytes| TypedArray::new(ctx, bytes)).transpose()
}

fn random_bytes(ctx: Ctx<'_>, length: usize) -> Result<Array<'_>> {
    match secret::random(length) {
        Some(bytes) => TypedArray::new(ctx, bytes),
        None => Err(Exception::throw_internal(
            &ctx,
            "the system has no random numbers",
        )),
    }
}

fn digest<'js>(ctx: Ctx<'js>, hash: Text, data: Bytes) -> Result<Option<Array<'js>>> {
    given(ctx, secret::digest(&hash.0, &data.0))
}

fn hmac<'js>(ctx: Ctx<'js>, hash: Text, key: Bytes, data: Bytes) -> Result<Option<Array<'js>>> {
    given(ctx, secret::hmac(&hash.0, &key.0, &data.0))
}

fn hmac_verify(hash: Text, key: Bytes, data: Bytes, tag: Bytes) -> bool {
    secret::hmac_matches(&hash.0, &key.0, &data.0, &tag.0)
}

fn aes_cbc<'js>(
    ctx: Ctx<'js>,
    encrypts: bool,
    key: Bytes,
    iv: Bytes,
    data: Bytes,
) -> Result<Option<Array<'js>>> {
    let result = if encrypts {
        secret::cbc_encrypted(&key.0, &iv.0, &data.0)
    } else {
        secret::cbc_decrypted(&key.0, &iv.0, &data.0)
    };
    given(ctx, result)
}

fn aes_gcm<'js>(
    ctx: Ctx<'js>,
    encrypts: bool,
    key: Bytes,
    iv: Bytes,
    additional: Bytes,
    data: Bytes,
) -> Result<Option<Array<'js>>> {
    let (key, iv, additional) = (&key.0, &iv.0, &additional.0);
    let result = if encrypts {
        secret::gcm_encrypted(key, iv, additional, &data.0)
    } else {
        secret::gcm_decrypted(key, iv, additional, &data.0)
    };
    given(ctx, result)
}

fn pbkdf2<'js>(
    ctx: Ctx<'js>,
    hash: Text,
    password: Bytes,
    salt: Bytes,
    iterations: u32,
    length: usize,
) -> Result<Option<Array<'js>>> {
    let (password, salt) = (&password.0, &salt.0);
    given(
        ctx,
        secret::pbkdf2(&hash.0, password, salt, iterations, length),
    )
}

fn hkdf<'js>(
    ctx: Ctx<'js>,
    hash: Text,
    secret: Bytes,
    salt: Bytes,
    info: Bytes,
    length: usize,
) -> Result<Option<Array<'js>>> {
    let (secret, salt, info) = (&secret.0, &salt.0, &info.0);
    given(ctx, secret::hkdf(&hash.0, secret, salt, info, length))
}

fn read_key<'js>(ctx: Ctx<'js>, data: Bytes, is_private: bool) -> Result<Option<Object<'js>>> {
    let key = if is_private {
        der::private_key(&data.0)
    } else {
        der::public_key(&data.0)
    };
    key.map(|key| key::to_js(&ctx, &key)).transpose()
}

fn write_key<'js>(ctx: Ctx<'js>, key: Key) -> Result<Array<'js>> {
    TypedArray::new(ctx, der::written(&key))
}

fn generate_key<'js>(ctx: Ctx<'js>, kind: Text) -> Result<Option<Object<'js>>> {
    let key = signature::generated(&kind.0);
    key.map(|key| key::to_js(&ctx, &key)).transpose()
}

fn sign<'js>(ctx: Ctx<'js>, scheme: Text, key: Key, data: Bytes) -> Result<Option<Array<'js>>> {
    given(ctx, signature::signed(&scheme.0, &key, &data.0))
}

fn verify(scheme: Text, key: Key, signature: Bytes, data: Bytes) -> bool {
    signature::matches(&scheme.0, &key, &signature.0, &data.0)
}
