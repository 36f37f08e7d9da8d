//! Reading and changing variables.

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result, Value as JsValue};
use serde_json::json;

use super::super::session::{OutOfMemory, Session, Shared};
use super::super::value::{self, Text};
use crate::variables::{ScopeName, Value, Variable, VariableKind};

/// About what a variable takes besides its name and value.
const VARIABLE_BYTES: usize = 100;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> Result<()> {
    install_reading(host, session)?;
    install_writing(host, session)
}

fn install_reading<'js>(host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "readVariable",
        Func::from(
            move |ctx: Ctx<'js>, scope: usize, key: Text| -> Result<JsValue<'js>> {
                // The engine may call back, so that the session must be free.
                let found = entry(&shared.borrow(), scope, &key.0)
                    .map(|found| (found.value.clone(), found.kind));
                match found {
                    Some((value, kind)) => value::to_js(&ctx, &value, kind),
                    None => Ok(JsValue::new_undefined(ctx)),
                }
            },
        ),
    )?;
    let shared = session.clone();
    host.set(
        "hasVariable",
        Func::from(move |scope: usize, key: Text| entry(&shared.borrow(), scope, &key.0).is_some()),
    )?;
    let shared = session.clone();
    host.set(
        "isTyped",
        Func::from(move |scope: usize, key: Text| {
            let plain = [VariableKind::Any, VariableKind::Secret];
            entry(&shared.borrow(), scope, &key.0).is_some_and(|found| !plain.contains(&found.kind))
        }),
    )?;
    let shared = session.clone();
    host.set(
        "variableEntries",
        Func::from(move |ctx: Ctx<'js>, scope: usize| -> Result<JsValue<'js>> {
            let entries = entries(&shared.borrow(), scope);
            ctx.json_parse(entries)
        }),
    )?;
    let shared = session.clone();
    host.set(
        "scopeFacts",
        Func::from(move |scope: usize| {
            let session = shared.borrow();
            let scope = session
                .context()
                .map(|context| context.scopes.scope(name(scope)));
            scope.map(|scope| vec![scope.id.clone(), scope.name.clone()])
        }),
    )?;
    let shared = session.clone();
    host.set(
        "substitute",
        Func::from(move |text: Text| substitute(&shared.borrow(), None, &text.0)),
    )?;
    let shared = session.clone();
    host.set(
        "substituteIn",
        Func::from(move |scope: usize, text: Text| {
            substitute(&shared.borrow(), Some(name(scope)), &text.0)
        }),
    )?;
    Ok(())
}

fn install_writing<'js>(host: &Object<'js>, session: &Shared) -> Result<()> {
    let shared = session.clone();
    host.set(
        "writeVariable",
        Func::from(
            move |ctx: Ctx<'js>, scope: usize, key: Text, value: JsValue<'js>| -> Result<()> {
                let value = value::from_js(&ctx, value)?;
                let stored = store(&mut shared.borrow_mut(), scope, &key.0, value);
                stored.map_err(|error| error.throw(&ctx))
            },
        ),
    )?;
    let shared = session.clone();
    host.set(
        "writeStructure",
        Func::from(
            move |ctx: Ctx<'js>, scope: usize, key: Text, json: Text| -> Result<()> {
                let value = serde_json::from_str(&json.0).map_or(Value::Null, Value::from_json);
                let stored = store(&mut shared.borrow_mut(), scope, &key.0, value);
                stored.map_err(|error| error.throw(&ctx))
            },
        ),
    )?;
    let shared = session.clone();
    host.set(
        "unsetVariable",
        Func::from(move |scope: usize, key: Text| {
            let mut session = shared.borrow_mut();
            let less = size_of_entry(&session, scope, &key.0);
            // What becomes less is never too much.
            let _ = session.hold(0, less);
            change(&mut session, scope, |scope| scope.unset(&key.0));
        }),
    )?;
    let shared = session.clone();
    host.set(
        "clearVariables",
        Func::from(move |scope: usize| {
            change(
                &mut shared.borrow_mut(),
                scope,
                crate::variables::VariableScope::clear,
            );
        }),
    )
}

/// The prelude numbers the layers in the order of lookup.
fn name(scope: usize) -> ScopeName {
    ScopeName::ORDER
        .get(scope)
        .copied()
        .unwrap_or(ScopeName::Globals)
}

fn entry<'session>(
    session: &'session Session,
    scope: usize,
    key: &str,
) -> Option<&'session Variable> {
    session.context()?.scopes.scope(name(scope)).entry(key)
}

fn entries(session: &Session, scope: usize) -> String {
    let Some(context) = session.context() else {
        return "[]".to_owned();
    };
    let entries: Vec<_> = context
        .scopes
        .scope(name(scope))
        .entries()
        .iter()
        .map(|entry| {
            json!({
                "key": entry.key,
                "value": entry.value.to_json(),
                "type": entry.kind.name(),
                "disabled": entry.disabled,
            })
        })
        .collect();
    serde_json::Value::Array(entries).to_string()
}

fn substitute(session: &Session, scope: Option<ScopeName>, text: &str) -> String {
    let Some(context) = session.context() else {
        return text.to_owned();
    };
    match scope {
        None => context.scopes.substitute(text).text,
        Some(scope) => context.scopes.substitute_in(scope, text).text,
    }
}

/// Sets a variable, unless the script has used up what it may hold.
fn store(
    session: &mut Session,
    scope: usize,
    key: &str,
    value: Value,
) -> std::result::Result<(), OutOfMemory> {
    let before = size_of_entry(session, scope, key);
    session.hold(VARIABLE_BYTES + key.len() + size(&value), before)?;
    change(session, scope, |scope| {
        scope.set(key, value);
    });
    Ok(())
}

fn size_of_entry(session: &Session, scope: usize, key: &str) -> usize {
    entry(session, scope, key).map_or(0, |entry| {
        VARIABLE_BYTES + entry.key.len() + size(&entry.value)
    })
}

/// About how much memory a value takes.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Structure(structure) => size_of_json(structure),
        _ => 0,
    }
}

fn size_of_json(value: &serde_json::Value) -> usize {
    let content = match value {
        serde_json::Value::String(text) => text.len(),
        serde_json::Value::Array(list) => list.iter().map(size_of_json).sum(),
        serde_json::Value::Object(members) => members
            .iter()
            .map(|(key, member)| VARIABLE_BYTES + key.len() + size_of_json(member))
            .sum(),
        _ => 0,
    };
    size_of::<serde_json::Value>() + content
}

/// Changes a layer, unless the script has given up its effects by skipping the request.
fn change(
    session: &mut Session,
    scope: usize,
    change: impl FnOnce(&mut crate::variables::VariableScope),
) {
    if session.skip_request {
        return;
    }
    let Some(context) = session.context.as_mut() else {
        return;
    };
    let scope = name(scope);
    if scope == ScopeName::Data && session.original_data.is_none() {
        session.original_data = Some(context.scopes.data.clone());
    }
    change(context.scopes.scope_mut(scope));
}
