//! What a script knows about the item, and what it asks the run to do.

use std::time::UNIX_EPOCH;

use rquickjs::function::{Func, Opt};
use rquickjs::{Ctx, Object, Result, Value as JsValue};
use serde_json::json;

use super::super::session::{Session, Shared};
use super::super::value::Text;
use crate::http::StoredCookie;
use crate::record::{ScriptKind, Visualization};
use crate::script::NextRequest;

/// A script that begins like this does without the names of the first sandbox.
const SECOND_SANDBOX: [&str; 2] = ["\"use sandbox2\";", "'use sandbox2';"];

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    for (name, text) in [
        ("facts", facts as fn(&Session) -> String),
        ("request", request),
        ("cookies", cookies),
    ] {
        let shared = session.clone();
        host.set(
            name,
            Func::from(move |ctx: Ctx<'js>| -> Result<JsValue<'js>> {
                let text = text(&shared.borrow());
                ctx.json_parse(text)
            }),
        )?;
    }
    let shared = session.clone();
    host.set(
        "isTest",
        Func::from(move || {
            shared
                .borrow()
                .context()
                .is_some_and(|context| context.kind == ScriptKind::Test)
        }),
    )?;
    let shared = session.clone();
    host.set(
        "isSecondSandbox",
        Func::from(move || {
            SECOND_SANDBOX
                .iter()
                .any(|mark| shared.borrow().source.starts_with(mark))
        }),
    )?;
    let shared = session.clone();
    host.set(
        "nextRequest",
        Func::from(move |target: Option<Text>| {
            let mut session = shared.borrow_mut();
            if !session.skip_request {
                session.next_request = Some(match target {
                    Some(target) => NextRequest::Named(target.0),
                    None => NextRequest::EndIteration,
                });
            }
        }),
    )?;
    let shared = session.clone();
    host.set(
        "visualize",
        Func::from(move |template: Opt<Text>, data: Opt<Text>| {
            let mut session = shared.borrow_mut();
            if !session.skip_request {
                let visualization = template.0.map(|template| Visualization {
                    template: template.0,
                    data: data
                        .0
                        .and_then(|data| serde_json::from_str(&data.0).ok())
                        .unwrap_or_default(),
                });
                session.visualization = Some(visualization);
            }
        }),
    )?;
    let shared = session.clone();
    host.set(
        "skipRequest",
        Func::from(move || shared.borrow_mut().skip_request = true),
    )
}

fn facts(session: &Session) -> String {
    let Some(context) = session.context() else {
        return "{}".to_owned();
    };
    json!({
        "eventName": context.kind.name(),
        "iteration": context.facts.iteration,
        "iterationCount": context.facts.iteration_count,
        "requestName": context.facts.item_name,
        "requestId": context.facts.item_id,
        "location": context.facts.location,
        "owner": context.owner,
    })
    .to_string()
}

fn request(session: &Session) -> String {
    session
        .context()
        .map_or_else(|| "{}".to_owned(), |context| context.request.to_string())
}

fn cookies(session: &Session) -> String {
    let cookies = session
        .context()
        .map_or(&[][..], |context| &context.cookies);
    serde_json::Value::Array(cookies.iter().map(cookie_json).collect()).to_string()
}

/// The form that the prelude makes cookies of.
pub(in crate::script::js) fn cookie_json(cookie: &StoredCookie) -> serde_json::Value {
    let expires = cookie
        .expires
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    json!({
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain,
        "hostOnly": cookie.host_only,
        "path": cookie.path,
        "expires": expires.map(|time| time.as_millis() as u64),
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
    })
}
