//! What newman did, as it is stored beside a case.
//!
//! A file has the form of an observation, written for readers:
//! - what says nothing is left out (see `observation::without_defaults`);
//! - a content that is JSON stands as `{"json": …}` or, where it was indented, as `{"indented": …}`;
//! - a variable stands as an object;
//! - a text that differs between newman's own runs stands as `{"pattern": "a regular expression"}`, or as
//!   `"<token>"` where it is one word of letters, digits and marks;
//! - `<now>`, `<user-agent>`, `<postman-token>`, `<boundary>`, `<length>`, `<port>`, `<case>`, `<run>` and
//!   `<certificates>` stand for what they say.

use serde_json::Value;

use crate::javascript::{stringify, stringify_indented};
use crate::observation::{variable_text, without_defaults};

/// Reads stored facts into the tree that is compared.
pub(crate) fn read(text: &str) -> Result<Value, serde_json::Error> {
    let mut facts: Value = serde_json::from_str(text)?;
    bodies(&mut facts).for_each(expand_body);
    for variable in variables(&mut facts) {
        if variable.is_object() && variable.get("pattern").is_none() {
            *variable = variable_text(variable).into();
        }
    }
    without_defaults(&mut facts);
    Ok(facts)
}

/// The form in which an observation is stored. The ids of exports, which are new in each run unless a file
/// names them, are taken for varying.
pub(crate) fn write(observation: &Value) -> String {
    let mut facts = observation.clone();
    bodies(&mut facts).for_each(fold_body);
    let exports = facts.get_mut("exports").and_then(Value::as_object_mut);
    for export in exports.into_iter().flat_map(|exports| exports.values_mut()) {
        if let Some(id) = export.get_mut("id") {
            *id = "<token>".into();
        }
    }
    for variable in variables(&mut facts) {
        let parsed = serde_json::from_str(variable.as_str().unwrap_or_default());
        *variable = parsed.unwrap_or_default();
    }
    format!("{}\n", stringify_indented(&facts))
}

/// The contents of all requests and responses.
fn bodies(facts: &mut Value) -> impl Iterator<Item = &mut Value> {
    let lists = facts.as_object_mut().into_iter().flatten();
    lists
        .filter(|(name, _)| matches!(name.as_str(), "executions" | "wire"))
        .filter_map(|(_, list)| list.as_array_mut())
        .flatten()
        .filter_map(|entry| entry.get_mut("body"))
}

/// The variables of all scopes.
fn variables(facts: &mut Value) -> impl Iterator<Item = &mut Value> {
    let scopes = facts.get_mut("variables").and_then(Value::as_object_mut);
    scopes
        .into_iter()
        .flat_map(|scopes| scopes.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|scope| scope.values_mut())
}

fn expand_body(body: &mut Value) {
    if let Some(value) = body.get("json") {
        *body = stringify(value).into();
    } else if let Some(value) = body.get("indented") {
        *body = format!("{}\n", stringify_indented(value)).into();
    }
}

fn fold_body(body: &mut Value) {
    let Some(value) = body
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok())
    else {
        return;
    };
    for name in ["json", "indented"] {
        let folded = serde_json::json!({name: value});
        let mut expanded = folded.clone();
        expand_body(&mut expanded);
        if expanded == *body {
            *body = folded;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn contents_and_variables_are_expanded() {
        let text = json!({
            "wire": [{"body": {"json": {"a": 1}}}, {"body": {"indented": [2]}}, {"body": "plain"}],
            "variables": {"globals": {"a": {"value": false, "type": "any"}, "b": {"pattern": "x"}}},
        });

        let facts = read(&text.to_string()).unwrap();

        assert_eq!(facts["wire"][0]["body"], "{\"a\":1}");
        assert_eq!(facts["wire"][1]["body"], "[\n  2\n]\n");
        assert_eq!(facts["wire"][2]["body"], "plain");
        let globals = &facts["variables"]["globals"];
        assert_eq!(globals["a"], "{\"value\":false,\"type\":\"any\"}");
        assert_eq!(globals["b"]["pattern"], "x");
    }

    #[test]
    fn what_was_written_reads_the_same() {
        let observation = json!({
            "exit": 0,
            "console": ["", "a"],
            "variables": {"globals": {"a": "{\"value\":null,\"type\":\"any\"}"}},
            "exports": {"globals": {"id": "<token>", "name": "globals"}},
            "wire": [
                {"headers": {"x-empty": ""}, "body": "text"},
                {"body": "{\"a\":[1,{}]}"},
                {"body": "{\n  \"a\": 1\n}\n"},
                {"body": "{ \"a\": 1.0 }"},
            ],
        });

        assert_eq!(read(&write(&observation)).unwrap(), observation);
    }
}
