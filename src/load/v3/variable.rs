//! Variables of definitions, environments and globals.

use serde_json::Value;

use crate::collection::CollectionVariable;
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node};

const KEYS: [&str; 9] = [
    "id",
    "key",
    "value",
    "type",
    "enabled",
    "disabled",
    "secret",
    "source",
    "description",
];

/// Reads a list of entries or a map of keys and values.
pub(super) fn read(node: &Node, notices: &mut Notices) -> Vec<CollectionVariable> {
    match &node.content {
        Content::List(members) => members
            .iter()
            .filter_map(|member| entry(member, notices))
            .collect(),
        Content::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| CollectionVariable {
                key: key.text.clone(),
                value: Some(value_of(value, &key.text, notices)),
                kind: None,
                disabled: false,
                description: None,
            })
            .collect(),
        Content::Scalar(_) => {
            if !node.is_null() {
                let message = format!("{} stands where variables belong", node.kind());
                notices.push(node.line, message, None);
            }
            Vec::new()
        }
    }
}

fn entry(node: &Node, notices: &mut Notices) -> Option<CollectionVariable> {
    let fields = Fields::read(node, "a variable", &KEYS, notices)?;
    let Some(key) = fields.text("key", notices) else {
        notices.push(node.line, "the variable has no `key`".to_owned(), None);
        return None;
    };
    let is_secret = fields.is("secret", true);
    let kind = match is_secret {
        true => Some("secret".to_owned()),
        false => fields.text("type", notices),
    };
    let value = match (fields.get("value"), fields.get("source")) {
        (None, Some(source)) => {
            notices.advise(
                source.line,
                format!("the value of `{key}` is kept elsewhere and is not in the file"),
                "set it with --env-var or --global-var",
            );
            return None;
        }
        (value, _) => value.map(|value| value_of(value, &key, notices)),
    };
    Some(CollectionVariable {
        value,
        kind,
        disabled: fields.is("disabled", true) || fields.is("enabled", false),
        description: fields.text("description", notices).map(Value::from),
        key,
    })
}

/// Nothing is an empty text; a number or boolean that is printed as it was written keeps its type.
fn value_of(node: &Node, key: &str, notices: &mut Notices) -> Value {
    match &node.content {
        Content::Scalar(scalar) if scalar.is_changed() => {
            notices.advise(
                node.line,
                format!(
                    "the value of `{key}` stands in no quotes, and YAML reads it as {}",
                    node.kind()
                ),
                "put it in quotes to keep it as it is written",
            );
            Value::from(scalar.text.as_str())
        }
        Content::Scalar(scalar) if scalar.json.is_null() => Value::from(""),
        _ => node.to_json(),
    }
}
