//! What the run answers, as JavaScript gets it.

use std::sync::Arc;

use rquickjs::function::Func;
use rquickjs::{Array, Ctx, Exception, IntoJs, Object, Result, TypedArray, Value as JsValue};

use super::host::{cookie_json, response_text};
use crate::http::{Error, Exchange, HttpResponse, StoredCookie};
use crate::script::{HostAnswer, ScriptExchange};

/// An object with the members that the kind of answer has: `response`, `error`, `cookies`, `secret`, `refused`.
pub(super) fn to_js<'js>(ctx: &Ctx<'js>, answer: HostAnswer) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    match answer {
        HostAnswer::Sent(exchange) => add_exchange(ctx, &object, exchange)?,
        HostAnswer::Ran { exchange, .. } => {
            if let Some(exchange) = exchange {
                add_exchange(ctx, &object, exchange)?;
            }
        }
        HostAnswer::Cookies(found) => add_cookies(ctx, &object, &found)?,
        HostAnswer::Secret(Some(value)) => object.set("secret", value)?,
        HostAnswer::Secret(None) => {}
        HostAnswer::Refused { reason } => object.set("refused", reason)?,
    }
    Ok(object)
}

fn add_exchange<'js>(ctx: &Ctx<'js>, object: &Object<'js>, exchange: ScriptExchange) -> Result<()> {
    add_cookies(ctx, object, &exchange.cookies)?;
    match &exchange.outcome {
        Err(reason) => object.set("refused", reason.as_str()),
        Ok(sent) => match &sent.outcome {
            Ok(response) => object.set("response", response_object(ctx, sent, response)?),
            Err(error) => object.set("error", error_object(ctx, error)?),
        },
    }
}

fn add_cookies<'js>(ctx: &Ctx<'js>, object: &Object<'js>, cookies: &[StoredCookie]) -> Result<()> {
    let cookies = serde_json::Value::Array(cookies.iter().map(cookie_json).collect());
    object.set("cookies", ctx.json_parse(cookies.to_string())?)
}

/// Status, size and header fields, and functions that give the content.
pub(super) fn response_object<'js>(
    ctx: &Ctx<'js>,
    exchange: &Exchange,
    response: &Arc<HttpResponse>,
) -> Result<JsValue<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("code", response.status)?;
    object.set("reason", response.reason.as_str())?;
    object.set("time", exchange.timings.total.as_millis() as f64)?;
    object.set("size", response.body.size_bytes() as f64)?;
    let fields = Array::new(ctx.clone())?;
    for (position, field) in response.headers.iter().enumerate() {
        fields.set(2 * position, field.name.as_str())?;
        fields.set(2 * position + 1, field.value.as_str())?;
    }
    object.set("fields", fields)?;
    let held = Arc::clone(response);
    object.set(
        "text",
        Func::from(move |ctx: Ctx<'js>| match held.body.whole() {
            Ok(_) => Ok(response_text(&held)),
            Err(error) => Err(Exception::throw_message(&ctx, &error.to_string())),
        }),
    )?;
    let held = Arc::clone(response);
    object.set(
        "bytes",
        Func::from(move |ctx: Ctx<'js>| match held.body.whole() {
            Ok(bytes) => TypedArray::<u8>::new_copy(ctx, bytes),
            Err(error) => Err(Exception::throw_message(&ctx, &error.to_string())),
        }),
    )?;
    object.into_js(ctx)
}

/// The members that Node gives to an error of a socket.
fn error_object<'js>(ctx: &Ctx<'js>, error: &Error) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("message", error.to_string())?;
    if let Some(code) = error.code() {
        object.set("code", code)?;
        if let Some(number) = errno(code) {
            object.set("errno", number)?;
        }
    }
    match error {
        Error::ConnectionRefused { address } => {
            object.set("syscall", "connect")?;
            if let Some((host, port)) = address.rsplit_once(':') {
                object.set("address", host)?;
                object.set("port", port.parse::<u16>().ok())?;
            }
        }
        Error::HostNotFound { host } => {
            object.set("syscall", "getaddrinfo")?;
            object.set("hostname", host.as_str())?;
        }
        _ => {}
    }
    Ok(object)
}

/// libuv's numbers on Linux.
fn errno(code: &str) -> Option<i32> {
    Some(match code {
        "ECONNREFUSED" => -111,
        "ECONNRESET" => -104,
        "ENOTFOUND" => -3008,
        _ => return None,
    })
}
