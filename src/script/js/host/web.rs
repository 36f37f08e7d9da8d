//! What web platforms offer and the engine lacks: UUIDs, text encodings, URLs.

use encoding_rs::Encoding;
use rquickjs::function::Func;
use rquickjs::{Ctx, Exception, Object, Result, TypedArray};
use url::Url;
use url::quirks;
use uuid::Uuid;

use super::super::session::Shared;
use super::super::value::{Bytes, Text};

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, _: &Shared) -> Result<()> {
    host.set("uuid", Func::from(|| Uuid::new_v4().to_string()))?;
    host.set("encodeText", Func::from(encode_text))?;
    host.set("decodeText", Func::from(decode_text))?;
    host.set("encodingName", Func::from(encoding_name))?;
    host.set("parseUrl", Func::from(parse_url))?;
    host.set("changeUrl", Func::from(change_url))
}

fn encode_text<'js>(ctx: Ctx<'js>, text: Text) -> Result<TypedArray<'js, u8>> {
    TypedArray::new(ctx, text.0.into_bytes())
}

fn encoding_name(label: Text) -> Option<String> {
    Encoding::for_label(label.0.as_bytes()).map(|encoding| encoding.name().to_ascii_lowercase())
}

fn decode_text(
    ctx: Ctx<'_>,
    label: Text,
    bytes: Bytes,
    fatal: bool,
    keep_mark: bool,
) -> Result<String> {
    let Some(encoding) = Encoding::for_label(label.0.as_bytes()) else {
        return Err(Exception::throw_range(
            &ctx,
            "the encoding is not supported",
        ));
    };
    let Bytes(bytes) = bytes;
    let (text, had_errors) = if keep_mark {
        encoding.decode_without_bom_handling(&bytes)
    } else {
        encoding.decode_with_bom_removal(&bytes)
    };
    if fatal && had_errors {
        let name = encoding.name().to_ascii_lowercase();
        return Err(Exception::throw_type(
            &ctx,
            &format!("The encoded data was not valid for encoding {name}"),
        ));
    }
    Ok(text.into_owned())
}

/// The parts of a URL under the names that class `URL` has for them; nothing when it is not one.
fn parse_url<'js>(ctx: Ctx<'js>, text: Text, base: Option<Text>) -> Result<Option<Object<'js>>> {
    let base = match base {
        Some(base) => match Url::parse(&base.0) {
            Ok(base) => Some(base),
            Err(_) => return Ok(None),
        },
        None => None,
    };
    match Url::options().base_url(base.as_ref()).parse(&text.0) {
        Ok(url) => parts(&ctx, &url).map(Some),
        Err(_) => Ok(None),
    }
}

fn change_url<'js>(
    ctx: Ctx<'js>,
    href: Text,
    part: Text,
    value: Text,
) -> Result<Option<Object<'js>>> {
    let Ok(mut url) = Url::parse(&href.0) else {
        return Ok(None);
    };
    let value = value.0.as_str();
    match part.0.as_str() {
        "protocol" => drop(quirks::set_protocol(&mut url, value)),
        "username" => drop(quirks::set_username(&mut url, value)),
        "password" => drop(quirks::set_password(&mut url, value)),
        "host" => drop(quirks::set_host(&mut url, value)),
        "hostname" => drop(quirks::set_hostname(&mut url, value)),
        "port" => drop(quirks::set_port(&mut url, value)),
        "pathname" => quirks::set_pathname(&mut url, value),
        "search" => quirks::set_search(&mut url, value),
        "hash" => quirks::set_hash(&mut url, value),
        _ => {}
    }
    parts(&ctx, &url).map(Some)
}

fn parts<'js>(ctx: &Ctx<'js>, url: &Url) -> Result<Object<'js>> {
    let parts = Object::new(ctx.clone())?;
    for (name, value) in [
        ("href", quirks::href(url)),
        ("protocol", quirks::protocol(url)),
        ("username", quirks::username(url)),
        ("password", quirks::password(url)),
        ("host", quirks::host(url)),
        ("hostname", quirks::hostname(url)),
        ("port", quirks::port(url)),
        ("pathname", quirks::pathname(url)),
        ("search", quirks::search(url)),
        ("hash", quirks::hash(url)),
    ] {
        parts.set(name, value)?;
    }
    parts.set("origin", quirks::origin(url))?;
    Ok(parts)
}
