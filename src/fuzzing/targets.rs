//! One function for each thing that takes bytes from outside.

use std::path::Path;

use crate::collection::{Auth, Request};
use crate::files::{Source, WorkingDir};
use crate::load::{ScopeFile, load_collection, load_iteration_data, load_rules, load_scope};
use crate::plan::plan_all;
use crate::resolve::{Replace, resolve};
use crate::variables::{Dialect, VariableScopes};

/// Reads a collection, plans it and resolves every request of it.
pub fn collection(bytes: &[u8]) {
    for dialect in [Dialect::Postrider, Dialect::Newman] {
        let Ok((collection, _)) = load_collection(&fetched(bytes), dialect) else {
            continue;
        };
        collection.to_json();
        for item in &plan_all(&collection, dialect).items {
            resolve_request(&item.request, item.auth.as_ref());
        }
    }
}

/// Reads an environment and globals.
pub fn environment(bytes: &[u8]) {
    for dialect in [Dialect::Postrider, Dialect::Newman] {
        for file in [ScopeFile::Environment, ScopeFile::Globals] {
            // Only panics count here.
            let _read = load_scope(file, &fetched(bytes), dialect);
        }
    }
}

/// Reads iteration data and all its rows, whose number must be the one that was counted.
pub fn iteration_data(bytes: &[u8]) {
    for dialect in [Dialect::Postrider, Dialect::Newman] {
        if let Ok(data) = load_iteration_data(&fetched(bytes), dialect) {
            assert_eq!(data.rows.count(), data.row_count);
        }
    }
}

/// Reads a rules file.
pub fn rules(bytes: &[u8]) {
    // Only panics count here.
    let _read = load_rules(&fetched(bytes));
}

/// Takes the text for a JSONPath of a rules file.
pub fn json_path(bytes: &[u8]) {
    let path = serde_json::Value::from(String::from_utf8_lossy(bytes));
    rules(
        format!(
            "version: 1\nrules: [{{request: A, capture: [{{variable: v, jsonpath: {path}}}]}}]"
        )
        .as_bytes(),
    );
}

/// Takes the bytes for the definition of a request, else for a URL, and resolves it.
pub fn request(bytes: &[u8]) {
    let definition = serde_json::from_slice(bytes)
        .unwrap_or_else(|_| serde_json::Value::from(String::from_utf8_lossy(bytes)));
    let request = Request::from_json(&definition);
    Request::from_json(&request.to_json());
    resolve_request(&request, request.auth.as_ref());
}

/// Replaces variables in a text; without a token the text stays.
pub fn substitution(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut scopes = VariableScopes {
        angle_variables: true,
        ..VariableScopes::default()
    };
    scopes.environment.set("a", "{{b}}<<a>>".into());
    scopes.environment.set("b", text.as_ref().into());
    let replaced = scopes.substitute(&text);
    if !text.contains("{{") && !text.contains("<<") {
        assert_eq!(replaced.text, text);
    }
}

fn resolve_request(request: &Request, auth: Option<&Auth>) {
    let Ok(files) = WorkingDir::new(Path::new("."), false) else {
        return;
    };
    let scopes = VariableScopes {
        angle_variables: true,
        ..VariableScopes::default()
    };
    let behavior = serde_json::Map::new();
    if let Ok(prepared) = resolve(
        request,
        auth,
        &behavior,
        Replace::Everywhere(&scopes),
        &files,
        Dialect::Postrider,
    ) {
        let (sent, definition) = prepared.complete();
        assert!(sent.url.target.starts_with('/'));
        definition.to_json(&sent);
    }
}

fn fetched(bytes: &[u8]) -> Source {
    Source::Fetched {
        name: String::new(),
        bytes: bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// Names that mean something to a reader, and some that do not.
    const NAMES: [&str; 36] = [
        "info",
        "name",
        "item",
        "request",
        "url",
        "method",
        "header",
        "body",
        "mode",
        "raw",
        "urlencoded",
        "formdata",
        "key",
        "value",
        "type",
        "src",
        "auth",
        "bearer",
        "event",
        "listen",
        "script",
        "exec",
        "variable",
        "host",
        "path",
        "query",
        "port",
        "protocol",
        "values",
        "enabled",
        "disabled",
        "order",
        "requests",
        "collection",
        "graphql",
        "x",
    ];

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "(\\{\\{|\\}\\}|<<|>>|[a-z:/?&=#@.%\\[\\] é]){0,12}".prop_map(Value::from),
            prop_oneof![
                Just("POST"),
                Just("raw"),
                Just("file"),
                Just("http://h/:a?b"),
                Just("test")
            ]
            .prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 64, 6, |inner| {
            let name = (0..NAMES.len()).prop_map(|position| NAMES[position].to_owned());
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((name, inner), 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for target in [collection, environment, iteration_data, rules, json_path, request, substitution] {
                target(&bytes);
            }
        }

        #[test]
        fn no_json_makes_a_reader_panic(value in json()) {
            let items = serde_json::json!({"info": {"name": "C"}, "item": [value]}).to_string();
            let text = value.to_string();
            for target in [collection, environment, iteration_data, rules, request] {
                target(text.as_bytes());
            }
            collection(items.as_bytes());
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in "(version: 1|rules:|- |request: |\\{|\\}|\\[|\\]|name: |\"|'|,|\n|  |a|é|\\$\\.|\\*|\\?|@)*") {
            for target in [collection, environment, iteration_data, rules, json_path, request, substitution] {
                target(text.as_bytes());
            }
        }
    }
}
