//! Small readers of untidy JSON members.

use serde_json::{Map, Value};

/// What a value is, with its article, for messages.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The member if it is a text.
pub(super) fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// Whether the member is truthy in JavaScript's sense.
pub(super) fn is_truthy(object: &Map<String, Value>, key: &str) -> bool {
    match object.get(key) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    }
}

/// The text of `description`, which is a text or an object with `content`.
pub(super) fn description(object: &Map<String, Value>) -> Option<String> {
    match object.get("description")? {
        Value::String(text) => Some(text.clone()),
        Value::Object(inner) => text(inner, "content"),
        _ => None,
    }
}

/// JavaScript's `String(value)` for a member that stands where a text belongs; absent is empty.
pub(super) fn loose_text(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
