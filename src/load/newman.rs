//! A collection as newman 6.2.2 reads it, where postrider reads it as it was meant.
//!
//! What newman drops or misreads is changed in the JSON, so that the parsers need not know about it.

use serde_json::{Map, Value, json};

/// What JavaScript prints for an object that should have been a text.
const PRINTED_OBJECT: &str = "[object Object]";

/// The collection that newman sees in a file; what newman refuses stays as it is.
pub(super) fn as_read(root: Value) -> Value {
    match unwrap(root) {
        Value::Object(mut root) if is_v1(&root) => {
            old_collection(&mut root);
            Value::Object(root)
        }
        Value::Object(mut root) => {
            // Without all that makes a v1 collection, its requests are a member that nobody knows.
            root.remove("requests");
            let items = root.remove("item");
            root.insert("item".to_owned(), Value::Array(nodes(items)));
            variables(root.get_mut("variable"));
            Value::Object(root)
        }
        Value::Array(_) => json!({"item": []}),
        other => other,
    }
}

/// The collection itself, which an answer of Postman's API wraps.
fn unwrap(mut root: Value) -> Value {
    for _ in 0..2 {
        match root.get_mut("collection") {
            Some(inner @ Value::Object(_)) => root = inner.take(),
            _ => break,
        }
    }
    root
}

fn is_v1(root: &Map<String, Value>) -> bool {
    let is_text = |key: &str| {
        root.get(key)
            .and_then(Value::as_str)
            .is_some_and(|it| !it.is_empty())
    };
    let is_list = |key: &str| root.get(key).is_some_and(Value::is_array);
    is_text("name") && is_list("order") && is_list("requests")
}

fn old_collection(root: &mut Map<String, Value>) {
    variables(root.get_mut("variables"));
    without_old_parameters(root.get_mut("auth"));
    for key in ["folders", "requests"] {
        for entry in members(root.get_mut(key)) {
            without_old_parameters(entry.get_mut("auth"));
        }
    }
    for request in members(root.get_mut("requests")) {
        header_list(request.get_mut("headerData"));
        if request.get("dataMode").and_then(Value::as_str) == Some("urlencoded") {
            form_list(request.get_mut("data"));
        }
    }
}

/// Parameters as a map are dropped, the type stays.
fn without_old_parameters(auth: Option<&mut Value>) {
    let auth = auth.and_then(Value::as_object_mut);
    for parameters in auth.into_iter().flat_map(Map::values_mut) {
        if parameters.is_object() {
            *parameters = json!([]);
        }
    }
}

/// `enabled` says nothing.
fn variables(list: Option<&mut Value>) {
    for entry in members(list) {
        if let Some(entry) = entry.as_object_mut() {
            entry.remove("enabled");
        }
    }
}

/// Anything that is there is a request or a folder, also a lone one.
fn nodes(items: Option<Value>) -> Vec<Value> {
    let items = match items {
        Some(Value::Array(items)) => items,
        Some(item @ Value::Object(_)) => vec![item],
        _ => Vec::new(),
    };
    let known = items.into_iter().filter(|item| !item.is_null());
    known.map(node).collect()
}

fn node(item: Value) -> Value {
    let Value::Object(mut node) = item else {
        return json!({});
    };
    match node.remove("item") {
        Some(Value::Null) | None => request(node.get_mut("request")),
        items => {
            node.insert("item".to_owned(), Value::Array(nodes(items)));
        }
    }
    Value::Object(node)
}

fn request(request: Option<&mut Value>) {
    let Some(request) = request else { return };
    path(request.pointer_mut("/url/path"));
    header_list(request.get_mut("header"));
    if let Some(Value::Object(map)) = request.get_mut("header") {
        map.retain(|_, value| value.is_string());
    }
    let Some(body) = request.get_mut("body") else {
        return;
    };
    if let Some(raw @ (Value::Number(_) | Value::Bool(_))) = body.get_mut("raw") {
        *raw = json!("");
    }
    form_list(body.get_mut("urlencoded"));
    lone_field(body.get_mut("urlencoded"), "undefined");
    lone_field(body.get_mut("formdata"), "");
}

fn path(path: Option<&mut Value>) {
    for segment in members(path) {
        match segment {
            Value::Object(_) => *segment = json!(PRINTED_OBJECT),
            Value::Null => *segment = json!(""),
            _ => {}
        }
    }
}

/// Each member of a list is a field of its own.
fn header_list(list: Option<&mut Value>) {
    let Some(Value::Array(fields)) = list else {
        return;
    };
    for field in fields.iter_mut() {
        if let Some(value @ Value::Object(_)) = field.get_mut("value") {
            *value = json!(PRINTED_OBJECT);
        }
    }
    *fields = fields.iter().flat_map(spread).collect();
}

/// As in a list of header fields, but what is no text, number or boolean is sent empty.
fn form_list(list: Option<&mut Value>) {
    let Some(Value::Array(fields)) = list else {
        return;
    };
    let mut spread: Vec<Value> = fields.iter().flat_map(spread).collect();
    for field in &mut spread {
        if let Some(value @ (Value::Object(_) | Value::Array(_))) = field.get_mut("value") {
            *value = json!("");
        }
    }
    *fields = spread;
}

fn spread(field: &Value) -> Vec<Value> {
    let Some(Value::Array(values)) = field.get("value") else {
        return vec![field.clone()];
    };
    let fields = values.iter().map(|value| {
        let mut field = field.clone();
        field["value"] = value.clone();
        field
    });
    fields.collect()
}

/// A map in place of a list of fields is a single field, as a rule one without a name.
fn lone_field(fields: Option<&mut Value>, name_of_none: &str) {
    let Some(fields @ Value::Object(_)) = fields else {
        return;
    };
    let field = fields.take();
    *fields = match field.get("key") {
        Some(_) => json!([field]),
        None => json!([{"key": name_of_none, "value": ""}]),
    };
}

fn members(list: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    list.and_then(Value::as_array_mut).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_request(request: Value) -> Value {
        as_read(json!({"item": [{"request": request}]}))["item"][0]["request"].take()
    }

    #[test]
    fn what_is_no_collection_is_an_empty_one() {
        let files = [
            json!({}),
            json!([]),
            json!({"item": null}),
            json!({"collection": {}}),
            json!({"values": []}),
            json!({"name": "N", "requests": [{"id": "a"}]}),
            json!({"order": ["a"], "requests": [{"id": "a"}]}),
        ];

        for file in files {
            assert_eq!(as_read(file.clone())["item"], json!([]), "{file}");
        }
        assert_eq!(as_read(json!("text")), json!("text"));
    }

    #[test]
    fn a_collection_of_format_v1_with_an_order_stays_one() {
        let file = json!({"name": "N", "order": ["a"], "requests": [{"id": "a"}]});

        assert_eq!(as_read(file.clone()), file);
    }

    #[test]
    fn everything_among_the_items_is_one() {
        let file = json!({"item": [5, null, {"item": ["x"]}, {"item": null}]});

        let items = as_read(file)["item"].take();

        assert_eq!(items, json!([{}, {"item": [{}]}, {}]));
        assert_eq!(
            as_read(json!({"item": {"name": "A"}}))["item"],
            json!([{"name": "A"}])
        );
    }

    #[test]
    fn objects_in_place_of_texts_print_as_javascript_prints_them() {
        let request = read_request(json!({
            "url": {"path": ["a", {"type": "any", "value": "b"}, null]},
            "header": [{"key": "A", "value": {}}, {"key": "B", "value": [1, "2"]}],
            "body": {"urlencoded": [{"key": "a", "value": {}}, {"key": "b", "value": [1, [2]]}]}
        }));

        assert_eq!(
            request,
            json!({
                "url": {"path": ["a", "[object Object]", ""]},
                "header": [
                    {"key": "A", "value": "[object Object]"},
                    {"key": "B", "value": 1},
                    {"key": "B", "value": "2"}
                ],
                "body": {"urlencoded": [
                    {"key": "a", "value": ""}, {"key": "b", "value": 1}, {"key": "b", "value": ""}
                ]}
            })
        );
    }

    #[test]
    fn maps_in_place_of_lists_lose_what_they_hold() {
        let request = |mode: &str| {
            let mut body = json!({"mode": mode, "raw": 5});
            body[mode] = json!({"a": "1", "b": 2});
            read_request(json!({"header": {"A": "1", "B": 2}, "body": body}))
        };

        let urlencoded = request("urlencoded");
        assert_eq!(urlencoded["header"], json!({"A": "1"}));
        assert_eq!(urlencoded["body"]["raw"], json!(""));
        let lone = json!([{"key": "undefined", "value": ""}]);
        assert_eq!(urlencoded["body"]["urlencoded"], lone);
        let lone = json!([{"key": "", "value": ""}]);
        assert_eq!(request("formdata")["body"]["formdata"], lone);
    }

    #[test]
    fn parameters_and_switches_of_old_files_do_not_count() {
        let file = json!({
            "name": "N", "order": [],
            "auth": {"type": "bearer", "bearer": {"token": "t"}},
            "variables": [{"key": "v", "enabled": false}],
            "requests": [{"auth": {"type": "basic", "basic": [{"key": "username"}]}}]
        });

        let read = as_read(file);

        assert_eq!(read["auth"], json!({"type": "bearer", "bearer": []}));
        assert_eq!(read["variables"], json!([{"key": "v"}]));
        assert_eq!(read["requests"][0]["auth"]["basic"][0]["key"], "username");
    }
}
