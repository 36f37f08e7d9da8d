//! The body of a v1 request.

use serde_json::{Map, Value};

use crate::collection::json::{is_truthy, loose_text, text};
use crate::collection::parse::members::{is_disabled, objects};
use crate::collection::{Body, BodyContent, FormDataPart, GraphQl, Parameter};

/// Reads what `dataMode` names; without it the data tells by its form.
pub(super) fn read(object: &Map<String, Value>) -> Option<Body> {
    let mode = match object.get("dataMode") {
        Some(Value::String(mode)) => mode.to_ascii_lowercase(),
        Some(_) => return None,
        None => mode_of_data(object)?.to_owned(),
    };
    let data = object.get("data");
    let content = match mode.as_str() {
        "params" => BodyContent::FormData(objects(data).map(part).collect()),
        "urlencoded" => BodyContent::UrlEncoded(objects(data).map(parameter).collect()),
        "binary" => BodyContent::File(raw_text(object.get("rawModeData"))),
        "graphql" => BodyContent::GraphQl(graphql(object.get("graphqlModeData"))),
        _ => BodyContent::Raw(
            raw_text(object.get("rawModeData"))
                .filter(|text| !text.is_empty())
                .or_else(|| text(object, "data"))
                .unwrap_or_default(),
        ),
    };
    Some(Body {
        content,
        disabled: is_truthy(object, "dataDisabled"),
        options: object
            .get("dataOptions")
            .filter(|options| options.is_object())
            .cloned(),
    })
}

fn mode_of_data(object: &Map<String, Value>) -> Option<&'static str> {
    if object.get("graphqlModeData").is_some_and(Value::is_object) {
        return Some("graphql");
    }
    match object.get("data") {
        Some(Value::Array(members)) => (!members.is_empty()).then_some("params"),
        Some(Value::String(_)) => Some("raw"),
        _ => raw_text(object.get("rawModeData")).map(|_| "raw"),
    }
}

/// A text, or a list with one.
fn raw_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Array(members) => match members.as_slice() {
            [Value::String(text)] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// An entry with a key and a value that may be switched off.
pub(super) fn parameter(object: &Map<String, Value>) -> Parameter {
    Parameter {
        key: text(object, "key"),
        value: object
            .get("value")
            .filter(|value| !value.is_null())
            .map(|value| loose_text(Some(value))),
        disabled: is_disabled(object),
        system: false,
    }
}

/// A file's path stands in `src` or, in older files, in `value`.
fn part(object: &Map<String, Value>) -> FormDataPart {
    let plain = FormDataPart {
        parameter: parameter(object),
        content_type: text(object, "contentType"),
        file_name: text(object, "fileName"),
        files: None,
        is_list: false,
    };
    if object.get("type").and_then(Value::as_str) != Some("file") {
        return plain;
    }
    let source = object.get("src").or_else(|| object.get("value"));
    let files = match source {
        Some(Value::String(path)) if !path.is_empty() => vec![path.clone()],
        Some(Value::Array(paths)) => paths
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    FormDataPart {
        parameter: Parameter {
            value: None,
            ..plain.parameter
        },
        files: Some(files),
        is_list: source.is_some_and(Value::is_array),
        ..plain
    }
}

fn graphql(value: Option<&Value>) -> GraphQl {
    let Some(Value::Object(object)) = value else {
        return GraphQl::default();
    };
    GraphQl {
        query: text(object, "query"),
        operation_name: text(object, "operationName"),
        variables: object
            .get("variables")
            .filter(|variables| !variables.is_null())
            .cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn content(object: &Value) -> Option<BodyContent> {
        read(object.as_object().unwrap()).map(|body| body.content)
    }

    #[test]
    fn raw_text_is_taken_from_where_it_stands() {
        let cases = [
            (json!({"dataMode": "raw", "rawModeData": "x"}), "x"),
            (
                json!({"dataMode": "raw", "rawModeData": ["x"], "data": []}),
                "x",
            ),
            (
                json!({"dataMode": "raw", "rawModeData": "", "data": "[1]"}),
                "[1]",
            ),
            (
                json!({"dataMode": "raw", "rawModeData": null, "data": "d"}),
                "d",
            ),
            (json!({"dataMode": "raw", "rawModeData": ["a", "b"]}), ""),
            (json!({"data": "d"}), "d"),
            (json!({"dataMode": "other", "rawModeData": "y"}), "y"),
        ];

        for (object, text) in cases {
            assert_eq!(
                content(&object),
                Some(BodyContent::Raw(text.to_owned())),
                "{object}"
            );
        }
    }

    #[test]
    fn no_mode_or_no_data_is_no_body() {
        let cases = [
            json!({}),
            json!({"dataMode": null, "data": "x"}),
            json!({"data": []}),
            json!({"data": null}),
        ];

        for object in cases {
            assert_eq!(content(&object), None, "{object}");
        }
    }

    #[test]
    fn form_fields_and_files_are_read() {
        let object = json!({"dataMode": "params", "data": [
            {"key": "t", "value": 5, "type": "text", "enabled": false},
            {"key": "f", "value": "a.bin", "type": "file"},
            {"key": "g", "src": ["a", "b"], "type": "file", "contentType": "x/y"},
            {"key": "h", "value": "", "type": "file"}
        ]});

        let Some(BodyContent::FormData(parts)) = content(&object) else {
            panic!("it is a form");
        };
        assert_eq!(parts[0].parameter.value(), "5");
        assert!(parts[0].parameter.disabled);
        let files: Vec<_> = parts.iter().map(|part| part.files.clone()).collect();
        let expected = |paths: &[&str]| Some(paths.iter().map(|&path| path.to_owned()).collect());
        assert_eq!(
            files,
            [
                None,
                expected(&["a.bin"]),
                expected(&["a", "b"]),
                expected(&[])
            ]
        );
        assert_eq!(parts[2].content_type.as_deref(), Some("x/y"));
    }

    #[test]
    fn the_other_modes_are_read() {
        let file = json!({"dataMode": "binary", "rawModeData": "a.bin"});
        let query = json!({"graphqlModeData": {"query": "{a}", "variables": "{}"}});
        let fields = json!({"dataMode": "urlencoded", "data": [{"key": "a", "value": null}]});

        assert_eq!(
            content(&file),
            Some(BodyContent::File(Some("a.bin".to_owned())))
        );
        let Some(BodyContent::GraphQl(graphql)) = content(&query) else {
            panic!("it is GraphQL");
        };
        assert_eq!(graphql.query.as_deref(), Some("{a}"));
        let Some(BodyContent::UrlEncoded(fields)) = content(&fields) else {
            panic!("they are fields");
        };
        assert_eq!((fields[0].key(), fields[0].value.as_deref()), ("a", None));
    }

    #[test]
    fn switches_and_options_are_read() {
        let object = json!({"dataMode": "raw", "rawModeData": "{}", "dataDisabled": true,
            "dataOptions": {"raw": {"language": "json"}}});

        let body = read(object.as_object().unwrap()).unwrap();
        assert!(body.disabled);
        assert_eq!(body.language(), Some("json"));
    }
}
