//! The response of the request.

use encoding_rs::{Encoding, UTF_8};
use rquickjs::function::Func;
use rquickjs::{Array, Ctx, IntoJs, Object, Result, TypedArray, Value as JsValue};

use super::super::session::{Session, Shared};
use crate::http::HttpResponse;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "response",
        Func::from(move |ctx: Ctx<'js>| -> Result<JsValue<'js>> { facts(&ctx, &shared.borrow()) }),
    )?;
    let shared = session.clone();
    host.set(
        "responseText",
        Func::from(move || shared.borrow().response().map(text).unwrap_or_default()),
    )?;
    let shared = session.clone();
    host.set(
        "responseBytes",
        Func::from(move |ctx: Ctx<'js>| {
            let session = shared.borrow();
            let bytes = session
                .response()
                .map_or(&[][..], |response| &response.body);
            TypedArray::<u8>::new_copy(ctx, bytes)
        }),
    )
}

/// Status, size and header fields; undefined without a response.
fn facts<'js>(ctx: &Ctx<'js>, session: &Session) -> Result<JsValue<'js>> {
    let exchange = session
        .context()
        .and_then(|context| context.exchange.as_ref());
    let Some((exchange, response)) =
        exchange.and_then(|exchange| Some((exchange, exchange.response()?)))
    else {
        return Ok(JsValue::new_undefined(ctx.clone()));
    };
    let facts = Object::new(ctx.clone())?;
    facts.set("code", response.status)?;
    facts.set("reason", response.reason.as_str())?;
    facts.set("time", exchange.timings.total.as_millis() as f64)?;
    facts.set("size", response.body.len())?;
    let fields = Array::new(ctx.clone())?;
    for (position, field) in response.headers.iter().enumerate() {
        fields.set(2 * position, field.name.as_str())?;
        fields.set(2 * position + 1, field.value.as_str())?;
    }
    facts.set("fields", fields)?;
    facts.into_js(ctx)
}

/// The content as text, in the charset that the response names, else UTF-8 (as newman 6.2.2).
fn text(response: &HttpResponse) -> String {
    let encoding = response
        .header("content-type")
        .and_then(charset)
        .unwrap_or(UTF_8);
    encoding
        .decode_with_bom_removal(&response.body)
        .0
        .into_owned()
}

fn charset(content_type: &str) -> Option<&'static Encoding> {
    let parameter = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(parameter.trim().trim_matches(['"', '\'']).as_bytes())
}
