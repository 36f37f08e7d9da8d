//! Members that collections of every JSON format have.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::collection::json::{is_truthy, text};
use crate::collection::{CollectionVariable, Event, Script, ScriptKind};

/// An id for what has none in its file.
pub(super) fn fresh_id() -> String {
    Uuid::new_v4().to_string()
}

/// The first of these members that is a text and not empty.
pub(super) fn first_text(candidates: &[(&Map<String, Value>, &str)]) -> Option<String> {
    candidates
        .iter()
        .find_map(|(object, key)| text(object, key).filter(|text| !text.is_empty()))
}

/// The objects of a list; anything else counts as absent.
pub(super) fn objects(value: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_object)
}

/// Whether an entry is switched off: newer files say `disabled`, older ones `enabled`.
pub(super) fn is_disabled(object: &Map<String, Value>) -> bool {
    is_truthy(object, "disabled") || object.get("enabled") == Some(&Value::Bool(false))
}

/// `protocolProfileBehavior`.
pub(super) fn behavior(object: &Map<String, Value>) -> Map<String, Value> {
    object
        .get("protocolProfileBehavior")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

/// The scripts of an `event` or `events` list.
pub(super) fn events(value: Option<&Value>) -> Vec<Event> {
    objects(value).filter_map(event).collect()
}

fn event(object: &Map<String, Value>) -> Option<Event> {
    let listen = match object.get("listen")?.as_str()? {
        "prerequest" => ScriptKind::Prerequest,
        "test" => ScriptKind::Test,
        _ => return None,
    };
    let script = match object.get("script")? {
        Value::Object(script) => Script {
            id: text(script, "id"),
            source: source(script.get("exec")?)?,
        },
        other => Script {
            id: None,
            source: source(other)?,
        },
    };
    Some(Event {
        listen,
        script,
        disabled: is_truthy(object, "disabled"),
    })
}

/// The text of a script, which is a text or a list of lines.
pub(super) fn source(exec: &Value) -> Option<String> {
    match exec {
        Value::String(text) => Some(text.replace("\r\n", "\n")),
        Value::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            Some(lines.join("\n"))
        }
        _ => None,
    }
}

/// The entries of a `variable` or `variables` list that have a key; an entry with only an `id` cannot be
/// looked up (as newman 6.2.2).
pub(super) fn variables(value: Option<&Value>) -> Vec<CollectionVariable> {
    objects(value)
        .filter_map(|object| {
            Some(CollectionVariable {
                key: text(object, "key")?,
                value: object.get("value").cloned(),
                kind: text(object, "type"),
                disabled: is_disabled(object),
                description: object
                    .get("description")
                    .filter(|text| !text.is_null())
                    .cloned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_script_is_read_in_every_form() {
        let forms = [
            json!("a();\r\nb();"),
            json!("a();\nb();"),
            json!(["a();", "b();"]),
            json!({"exec": "a();\r\nb();"}),
            json!({"exec": ["a();\nb();"]}),
        ];

        for script in forms {
            let file = json!([{"listen": "test", "script": script}]);
            assert_eq!(events(Some(&file))[0].script.source, "a();\nb();");
        }
    }

    #[test]
    fn events_without_a_script_to_run_are_left_out() {
        let file = json!([
            null, {"listen": "test"}, {"listen": "test", "script": {"src": "x.js"}},
            {"listen": "test", "script": {"exec": null}}, {"listen": "other", "script": "x"}
        ]);

        assert_eq!(events(Some(&file)), []);
        assert_eq!(events(Some(&json!(null))), []);
    }

    #[test]
    fn a_variable_needs_a_key_and_may_be_switched_off() {
        let file = json!([
            {"id": "a", "value": "1"}, {"key": "b", "disabled": true}, {"key": "c", "enabled": false},
            {"key": "d", "value": null, "type": "any", "enabled": true}
        ]);

        let found: Vec<_> = variables(Some(&file))
            .into_iter()
            .map(|variable| (variable.key, variable.value, variable.disabled))
            .collect();
        assert_eq!(
            found,
            [
                ("b".to_owned(), None, true),
                ("c".to_owned(), None, true),
                ("d".to_owned(), Some(json!(null)), false),
            ]
        );
    }
}
