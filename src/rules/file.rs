//! Reading a rules file from YAML.

use serde::Deserialize;
use serde_json::Value;

use super::json_path::JsonPath;
use super::{Capture, Error, Expectation, JsonPathExpectation, Rule, RuleSet};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    version: Value,
    #[serde(default)]
    rules: Vec<RuleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    request: String,
    #[serde(default)]
    expect: ExpectEntry,
    #[serde(default)]
    capture: Vec<CaptureEntry>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ExpectEntry {
    #[serde(default)]
    status: Option<Value>,
    #[serde(default)]
    jsonpath: Vec<JsonPathEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonPathEntry {
    path: String,
    equals: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptureEntry {
    variable: String,
    jsonpath: String,
    #[serde(default)]
    secret: bool,
}

impl RuleSet {
    /// Reads a rules file.
    ///
    /// # Errors
    ///
    /// When it is not valid YAML of version 1, or a status or JSONPath in it is not valid.
    pub(crate) fn from_yaml(text: &str) -> Result<Self, Error> {
        let file: RuleFile = serde_saphyr::from_str(text).map_err(|error| syntax(&error))?;
        if file.version != 1 {
            return Err(Error::UnknownVersion {
                version: file.version.to_string(),
            });
        }
        let rules = file.rules.into_iter().map(rule).collect::<Result<_, _>>()?;
        Ok(Self { rules })
    }
}

/// The reader's message holds the place, which has fields of its own here.
fn syntax(error: &serde_saphyr::Error) -> Error {
    let (line, column) = error.location().map_or((1, 1), |location| {
        (location.line() as usize, location.column() as usize)
    });
    let message = error.without_snippet().to_string();
    let message = message.trim().trim_start_matches("error: ");
    let place = format!(" at line {line}, column {column}");
    Error::Syntax {
        line,
        column,
        reason: message.strip_suffix(&place).unwrap_or(message).to_owned(),
    }
}

fn rule(entry: RuleEntry) -> Result<Rule, Error> {
    let request = entry.request;
    let json_path = |path: &str| {
        JsonPath::new(path).map_err(|character| Error::InvalidJsonPath {
            request: request.clone(),
            path: path.to_owned(),
            character,
        })
    };
    let json_paths = entry
        .expect
        .jsonpath
        .into_iter()
        .map(|entry| {
            Ok(JsonPathExpectation {
                path: json_path(&entry.path)?,
                equals: entry.equals,
            })
        })
        .collect::<Result<_, Error>>()?;
    let captures = entry
        .capture
        .into_iter()
        .map(|entry| {
            let path = json_path(&entry.jsonpath)?;
            Ok(Capture {
                variable: entry.variable,
                path,
                secret: entry.secret,
            })
        })
        .collect::<Result<_, Error>>()?;
    let statuses = statuses(entry.expect.status.as_ref(), &request)?;
    Ok(Rule {
        request,
        expect: Expectation {
            statuses,
            json_paths,
        },
        captures,
    })
}

fn statuses(value: Option<&Value>, request: &str) -> Result<Vec<u16>, Error> {
    let invalid = |value: &Value| Error::InvalidStatus {
        request: request.to_owned(),
        found: value.to_string(),
    };
    let one = |value: &Value| {
        let code = value.as_u64().filter(|code| (100..1000).contains(code));
        code.and_then(|code| u16::try_from(code).ok())
            .ok_or_else(|| invalid(value))
    };
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(members)) if !members.is_empty() => members.iter().map(one).collect(),
        Some(other) => Ok(vec![one(other)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        RuleSet::from_yaml(text).unwrap_err().to_string()
    }

    #[test]
    fn a_rules_file_is_read() {
        let set = RuleSet::from_yaml(
            "version: 1\nrules:\n  - request: A\n    expect: {status: [200, 202]}\n    \
             capture: [{variable: v, jsonpath: $.a, secret: true}]\n",
        )
        .unwrap();

        assert_eq!(set.rules[0].expect.statuses, [200, 202]);
        assert_eq!(set.rules[0].captures[0].variable, "v");
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(
            message("version: 2"),
            "`version` is 2, where this postrider knows version 1"
        );
        assert_eq!(
            message("version: 1\nrules: [{request: A, expect: {status: ok}}]"),
            "`status` of `A` is \"ok\", where a code such as 200 or a list of codes belongs"
        );
        assert_eq!(
            message("version: 1\nrules: [{request: A, capture: [{variable: v, jsonpath: a}]}]"),
            "the JSONPath `a` of `A` is not valid at its character 1"
        );
        assert_eq!(
            message("version: 1\nrules:\n  - request: A\n    captures: []\n"),
            "line 4, column 5: unknown field `captures`, expected one of request, expect, capture"
        );
    }
}
