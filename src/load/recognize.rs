//! What a file is for, by what it holds and what it is called.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::error::{Error, Input};
use super::text::load_text;
use crate::files::{Source, is_folder, list_folder};

/// Finds out what a source is for; nothing when it is none of the inputs.
///
/// What the file holds decides; its name does where that says nothing, such as for a file that is broken.
/// A folder is a collection when it has a definition or a request in YAML of its own.
///
/// # Errors
///
/// When it cannot be read, or is empty or binary.
pub(crate) fn recognize(source: &Source) -> Result<Option<Input>, Error> {
    let name = match source {
        Source::Path(path) if is_folder(path) => {
            return is_collection_folder(path).map(|is_one| is_one.then_some(Input::Collection));
        }
        Source::Path(path) => path.clone(),
        other => PathBuf::from(without_query(&other.to_string())),
    };
    let by_name = by_name(&name);
    if by_name == Some(Input::IterationData) {
        return Ok(by_name);
    }
    let text = load_text(by_name.unwrap_or(Input::Collection), source)?;
    Ok(match extension(&name).as_str() {
        "json" => by_json(&text, by_name),
        "yaml" | "yml" => by_yaml(&text, by_name),
        _ if text.trim_start().starts_with(['{', '[']) => by_json(&text, by_name),
        _ => by_yaml(&text, by_name),
    })
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

fn is_collection_folder(path: &Path) -> Result<bool, Error> {
    let list = |path: &Path| {
        list_folder(path).map_err(|source| Error::File {
            input: Input::Collection,
            name: path.display().to_string(),
            source,
        })
    };
    let entries = list(path)?;
    let is_request = |name: &str| name.ends_with(".request.yaml") || name.ends_with(".request.yml");
    if entries
        .iter()
        .any(|entry| !entry.is_folder && is_request(&entry.name))
    {
        return Ok(true);
    }
    let resources = entries
        .iter()
        .find(|entry| entry.is_folder && entry.name == ".resources");
    let Some(resources) = resources else {
        return Ok(false);
    };
    let files = list(&resources.path)?;
    let names = ["definition.yaml", "definition.yml"];
    Ok(files.iter().any(|file| names.contains(&file.name.as_str())))
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    extension.to_ascii_lowercase()
}

fn by_name(path: &Path) -> Option<Input> {
    if matches!(extension(path).as_str(), "csv" | "jsonl" | "ndjson") {
        return Some(Input::IterationData);
    }
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let is_definition =
        name.starts_with("definition.") && path.parent()?.ends_with(Path::new(".resources"));
    let words = [
        ("globals", Input::Globals),
        ("environment", Input::Environment),
        ("collection", Input::Collection),
        (".request.", Input::Collection),
        ("rules", Input::Rules),
    ];
    if is_definition {
        return Some(Input::Collection);
    }
    words
        .iter()
        .find(|(word, _)| name.contains(word))
        .map(|(_, input)| *input)
}

fn by_json(text: &str, by_name: Option<Input>) -> Option<Input> {
    let Ok(root) = serde_json::from_str::<Value>(text) else {
        return by_name.or(Some(Input::Collection));
    };
    match root {
        Value::Object(object) => by_members(&object).map_or(by_name, |input| {
            let is_globals = input == Input::Environment && by_name == Some(Input::Globals);
            Some(if is_globals { Input::Globals } else { input })
        }),
        Value::Array(members) if members.iter().all(is_variable) && !members.is_empty() => {
            Some(match by_name {
                Some(Input::Globals) => Input::Globals,
                _ => Input::Environment,
            })
        }
        Value::Array(members) if members.iter().all(Value::is_object) => match by_name {
            Some(Input::Environment | Input::Globals) => by_name,
            _ => Some(Input::IterationData),
        },
        _ => by_name,
    }
}

fn by_members(object: &Map<String, Value>) -> Option<Input> {
    let has = |key: &str| object.contains_key(key);
    let is_globals = has("globals")
        || object
            .get("_postman_variable_scope")
            .and_then(Value::as_str)
            == Some("globals");
    if has("item") || has("requests") || has("collection") {
        Some(Input::Collection)
    } else if is_globals {
        Some(Input::Globals)
    } else if has("values") || has("environment") {
        Some(Input::Environment)
    } else {
        None
    }
}

/// Whether a row is the entry of an environment, and not a row of data that has a column `key`.
fn is_variable(row: &Value) -> bool {
    let known = [
        "key",
        "value",
        "type",
        "enabled",
        "disabled",
        "description",
        "id",
        "name",
    ];
    row.as_object().is_some_and(|row| {
        row.get("key").is_some_and(Value::is_string)
            && row.contains_key("value")
            && row.keys().all(|key| known.contains(&key.as_str()))
    })
}

/// The keys at the beginning of lines are enough, also for a file that is not valid.
fn by_yaml(text: &str, by_name: Option<Input>) -> Option<Input> {
    let has = |key: &str| {
        text.lines().any(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        })
    };
    if by_name == Some(Input::Collection) || by_name == Some(Input::Rules) {
        return by_name;
    }
    if has("rules") {
        Some(Input::Rules)
    } else if has("values") {
        by_name.or(Some(Input::Environment))
    } else if has("$kind") {
        Some(Input::Collection)
    } else {
        by_name
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests have files of their own")]
mod tests {
    use super::*;

    fn recognized(name: &str, text: &str) -> Option<Input> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        recognize(&Source::Path(path)).unwrap()
    }

    #[test]
    fn what_a_file_holds_decides() {
        let cases = [
            ("x.json", r#"{"info": {}, "item": []}"#, Input::Collection),
            (
                "x.json",
                r#"{"collection": {"requests": []}}"#,
                Input::Collection,
            ),
            ("x.json", r#"{"values": []}"#, Input::Environment),
            (
                "x.json",
                r#"{"environment": {"values": []}}"#,
                Input::Environment,
            ),
            (
                "x.json",
                r#"{"values": [], "_postman_variable_scope": "globals"}"#,
                Input::Globals,
            ),
            (
                "x.json",
                r#"[{"key": "a", "value": "1"}]"#,
                Input::Environment,
            ),
            (
                "x.json",
                r#"[{"key": "a", "value": "1", "other": 2}]"#,
                Input::IterationData,
            ),
            (
                "my.environment.json",
                r#"[{"key": "a", "value": "1", "other": 2}]"#,
                Input::Environment,
            ),
            ("x", r#"[{"a": 1}]"#, Input::IterationData),
            ("x.yaml", "version: 1\nrules: []\n", Input::Rules),
            ("x.yaml", "name: N\nvalues: []\n", Input::Environment),
            ("x.csv", "a,b\n", Input::IterationData),
        ];

        for (name, text, expected) in cases {
            assert_eq!(recognized(name, text), Some(expected), "{name}: {text}");
        }
    }

    #[test]
    fn the_name_decides_about_a_broken_file() {
        let cases = [
            ("a.postman_environment.json", "{", Input::Environment),
            ("my.globals.json", "{", Input::Globals),
            ("a.json", "{", Input::Collection),
            ("a.rules.yaml", "version: 2\n", Input::Rules),
            ("a.request.yaml", "url: x\n", Input::Collection),
        ];

        for (name, text, expected) in cases {
            assert_eq!(recognized(name, text), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_was_fetched_is_known_by_the_same_signs() {
        let cases = [
            (
                "https://h/c.json?apikey=x.csv",
                r#"{"item": []}"#,
                Some(Input::Collection),
            ),
            ("https://h/my.globals.json#a", "{", Some(Input::Globals)),
            (
                "https://h/data.csv?v=1",
                "a,b\n",
                Some(Input::IterationData),
            ),
            ("https://h/x", "rules: []\n", Some(Input::Rules)),
            (
                "the standard input",
                r#"{"values": []}"#,
                Some(Input::Environment),
            ),
            ("the standard input", "a,b\n", None),
        ];

        for (name, text, expected) in cases {
            let source = Source::Fetched {
                name: name.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            assert_eq!(recognize(&source).unwrap(), expected, "{name}: {text}");
        }
    }

    #[test]
    fn other_files_and_folders_are_nothing() {
        let folder = tempfile::tempdir().unwrap();

        assert_eq!(recognized("package.json", r#"{"name": "n"}"#), None);
        assert_eq!(recognized("ci.yaml", "jobs:\n  a: 1\n"), None);
        assert_eq!(
            recognize(&Source::Path(folder.path().to_owned())).unwrap(),
            None
        );
    }
}
