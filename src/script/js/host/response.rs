//! The response of the request.

use encoding_rs::{Encoding, UTF_8};
use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result, Value as JsValue};

use super::super::answer::response_object;
use super::super::session::Shared;
use crate::http::HttpResponse;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "response",
        Func::from(move |ctx: Ctx<'js>| -> Result<JsValue<'js>> {
            // The engine may call back, so that the session must be free.
            let exchange = shared
                .borrow()
                .context()
                .and_then(|context| context.exchange.clone());
            let exchange = exchange.as_deref();
            match exchange.and_then(|exchange| Some((exchange, exchange.response()?))) {
                Some((exchange, response)) => response_object(&ctx, exchange, response),
                None => Ok(JsValue::new_undefined(ctx.clone())),
            }
        }),
    )
}

/// The content as text, in the charset that the response names, else UTF-8 (as newman 6.2.2).
pub(in crate::script::js) fn text(response: &HttpResponse) -> String {
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
