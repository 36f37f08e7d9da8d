//! A v1 request: method, URL, header fields and body.

use serde_json::{Map, Value};

use super::body::{self, parameter};
use crate::collection::json::{description, text};
use crate::collection::parameter::headers_from_json;
use crate::collection::parse::members::objects;
use crate::collection::{Parameter, Request, Url};

/// Reads a request without its authorization.
pub(super) fn read(object: &Map<String, Value>) -> Request {
    let method = text(object, "method").filter(|method| !method.is_empty());
    Request {
        method: Request::method_from(method),
        url: url(object),
        headers: headers(object),
        body: body::read(object),
        auth: None,
        description: description(object),
    }
}

/// A list of query parameters takes the place of the URL's own query unless it is empty.
fn url(object: &Map<String, Value>) -> Url {
    let mut url = Url::from_json(object.get("url"));
    let query: Vec<Parameter> = objects(object.get("queryParams"))
        .map(query_parameter)
        .collect();
    if !query.is_empty() {
        url.query = query;
    }
    url.variables = path_variables(object);
    url
}

/// `equals` tells `?a=` from `?a`.
fn query_parameter(object: &Map<String, Value>) -> Parameter {
    let mut found = parameter(object);
    if found.value().is_empty() {
        match object.get("equals") {
            Some(Value::Bool(true)) => found.value = Some(String::new()),
            Some(Value::Bool(false)) => found.value = None,
            _ => {}
        }
    }
    found
}

/// The list, and what only the map beside it has.
fn path_variables(object: &Map<String, Value>) -> Vec<Parameter> {
    let mut variables: Vec<Parameter> = objects(object.get("pathVariableData"))
        .map(parameter)
        .collect();
    let map = object.get("pathVariables").and_then(Value::as_object);
    for (key, value) in map.into_iter().flatten() {
        if variables.iter().all(|variable| variable.key() != key) {
            variables.push(Parameter {
                key: Some(key.clone()),
                value: value.as_str().map(str::to_owned),
                ..Parameter::default()
            });
        }
    }
    variables
}

/// The list, and the lines of `headers` whose names it does not have.
fn headers(object: &Map<String, Value>) -> Vec<Parameter> {
    let mut headers: Vec<Parameter> = objects(object.get("headerData")).map(parameter).collect();
    let lines = match object.get("headers") {
        Some(Value::String(lines)) => lines.lines().filter_map(header_line).collect(),
        Some(list @ Value::Array(_)) => headers_from_json(Some(list)),
        _ => Vec::new(),
    };
    let more: Vec<Parameter> = lines
        .into_iter()
        .filter(|line| headers.iter().all(|header| header.key() != line.key()))
        .collect();
    headers.extend(more);
    headers
}

/// A line that begins with `//` is switched off, one without a colon is none.
fn header_line(line: &str) -> Option<Parameter> {
    let (line, disabled) = match line.trim_start().strip_prefix("//") {
        Some(line) => (line, true),
        None => (line, false),
    };
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    (!key.is_empty()).then(|| Parameter {
        disabled,
        ..Parameter::new(key, value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_json(object: &Value) -> Request {
        read(object.as_object().unwrap())
    }

    #[test]
    fn header_lines_may_be_switched_off() {
        let request = read_json(&json!({"headers": "A: 1\r\nno colon\n\n//B:2\n// C: 3\nD:"}));

        let found: Vec<_> = request
            .headers
            .iter()
            .map(|header| (header.key(), header.value(), header.disabled))
            .collect();
        assert_eq!(
            found,
            [
                ("A", "1", false),
                ("B", "2", true),
                ("C", "3", true),
                ("D", "", false)
            ]
        );
    }

    #[test]
    fn a_list_of_header_fields_is_completed_by_the_lines() {
        let request = read_json(&json!({
            "headers": "A: 1\nB: 2",
            "headerData": [{"key": "B", "value": "x", "enabled": false}]
        }));

        let found: Vec<_> = request
            .headers
            .iter()
            .map(|header| (header.key(), header.value(), header.disabled))
            .collect();
        assert_eq!(found, [("B", "x", true), ("A", "1", false)]);
    }

    #[test]
    fn a_list_of_query_parameters_replaces_the_urls_own() {
        let url = "http://h/a?x=1";
        let list = json!([
            {"key": "q", "value": "v"}, {"key": "e", "value": "", "equals": false},
            {"key": "f", "value": null, "equals": true}, {"key": "g", "value": ""},
            {"key": "off", "value": "1", "enabled": false}
        ]);

        let replaced = read_json(&json!({"url": url, "queryParams": list}));
        let kept = read_json(&json!({"url": url, "queryParams": []}));
        assert_eq!(replaced.url.to_text(), "http://h/a?q=v&e&f=&g=");
        assert_eq!(kept.url.to_text(), url);
    }

    #[test]
    fn path_variables_are_read_from_list_and_map() {
        let request = read_json(&json!({
            "url": "http://h/:a/:b/:c",
            "pathVariableData": [{"key": "a", "value": "1"}],
            "pathVariables": {"a": "2", "b": "3", "c": null}
        }));

        assert_eq!(request.url.to_text(), "http://h/1/3/:c");
    }

    #[test]
    fn the_method_is_upper_case_and_get_by_default() {
        let methods = [json!("post"), json!(""), json!(null)];

        let found = methods.map(|method| read_json(&json!({ "method": method })).method);
        assert_eq!(found, ["POST", "GET", "GET"]);
    }
}
