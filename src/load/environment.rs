//! Loading environments and globals, which have the same form.

use serde_json::{Map, Value as Json};

use super::error::{Error, Input};
use super::json::load_json;
use crate::collection::CollectionVariable;
use crate::files::Source;
use crate::variables::{Value, Variable, VariableKind, VariableScope};

/// Which of the two a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeFile {
    /// An environment.
    Environment,
    /// The globals.
    Globals,
}

impl ScopeFile {
    fn input(self) -> Input {
        match self {
            Self::Environment => Input::Environment,
            Self::Globals => Input::Globals,
        }
    }

    /// The member in which an answer of Postman's API wraps it.
    fn wrapper(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Globals => "globals",
        }
    }
}

/// Reads an environment or globals: an export, a wrapped one, or a bare list of entries.
///
/// # Errors
///
/// When the file cannot be read, is not JSON or holds no list of variables.
pub(crate) fn load_scope(file: ScopeFile, source: &Source) -> Result<VariableScope, Error> {
    let input = file.input();
    let root = load_json(input, source)?;
    let error = |reason: &str| Error::Scope {
        input,
        name: source.to_string(),
        reason: reason.to_owned(),
    };
    let root = match root.get(file.wrapper()) {
        Some(inner @ Json::Object(_)) => inner,
        _ => &root,
    };
    let (entries, object) = match root {
        Json::Array(entries) => (entries, None),
        Json::Object(object) => match object.get("values") {
            Some(Json::Array(entries)) => (entries, Some(object)),
            Some(_) => return Err(error("`values` is not a list")),
            None if object.contains_key("item") => {
                return Err(error("it is a collection, not a list of variables"));
            }
            None => return Err(error("the object has no list `values`")),
        },
        _ => return Err(error("it is neither an object nor a list")),
    };
    let mut scope = VariableScope::default();
    for (position, entry) in entries.iter().enumerate() {
        let Json::Object(entry) = entry else {
            return Err(error(&format!("`values[{position}]` is not an object")));
        };
        if let Some(variable) = variable(entry) {
            scope.push(variable);
        }
    }
    let text = |key: &str| object?.get(key)?.as_str().map(str::to_owned);
    scope.id = text("id");
    scope.name = text("name");
    Ok(scope)
}

/// The variables of a collection as a scope.
pub(crate) fn collection_scope(variables: &[CollectionVariable]) -> VariableScope {
    VariableScope::from_entries(variables.iter().map(|variable| {
        let kind = variable
            .kind
            .as_deref()
            .map(VariableKind::from_name)
            .unwrap_or_default();
        let value = variable
            .value
            .clone()
            .map(Value::from_json)
            .unwrap_or_default();
        Variable {
            key: variable.key.clone(),
            value: cast(value, kind),
            kind,
            disabled: variable.disabled,
        }
    }))
}

/// `enabled: false` switches an entry off, as in the app that writes it; newman looks at `disabled`
/// only.
fn variable(entry: &Map<String, Json>) -> Option<Variable> {
    let key = entry.get("key")?.as_str()?.to_owned();
    let kind = entry
        .get("type")
        .and_then(Json::as_str)
        .map(VariableKind::from_name)
        .unwrap_or_default();
    let disabled = entry.get("disabled") == Some(&Json::Bool(true))
        || entry.get("enabled") == Some(&Json::Bool(false));
    let value = entry
        .get("value")
        .cloned()
        .map(Value::from_json)
        .unwrap_or_default();
    Some(Variable {
        key,
        value: cast(value, kind),
        kind,
        disabled,
    })
}

/// A declared type turns the value into one of that type; the text `false` is no true boolean.
fn cast(value: Value, kind: VariableKind) -> Value {
    match (kind, &value) {
        (_, Value::Undefined) => value,
        (VariableKind::String, _) => Value::String(value.to_text()),
        (VariableKind::Number, Value::String(text)) => serde_json::from_str(text.trim())
            .map(Value::Number)
            .unwrap_or(value),
        (VariableKind::Boolean, Value::String(text)) => {
            Value::Bool(!matches!(text.trim(), "" | "false"))
        }
        (VariableKind::Array | VariableKind::Object, Value::String(text)) => {
            serde_json::from_str(text)
                .map(Value::from_json)
                .unwrap_or(Value::Undefined)
        }
        _ => value,
    }
}
