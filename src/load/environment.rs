//! Loading environments and globals, which have the same form.

use std::ffi::OsStr;

use serde_json::{Map, Value as Json};

use super::error::{Error, Input};
use super::json::{error_at, parse_json};
use super::notice::{Notice, Notices};
use super::text::load_text;
use super::v3;
use super::yaml::parse_yaml;
use crate::files::Source;
use crate::variables::{Dialect, Variable, VariableScope};

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

/// Reads an environment or globals: an export, a wrapped one, a bare list of entries, or a YAML file.
///
/// # Errors
///
/// When the file cannot be read, is neither JSON nor YAML, or holds no list of variables.
pub(crate) fn load_scope(
    file: ScopeFile,
    source: &Source,
    dialect: Dialect,
) -> Result<(VariableScope, Vec<Notice>), Error> {
    let input = file.input();
    let text = load_text(input, source)?;
    let error = |reason: String| Error::Scope {
        input,
        name: source.to_string(),
        reason,
    };
    if is_yaml(source, &text) {
        let mut notices = Notices::about(source.to_string());
        let node = parse_yaml(&text, &mut notices).map_err(|reason| Error::Yaml {
            input,
            name: source.to_string(),
            source: reason,
        })?;
        let scope = v3::read_scope(&node, &mut notices).map_err(error)?;
        return Ok((scope, notices.into_list()));
    }
    let root = parse_json(input, source, &text)?;
    let scope = read_scope(file, &root, dialect).map_err(|problem| {
        let path = problem.path.as_deref();
        match path.and_then(|path| error_at(&text, path, problem.reason.clone())) {
            Some(found) => Error::ScopeMember {
                input,
                name: source.to_string(),
                source: found,
            },
            None => error(problem.reason),
        }
    })?;
    Ok((scope, Vec::new()))
}

/// The ending of a name decides; without one that says something, the beginning of a line does.
fn is_yaml(source: &Source, text: &str) -> bool {
    let extension = match source {
        Source::Path(path) => path.extension().and_then(OsStr::to_str).unwrap_or_default(),
        Source::StandardInput | Source::Url(_) | Source::Fetched { .. } => "",
    };
    let keys = ["name:", "values:", "$kind:"];
    match extension.to_ascii_lowercase().as_str() {
        "yaml" | "yml" => true,
        "json" => false,
        _ => text
            .lines()
            .any(|line| keys.iter().any(|key| line.starts_with(key))),
    }
}

/// Why a file holds no list of variables.
struct Problem {
    /// The path of the value that is wrong.
    path: Option<String>,
    reason: String,
}

impl Problem {
    fn of_file(reason: &str) -> Self {
        Self {
            path: None,
            reason: reason.to_owned(),
        }
    }

    fn at(path: String, what: &str) -> Self {
        let reason = format!("`{path}` is {what}");
        Self {
            path: Some(path),
            reason,
        }
    }
}

/// The export itself, which an answer of Postman's API wraps once or twice, and the path to it.
fn unwrap(file: ScopeFile, root: &Json) -> (&Json, String) {
    let (mut inner, mut path) = (root, String::new());
    for _ in 0..2 {
        match inner.get(file.wrapper()) {
            Some(wrapped @ Json::Object(_)) if inner.get("values").is_none() => {
                inner = wrapped;
                path.push_str(file.wrapper());
                path.push('.');
            }
            _ => break,
        }
    }
    (inner, path)
}

fn read_scope(file: ScopeFile, root: &Json, dialect: Dialect) -> Result<VariableScope, Problem> {
    let (inner, mut path) = unwrap(file, root);
    let (entries, object) = match inner {
        Json::Array(entries) => (entries.as_slice(), None),
        Json::Object(object) => {
            path.push_str("values");
            match object.get("values") {
                Some(Json::Array(entries)) => (entries.as_slice(), Some(object)),
                // newman takes any other object for a file without variables.
                _ if dialect == Dialect::Newman => (&[][..], Some(object)),
                Some(_) => return Err(Problem::at(path, "not a list")),
                None if object.contains_key("item") => {
                    let reason = "it is a collection, not a list of variables";
                    return Err(Problem::of_file(reason));
                }
                None => return Err(Problem::of_file("the object has no list `values`")),
            }
        }
        _ => return Err(Problem::of_file("it is neither an object nor a list")),
    };
    let mut scope = VariableScope::default();
    for (position, entry) in entries.iter().enumerate() {
        let Json::Object(entry) = entry else {
            if dialect == Dialect::Newman {
                continue;
            }
            return Err(Problem::at(format!("{path}[{position}]"), "not an object"));
        };
        if let Some(variable) = variable(entry, dialect) {
            scope.push(variable);
        }
    }
    let text = |key: &str| object?.get(key)?.as_str().map(str::to_owned);
    scope.id = text("id");
    scope.name = text("name");
    Ok(scope)
}

/// `enabled: false` switches an entry off, as in the app that writes it; newman looks at `disabled`
/// only.
fn variable(entry: &Map<String, Json>, dialect: Dialect) -> Option<Variable> {
    let key = entry.get("key")?.as_str()?.to_owned();
    let disabled = entry.get("disabled") == Some(&Json::Bool(true))
        || dialect == Dialect::Postrider && entry.get("enabled") == Some(&Json::Bool(false));
    let variable = Variable::declared(
        key,
        entry.get("value").cloned(),
        entry.get("type").and_then(Json::as_str),
        disabled,
        dialect,
    );
    Some(Variable {
        description: entry
            .get("description")
            .filter(|text| !text.is_null())
            .cloned(),
        ..variable
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_atomically;
    use serde_json::json;

    fn load(name: &str, bytes: &[u8]) -> Result<(VariableScope, Vec<Notice>), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        write_atomically(&path, bytes).unwrap();
        load_scope(
            ScopeFile::Environment,
            &Source::Path(path.clone()),
            Dialect::Postrider,
        )
        .map_err(|error| {
            let name = path.display().to_string();
            let cause = std::error::Error::source(&error);
            let cause = cause.map_or(String::new(), |cause| format!(": {cause}"));
            let cause = cause.lines().next().unwrap_or_default();
            format!("{error}{cause}").replace(&name, "FILE")
        })
    }

    fn value(scope: &VariableScope, key: &str) -> Option<String> {
        Some(scope.get(key)?.to_text())
    }

    #[test]
    fn every_shape_of_an_export_is_read() {
        let list = json!([{"key": "a", "value": "1"}]);
        let plain = json!({"name": "N", "values": list});
        let once = json!({ "environment": plain });
        let twice = json!({ "environment": once });

        for form in [list, plain, once, twice] {
            let (scope, _) = load("e.json", form.to_string().as_bytes()).unwrap();
            assert_eq!(value(&scope, "a").as_deref(), Some("1"), "{form}");
        }
    }

    #[test]
    fn marks_and_utf_16_are_understood() {
        let text = r#"{"values": [{"key": "a", "value": "ü"}]}"#;
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let forms = [
            ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
            units.clone().flat_map(u16::to_le_bytes).collect(),
            units.flat_map(u16::to_be_bytes).collect(),
        ];

        for bytes in forms {
            let (scope, _) = load("e.json", &bytes).unwrap();
            assert_eq!(value(&scope, "a").as_deref(), Some("ü"));
        }
    }

    #[test]
    fn yaml_is_told_by_its_ending_or_its_beginning() {
        let text = "name: N\nvalues:\n  - key: a\n    value: {{b}}\n";

        for name in ["e.environment.yaml", "e.yml", "e.YAML", "e", "e.txt"] {
            let (scope, notices) = load(name, text.as_bytes()).unwrap();
            assert_eq!(value(&scope, "a").as_deref(), Some("{{b}}"), "{name}");
            assert_eq!(notices.len(), 1);
        }
    }

    #[test]
    fn what_is_no_environment_is_an_error() {
        let cases = [
            (
                "e.json",
                "{\"item\": []}",
                "it is a collection, not a list of variables",
            ),
            (
                "e.json",
                "{\"values\": {}}",
                "line 1, column 12: `values` is not a list",
            ),
            (
                "e.json",
                "{\"values\": [1]}",
                "line 1, column 13: `values[0]` is not an object",
            ),
            ("e.json", "\"x\"", "it is neither an object nor a list"),
            ("e.json", "name: N\n", "it is not valid JSON"),
            ("e.txt", "{\"values\": []", "it is not valid JSON"),
            ("e.yaml", "values: [\n", "it is not valid YAML"),
            (
                "e.yaml",
                "- a\n",
                "it is not a mapping with a list `values`",
            ),
        ];

        for (name, text, message) in cases {
            let expected = format!("cannot load the environment `FILE`: {message}");
            let found = load(name, text.as_bytes()).unwrap_err();
            assert!(found.starts_with(&expected), "{found}");
        }
    }

    #[test]
    fn an_entry_is_off_only_when_it_says_so() {
        let text = json!({"values": [
            {"key": "a", "value": "1"}, {"key": "b", "value": "2", "enabled": null},
            {"key": "c", "value": "3", "enabled": false}, {"key": "d", "value": "4", "disabled": true},
            {"key": null, "value": "5"}, {"value": "6"}, {"key": "", "value": "7"}
        ]});

        let (scope, _) = load("e.json", text.to_string().as_bytes()).unwrap();
        let mut names: Vec<&str> = scope.names().collect();
        names.sort_unstable();
        assert_eq!(names, ["", "a", "b"]);
    }
}
