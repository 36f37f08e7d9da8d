//! Writing scopes and the collection into files after a run.

use std::path::Path;
use std::time::SystemTime;

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::args::RunArgs;
use crate::cli::error::Error;
use crate::files::{export_path, write_atomically};
use crate::record::{CollectionInfo, RunSummary};
use crate::redact::Secrets;
use crate::variables::{Dialect, Variable, VariableKind};

/// Writes what the arguments ask for; gives the errors of what could not be written.
///
/// Secrets are hidden, because an exported file is passed on.
pub(super) fn write_exports(
    args: &RunArgs,
    collection: &CollectionInfo,
    summary: &RunSummary,
    secrets: &Secrets,
) -> Vec<Error> {
    let Some(started) = summary.started else {
        return Vec::new();
    };
    let finished = started + summary.duration;
    let scope = |scope: &Value, kind: &str| {
        let mut object = scope.clone();
        let entries = object["values"].as_array_mut().into_iter().flatten();
        if args.dialect() == Dialect::Postrider {
            entries.for_each(say_enabled);
        }
        object["_postman_variable_scope"] = Value::from(kind);
        stamped(object, finished)
    };
    let exports = [
        (
            &args.export_environment,
            "environment",
            scope(&summary.environment, "environment"),
        ),
        (
            &args.export_globals,
            "globals",
            scope(&summary.globals, "globals"),
        ),
        (&args.export_collection, "collection", {
            let mut object = Value::clone(&collection.definition);
            object["name"] = json!("collection");
            let variables = object.get_mut("variable").and_then(Value::as_array_mut);
            if args.dialect() == Dialect::Newman {
                variables.into_iter().flatten().for_each(convert);
            }
            stamped(object, finished)
        }),
    ];
    exports
        .into_iter()
        .filter_map(|(path, kind, content)| {
            write(path.as_deref()?, kind, &content, finished, secrets).err()
        })
        .collect()
}

/// Files of scopes say `enabled`, as the app writes and reads them; without it some tools take a variable
/// as switched off. newman writes `disabled` instead.
fn say_enabled(entry: &mut Value) {
    if let Some(entry) = entry.as_object_mut() {
        let is_disabled = entry.remove("disabled") == Some(Value::Bool(true));
        entry.insert("enabled".to_owned(), Value::Bool(!is_disabled));
    }
}

/// newman writes the variables of a collection as it has converted them (6.2.2): texts, numbers and booleans
/// into values of that type, an unknown type into `any`, a description into an object.
fn convert(entry: &mut Value) {
    let key = text_of(entry, "key").unwrap_or_default();
    let kind = text_of(entry, "type");
    let value = entry.get("value").cloned();
    let declared = Variable::declared(key, value, kind.as_deref(), false, Dialect::Newman);
    match declared.kind {
        VariableKind::String | VariableKind::Number | VariableKind::Boolean => {
            if let Some(value) = declared.value.to_json() {
                entry["value"] = value;
            }
        }
        VariableKind::Any | VariableKind::Secret => entry["type"] = json!("any"),
        VariableKind::Array | VariableKind::Object => {}
    }
    if let Some(description) = text_of(entry, "description") {
        entry["description"] = json!({"content": description, "type": "text/plain"});
    }
}

fn text_of(entry: &Value, name: &str) -> Option<String> {
    entry[name].as_str().map(str::to_owned)
}

fn stamped(mut object: Value, finished: SystemTime) -> Value {
    let finished = OffsetDateTime::from(finished)
        .format(&Rfc3339)
        .unwrap_or_default();
    object["_postman_exported_at"] = Value::from(finished);
    object["_postman_exported_using"] =
        Value::from(concat!("postrider/", env!("CARGO_PKG_VERSION")));
    object
}

fn write(
    path: &Path,
    kind: &'static str,
    content: &Value,
    finished: SystemTime,
    secrets: &Secrets,
) -> Result<(), Error> {
    let text = format!("{content:#}");
    write_atomically(
        &export_path(Some(path), kind, "json", finished),
        secrets.mask(&text).as_bytes(),
    )
    .map_err(|source| Error::Export { kind, source })
}
