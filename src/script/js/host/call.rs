//! What a script asks of the run and waits for.

use rquickjs::function::{Func, Opt};
use rquickjs::{Ctx, Object, Result};
use serde_json::Value;

use super::super::session::{CALL_BYTES, Shared};
use super::super::value::Text;
use crate::script::{CookieCall, HostCall, VaultAction};
use crate::variables::{VariableScope, VariableScopes};

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    install_requests(host, session)?;
    install_cookies(host, session)?;
    install_vault(host, session)
}

fn install_requests<'js>(host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "sendRequest",
        Func::from(move |ctx: Ctx<'js>, id: u32, request: Text| {
            push(&ctx, &shared, id, |scopes| HostCall::SendRequest {
                request: serde_json::from_str(&request.0).unwrap_or_default(),
                scopes,
            })
        }),
    )?;
    let shared = session.clone();
    host.set(
        "runRequest",
        Func::from(
            move |ctx: Ctx<'js>, id: u32, target: Text, variables: Text| {
                push(&ctx, &shared, id, |scopes| HostCall::RunRequest {
                    target: target.0,
                    overrides: scope_of(&variables.0),
                    scopes,
                })
            },
        ),
    )
}

fn install_cookies<'js>(host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "allCookies",
        Func::from(move |ctx: Ctx<'js>, id: u32, url: Text| {
            push(&ctx, &shared, id, |_| {
                HostCall::Cookies(CookieCall::All { url: url.0 })
            })
        }),
    )?;
    let shared = session.clone();
    host.set(
        "setCookie",
        Func::from(move |ctx: Ctx<'js>, id: u32, url: Text, cookie: Text| {
            push(&ctx, &shared, id, |_| {
                HostCall::Cookies(CookieCall::Set {
                    url: url.0,
                    cookie: cookie.0,
                })
            })
        }),
    )?;
    let shared = session.clone();
    host.set(
        "removeCookies",
        Func::from(move |ctx: Ctx<'js>, id: u32, url: Text, name: Opt<Text>| {
            push(&ctx, &shared, id, |_| {
                HostCall::Cookies(CookieCall::Remove {
                    url: url.0,
                    name: name.0.map(|name| name.0),
                })
            })
        }),
    )
}

fn install_vault<'js>(host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "getSecret",
        Func::from(move |ctx: Ctx<'js>, id: u32, key: Text| {
            push(&ctx, &shared, id, |_| vault(key, VaultAction::Get))
        }),
    )?;
    let shared = session.clone();
    host.set(
        "setSecret",
        Func::from(move |ctx: Ctx<'js>, id: u32, key: Text, value: Text| {
            push(&ctx, &shared, id, |_| vault(key, VaultAction::Set(value.0)))
        }),
    )?;
    let shared = session.clone();
    host.set(
        "unsetSecret",
        Func::from(move |ctx: Ctx<'js>, id: u32, key: Text| {
            push(&ctx, &shared, id, |_| vault(key, VaultAction::Unset))
        }),
    )
}

fn vault(key: Text, action: VaultAction) -> HostCall {
    HostCall::Vault { key: key.0, action }
}

fn push(
    ctx: &Ctx<'_>,
    session: &Shared,
    id: u32,
    call: impl FnOnce(Box<VariableScopes>) -> HostCall,
) -> Result<()> {
    let pushed = {
        let mut session = session.borrow_mut();
        session.hold(CALL_BYTES, 0).map(|()| {
            let scopes = session.context().map(|context| context.scopes.fork());
            let call = call(Box::new(scopes.unwrap_or_default()));
            session.calls.push((id, call));
        })
    };
    pushed.map_err(|error| error.throw(ctx))
}

fn scope_of(json: &str) -> VariableScope {
    let mut scope = VariableScope::default();
    if let Ok(Value::Object(members)) = serde_json::from_str(json) {
        for (key, value) in members {
            scope.set(&key, crate::variables::Value::from_json(value));
        }
    }
    scope
}
