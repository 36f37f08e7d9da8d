//! A scope as reports and exports print it.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::variables::{VariableKind, VariableScope};

/// The scope in the form that newman writes; the value of an entry of type `secret` is hidden on demand.
pub(super) fn scope_report(scope: &VariableScope, name: &str, show_secrets: bool) -> Json {
    let values: Vec<Json> = scope
        .entries()
        .iter()
        .map(|entry| {
            let mut object = json!({ "type": entry.kind.name() });
            if let Some(value) = entry.value.to_json() {
                let shown = match entry.kind {
                    VariableKind::Secret if !show_secrets && !entry.value.to_text().is_empty() => {
                        Json::from("***")
                    }
                    _ => value,
                };
                object["value"] = shown;
            }
            object["key"] = Json::from(entry.key.as_str());
            if let Some(description) = &entry.description {
                object["description"] = description.clone();
            }
            if entry.disabled {
                object["disabled"] = Json::Bool(true);
            }
            object
        })
        .collect();
    json!({
        "id": scope.id.clone().unwrap_or_else(|| Uuid::new_v4().to_string()),
        "name": scope.name.as_deref().unwrap_or(name),
        "values": values,
    })
}
