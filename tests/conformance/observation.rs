//! What a user relies on, taken from one run as a tree that can be compared leaf by leaf.
//!
//! Not part of it is what may differ: order and case of header fields, the program's own `User-Agent`,
//! `Postman-Token`, dates, boundaries, times, messages of transport errors, other keys of the report, and
//! all terminal text but the boxes that scripts write into.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value, json};

use crate::javascript::stringify;
use crate::neutral::Neutral;
use crate::program::Run;
use crate::server::{Framing, Request, boundary};
use crate::text::{body_text, console_boxes, replace_bytes};

/// Header fields with a value of its own in each request.
const VOLATILE_HEADERS: [&str; 4] = ["postman-token", "date", "traceparent", "tracestate"];

/// Takes the observation of a run.
pub(crate) fn observe(run: &Run) -> Value {
    let report = run.report.as_ref().map(|report| &report["run"]);
    let report = report.filter(|report| report.is_object());
    let list = |name: &str| -> &[Value] {
        let list = report.and_then(|report| report[name].as_array());
        list.map_or(&[], Vec::as_slice)
    };
    let kind = match (&run.report, report) {
        (None, _) => "missing",
        (Some(_), Some(_)) => "present",
        (Some(_), None) => "not a newman JSON report",
    };
    let all = run.report.as_ref().unwrap_or(&Value::Null);
    let scope = |content: &Option<Value>, key: &str| {
        scope(content.as_ref().unwrap_or(&Value::Null).get(key))
    };
    let mut observation = json!({
        "exit": run.exit,
        "report": kind,
        "sequence": list("executions").iter().map(place).collect::<Vec<_>>(),
        "executions": list("executions").iter().map(execution).collect::<Vec<_>>(),
        "failures": list("failures").iter().map(failure).collect::<Vec<_>>(),
        "stats": report.map_or(Value::Null, |report| report["stats"].clone()),
        "console": console_boxes(&run.stdout),
        "variables": {
            "environment": scope(&run.environment, "values"),
            "globals": scope(&run.globals, "values"),
            "collection": scope(&run.collection, "variable"),
            "reportEnvironment": self::scope(all["environment"].get("values")),
            "reportGlobals": self::scope(all["globals"].get("values")),
        },
        "exports": {
            "environment": export(run.environment.as_ref()),
            "globals": export(run.globals.as_ref()),
        },
        "wire": run.requests.iter().map(sent).collect::<Vec<_>>(),
    });
    Neutral::of(run).apply(&mut observation);
    without_defaults(&mut observation);
    observation
}

/// Leaves out what says nothing, so that stored facts need not say it either: nulls, `false`, empty lists and
/// objects, counts of zero, no content, HTTP/1.1, and a report that is there.
pub(crate) fn without_defaults(observation: &mut Value) {
    let Some(parts) = observation.as_object_mut() else {
        return;
    };
    for (name, part) in parts.iter_mut() {
        prune(part, name == "stats");
    }
    parts.retain(|name, part| !is_nothing(part) && (name != "report" || part != "present"));
}

fn prune(value: &mut Value, has_counts: bool) {
    match value {
        Value::Array(entries) => entries
            .iter_mut()
            .for_each(|entry| prune(entry, has_counts)),
        Value::Object(entries) => {
            entries
                .values_mut()
                .for_each(|entry| prune(entry, has_counts));
            entries.retain(|name, entry| {
                let is_usual = match name.as_str() {
                    "body" => entry == "",
                    "httpVersion" => entry == "1.1",
                    "framing" => entry == "none",
                    _ => has_counts && entry == 0,
                };
                !is_usual && !is_nothing(entry)
            });
        }
        _ => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(entries) => entries.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn place(execution: &Value) -> String {
    let iteration = execution["cursor"]["iteration"].as_u64();
    let iteration = iteration.map_or("?".to_owned(), |number| number.to_string());
    let name = execution["item"]["name"].as_str().unwrap_or("?");
    format!("{iteration}: {name}")
}

fn execution(execution: &Value) -> Value {
    let response = &execution["response"];
    let body = response["stream"]["data"].as_array().map(|bytes| {
        let bytes = bytes.iter().filter_map(Value::as_u64);
        body_text(&bytes.map(|byte| byte as u8).collect::<Vec<_>>())
    });
    let assertions = execution["assertions"].as_array().into_iter().flatten();
    let assertions = assertions.map(|assertion| {
        json!({
            "name": assertion["assertion"],
            "skipped": assertion["skipped"].as_bool().unwrap_or(false),
            "error": error_text(&assertion["error"]),
        })
    });
    let scripts = ["prerequestScript", "testScript"].map(|kind| {
        let scripts = execution[kind].as_array().into_iter().flatten();
        let errors = scripts.filter_map(|script| error_text(&script["error"]));
        errors.map(move |error| format!("{kind}: {error}"))
    });
    json!({
        "item": execution["item"]["name"],
        "method": execution["request"]["method"],
        "url": url_text(&execution["request"]["url"]),
        "code": response["code"],
        "reason": response["status"],
        "body": body,
        "requestError": request_error(&execution["requestError"]),
        "assertions": assertions.collect::<Vec<_>>(),
        "scriptErrors": scripts.into_iter().flatten().collect::<Vec<_>>(),
    })
}

/// Only the code: messages of transport errors are those of the program's libraries.
fn request_error(error: &Value) -> Value {
    if error.is_null() {
        return Value::Null;
    }
    let mut names = [&error["code"], &error["name"]].into_iter();
    let name = names.find(|name| !name.is_null());
    name.cloned().unwrap_or_else(|| "error".into())
}

fn error_text(error: &Value) -> Option<String> {
    let part = |name: &str| match &error[name] {
        Value::Null => "undefined".to_owned(),
        Value::String(text) => text.clone(),
        other => stringify(other),
    };
    let is_error = !is_nothing(error) && error != "" && error != 0;
    is_error.then(|| format!("{}: {}", part("name"), part("message")))
}

fn failure(failure: &Value) -> Value {
    static POSITION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r":\d+").expect("the pattern is well formed"));

    let error = &failure["error"];
    let at = failure["at"].as_str().unwrap_or("undefined");
    let error_shown = if at == "request" {
        request_error(error)
    } else {
        error_text(error).unwrap_or_default().into()
    };
    // As in `assertion:1 in test-script`: the position is not compared.
    let kind = POSITION.replace_all(at, "").into_owned();
    json!({
        "error": error_shown,
        "test": error["test"],
        "kind": kind,
        "item": failure["source"]["name"],
        "parent": failure["parent"]["name"],
        "iteration": failure["cursor"]["iteration"],
    })
}

/// The URL of a report's request as one text.
fn url_text(url: &Value) -> Value {
    if !url.is_object() {
        return url.clone();
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let joined = |value: &Value, separator: &str| match value.as_array() {
        None => text(value),
        Some(parts) => {
            let parts = parts.iter().map(|part| match part.get("value") {
                Some(value) => text(value),
                None => text(part),
            });
            parts.collect::<Vec<_>>().join(separator)
        }
    };
    let mut shown = String::new();
    let protocol = text(&url["protocol"]);
    if !protocol.is_empty() {
        let name = protocol.trim_end_matches('/').trim_end_matches(':');
        shown.push_str(&format!("{name}://"));
    }
    let user = text(&url["auth"]["user"]);
    if !user.is_empty() {
        shown.push_str(&format!("{user}:{}@", text(&url["auth"]["password"])));
    }
    shown.push_str(&joined(&url["host"], "."));
    let port = text(&url["port"]);
    if !port.is_empty() {
        shown.push_str(&format!(":{port}"));
    }
    let path = joined(&url["path"], "/");
    if url["path"]
        .as_array()
        .map_or(!path.is_empty(), |parts| !parts.is_empty())
    {
        shown.push_str(&format!("/{path}"));
    }
    if let Some(parameters) = url["query"].as_array().filter(|list| !list.is_empty()) {
        shown.push_str(&format!("?{}", query_text(parameters)));
    }
    let fragment = text(&url["hash"]);
    if !fragment.is_empty() {
        shown.push_str(&format!("#{fragment}"));
    }
    shown.into()
}

fn query_text(parameters: &[Value]) -> String {
    let used = parameters
        .iter()
        .filter(|parameter| parameter["disabled"] != true);
    let pairs = used.map(|parameter| {
        let key = parameter["key"].as_str().unwrap_or_default();
        match parameter["value"].as_str() {
            Some(value) => format!("{key}={value}"),
            None => key.to_owned(),
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Variables by name, each as the text of what is known of it.
fn scope(values: Option<&Value>) -> Value {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut scope = Map::new();
    for variable in values.and_then(Value::as_array).into_iter().flatten() {
        let key = variable["key"].as_str().unwrap_or("undefined");
        let count = seen.entry(key).or_default();
        *count += 1;
        let name = match *count {
            1 => key.to_owned(),
            count => format!("{key} ({count})"),
        };
        scope.insert(name, variable_text(variable).into());
    }
    Value::Object(scope)
}

/// What is known of a variable, always in the same order.
pub(crate) fn variable_text(variable: &Value) -> String {
    let parts = ["value", "type", "disabled", "enabled"]
        .into_iter()
        .filter_map(|name| {
            let part = variable.get(name)?;
            Some((name.to_owned(), part.clone()))
        });
    stringify(&Value::Object(parts.collect()))
}

fn export(content: Option<&Value>) -> Value {
    let Some(content) = content else {
        return "missing".into();
    };
    json!({
        "id": content["id"],
        "name": content["name"],
        "scope": content["_postman_variable_scope"],
    })
}

fn sent(request: &Request) -> Value {
    let boundary = boundary(request);
    let neutral = |text: &str| match &boundary {
        Some(boundary) => text.replace(boundary.as_str(), "<boundary>"),
        None => text.to_owned(),
    };
    let mut headers: Map<String, Value> = Map::new();
    for (name, value) in &request.headers {
        let name = name.to_lowercase();
        if VOLATILE_HEADERS.contains(&name.as_str()) {
            continue;
        }
        let mut shown = neutral(value);
        if name == "content-length" && request.framing == Framing::Length {
            // The content itself is compared.
            "<length>".clone_into(&mut shown);
        }
        match headers.get_mut(&name) {
            Some(Value::String(earlier)) => {
                earlier.push_str(" | ");
                earlier.push_str(&shown);
            }
            _ => {
                headers.insert(name, shown.into());
            }
        }
    }
    let body = match &boundary {
        Some(boundary) => replace_bytes(&request.body, boundary.as_bytes(), b"<boundary>"),
        None => request.body.clone(),
    };
    json!({
        "server": request.server,
        "method": request.method,
        "target": request.target,
        "httpVersion": request.version,
        "framing": match request.framing {
            Framing::None => "none",
            Framing::Length => "length",
            Framing::Chunked => "chunked",
        },
        "serverName": request.server_name,
        "clientCertificate": request.client_certificate,
        "headers": headers,
        "body": body_text(&body),
    })
}
