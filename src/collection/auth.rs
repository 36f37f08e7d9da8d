//! The `auth` member of collections, folders and requests.

use serde_json::{Map, Value, json};

use super::json::text;

/// The parameters of an authorization, in order.
pub(crate) type AuthParameters = Vec<(String, Value)>;

/// An authorization with its type and parameters, as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Auth {
    /// `bearer`, `basic`, `noauth` and so on.
    pub(crate) kind: String,
    /// Keys and values; a later entry of the same key wins.
    pub(crate) parameters: AuthParameters,
}

impl Auth {
    /// Reads the member; absent, null, empty or without a `type` means "inherit" (as newman 6.2.2).
    ///
    /// v2.1 writes the parameters as a list of keys and values, v2.0 as a map.
    pub(crate) fn from_json(value: Option<&Value>) -> Option<Self> {
        let object = value?.as_object()?;
        let kind = text(object, "type").filter(|kind| !kind.is_empty())?;
        let parameters = match object.get(&kind) {
            Some(Value::Array(members)) => members
                .iter()
                .filter_map(Value::as_object)
                .filter_map(entry)
                .collect(),
            Some(Value::Object(map)) => map
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
            _ => Vec::new(),
        };
        Some(Self { kind, parameters })
    }

    /// The authorization in the form of collection v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let parameters: Vec<Value> = self
            .parameters
            .iter()
            .map(|(key, value)| json!({ "type": "any", "value": value, "key": key }))
            .collect();
        let mut object = Map::new();
        object.insert("type".to_owned(), Value::from(self.kind.as_str()));
        object.insert(self.kind.clone(), Value::Array(parameters));
        Value::Object(object)
    }
}

fn entry(member: &Map<String, Value>) -> Option<(String, Value)> {
    Some((
        text(member, "key")?,
        member.get("value").cloned().unwrap_or_default(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_parameters_are_read() {
        let list = json!({"type": "basic", "basic": [{"key": "username", "value": "u"}]});
        let map = json!({"type": "basic", "basic": {"username": "u"}});

        for form in [list, map] {
            let auth = Auth::from_json(Some(&form)).unwrap();
            assert_eq!(auth.parameters, [("username".to_owned(), json!("u"))]);
        }
    }

    #[test]
    fn an_auth_without_a_type_inherits() {
        for form in [json!(null), json!({}), json!({"type": null})] {
            assert_eq!(Auth::from_json(Some(&form)), None);
        }
    }
}
