//! A scope as reports and exports print it.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::Options;
use crate::variables::{Dialect, Variable, VariableKind, VariableScope};

/// The scope in the form that newman writes; the value of an entry of type `secret` is hidden on demand.
pub(super) fn scope_report(scope: &VariableScope, name: &str, options: &Options) -> Json {
    let values: Vec<Json> = scope
        .entries()
        .iter()
        .map(|entry| entry_report(entry, options))
        .collect();
    json!({
        "id": scope.id.clone().unwrap_or_else(|| Uuid::new_v4().to_string()),
        "name": scope.name.as_deref().unwrap_or(name),
        "values": values,
    })
}

fn entry_report(entry: &Variable, options: &Options) -> Json {
    let is_secret = entry.kind == VariableKind::Secret;
    // newman knows no such type, and writes every description as an object.
    let (kind, description) = match (options.dialect, &entry.description) {
        (Dialect::Newman, description) => (
            if is_secret {
                VariableKind::Any
            } else {
                entry.kind
            },
            description.as_ref().map(|text| match text {
                Json::String(text) => json!({"content": text, "type": "text/plain"}),
                other => other.clone(),
            }),
        ),
        (Dialect::Postrider, description) => (entry.kind, description.clone()),
    };
    let mut object = json!({ "type": kind.name() });
    if let Some(value) = entry.value.to_json() {
        let is_hidden = is_secret && !options.show_secrets && !entry.value.to_text().is_empty();
        object["value"] = if is_hidden { Json::from("***") } else { value };
    }
    object["key"] = Json::from(entry.key.as_str());
    if let Some(description) = description {
        object["description"] = description;
    }
    if entry.disabled {
        object["disabled"] = Json::Bool(true);
    }
    object
}
