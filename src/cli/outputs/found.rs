//! Looking variables up when a run is over.

use serde_json::Value as Json;

use crate::cli::error::Error;
use crate::record::mask_json;
use crate::redact::Secrets;
use crate::suggest::nearest;
use crate::variables::{ScopeName, Value, Variable, VariableKind, VariableScopes};

/// A value that is handed on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Output {
    /// The value with its type.
    pub(super) value: Json,
    /// The value as text; arrays and objects are JSON.
    pub(super) text: String,
    /// Whether a secret is hidden in it.
    pub(super) is_masked: bool,
}

/// What a lookup of all names has given.
#[derive(Debug)]
pub(in crate::cli) struct Found<'name> {
    /// Each name once, in the order in which they were asked for.
    pub(super) outputs: Vec<(&'name str, Option<Output>)>,
    /// One for each name that is not set.
    pub(in crate::cli) unset: Vec<Error>,
}

impl Found<'_> {
    /// The names whose values are not handed on as they are.
    pub(in crate::cli) fn masked_names(&self) -> impl Iterator<Item = &str> {
        self.outputs
            .iter()
            .filter(|(_, output)| output.as_ref().is_some_and(|output| output.is_masked))
            .map(|(name, _)| *name)
    }
}

/// Looks the names up in the order of `pm.variables.get`, but in no folder: the run has left them all.
pub(in crate::cli) fn find_outputs<'name>(
    names: &'name [String],
    scopes: &VariableScopes,
    secrets: &Secrets,
    show_secrets: bool,
) -> Found<'name> {
    let layers = || {
        ScopeName::ORDER
            .into_iter()
            .filter(|layer| *layer != ScopeName::Folder)
            .map(|layer| scopes.scope(layer))
    };
    let mut found = Found {
        outputs: Vec::new(),
        unset: Vec::new(),
    };
    for (position, name) in names.iter().enumerate() {
        if names[..position].contains(name) {
            continue;
        }
        let entry = layers().find_map(|scope| scope.entry(name));
        let output = entry.and_then(|entry| output(entry, secrets, show_secrets));
        if output.is_none() {
            let near = nearest(name, layers().flat_map(|scope| scope.names()));
            found.unset.push(Error::UnsetOutput {
                name: name.clone(),
                near: near.map(str::to_owned),
            });
        }
        found.outputs.push((name, output));
    }
    found
}

/// Nothing for a variable without a value.
fn output(entry: &Variable, secrets: &Secrets, show_secrets: bool) -> Option<Output> {
    let value = entry.value.to_json()?;
    let text = text_of(&entry.value, &value);
    if entry.kind == VariableKind::Secret && !show_secrets && !text.is_empty() {
        return Some(Output {
            value: Json::from("***"),
            text: "***".to_owned(),
            is_masked: true,
        });
    }
    let masked = mask_json(&value, secrets);
    let masked_text = secrets.mask(&text_of(&entry.value, &masked)).into_owned();
    Some(Output {
        is_masked: masked != value || masked_text != text,
        value: masked,
        text: masked_text,
    })
}

/// What stands in a request, but arrays and objects as JSON, which the next program can read.
fn text_of(value: &Value, json: &Json) -> String {
    match value {
        Value::Structure(_) => json.to_string(),
        other => other.to_text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts(scopes: &VariableScopes, names: &[&str], secrets: &Secrets) -> Vec<Option<String>> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let found = find_outputs(&names, scopes, secrets, false);
        found
            .outputs
            .into_iter()
            .map(|(_, output)| output.map(|output| output.text))
            .collect()
    }

    #[test]
    fn the_nearest_layer_wins_and_folders_are_left() {
        let mut scopes = VariableScopes::default();
        for (layer, text) in ScopeName::ORDER
            .into_iter()
            .zip(["l", "d", "e", "f", "c", "g"])
        {
            scopes.scope_mut(layer).set(text, text.into());
        }
        scopes.environment.set("both", "near".into());
        scopes.globals.set("both", "far".into());

        let found = texts(
            &scopes,
            &["l", "d", "e", "f", "c", "g", "both"],
            &Secrets::default(),
        );

        let found: Vec<&str> = found
            .iter()
            .map(|it| it.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(found, ["l", "d", "e", "-", "c", "g", "near"]);
    }

    #[test]
    fn values_that_are_no_texts_are_written_as_json() {
        let mut scopes = VariableScopes::default();
        let values = [
            json!({"a": [1, null]}),
            json!(1.0),
            json!(true),
            json!(null),
        ];
        for (name, value) in ["o", "n", "b", "z"].into_iter().zip(values) {
            scopes.environment.set(name, Value::from_json(value));
        }
        scopes.environment.set("u", Value::Undefined);

        let found = texts(&scopes, &["o", "n", "b", "z", "u"], &Secrets::default());

        let found: Vec<&str> = found
            .iter()
            .map(|it| it.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(found, ["{\"a\":[1,null]}", "1", "true", "null", "-"]);
    }

    #[test]
    fn a_secret_is_hidden_wherever_it_stands_in_a_value() {
        let secrets = Secrets::default();
        secrets.add("98765");
        let mut scopes = VariableScopes::default();
        scopes.environment.set_secret("s", "any".into());
        scopes.environment.set("t", "Bearer 98765".into());
        scopes
            .environment
            .set("o", Value::from_json(json!({"a": 98765})));

        let found = texts(&scopes, &["s", "t", "o"], &secrets);

        let found: Vec<&str> = found
            .iter()
            .map(|it| it.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(found, ["***", "Bearer ***", "{\"a\":\"***\"}"]);
    }
}
