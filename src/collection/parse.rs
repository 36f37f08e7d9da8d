//! Reading a collection of format v2.0 or v2.1 from JSON.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::json::{description, is_truthy, kind_of, text};
use super::{
    Auth, Collection, CollectionVariable, Error, Event, Item, ItemGroup, Node, Request, Script,
    ScriptKind,
};

/// Real collections stay below ten; the limit guards the stack.
const DEPTH_LIMIT: usize = 100;

/// Reads a collection, also one that an answer of Postman's API wraps in a member `collection`.
///
/// Both formats are read member by member by the same reader, whatever `info.schema` says.
pub(crate) fn parse(root: &Value) -> Result<Collection, Error> {
    let Value::Object(root) = root else {
        return Err(Error::NotAnObject {
            found: kind_of(root),
        });
    };
    let (root, place) = match root.get("collection").and_then(Value::as_object) {
        Some(inner) => (inner, "collection.item"),
        None => (root, "item"),
    };
    let nodes = match root.get("item") {
        None => return Err(Error::NoItems),
        Some(items) => nodes(items, place, 0)?,
    };
    let empty = Map::new();
    let info = root
        .get("info")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let id =
        first_text(&[(info, "_postman_id"), (info, "id"), (root, "id")]).unwrap_or_else(fresh_id);
    let name = first_text(&[(info, "name"), (root, "name")]).unwrap_or_else(|| id.clone());
    Ok(Collection {
        name,
        id,
        description: description(info),
        nodes,
        events: events(root.get("event")),
        variables: variables(root.get("variable")),
        auth: Auth::from_json(root.get("auth")),
        behavior: behavior(root),
    })
}

fn first_text(candidates: &[(&Map<String, Value>, &str)]) -> Option<String> {
    candidates
        .iter()
        .find_map(|(object, key)| text(object, key).filter(|text| !text.is_empty()))
}

fn fresh_id() -> String {
    Uuid::new_v4().to_string()
}

fn nodes(items: &Value, place: &str, depth: usize) -> Result<Vec<Node>, Error> {
    if depth > DEPTH_LIMIT {
        return Err(Error::TooDeep {
            place: place.to_owned(),
            limit: DEPTH_LIMIT,
        });
    }
    let Value::Array(members) = items else {
        return Err(Error::ItemsNotAList {
            place: place.to_owned(),
            found: kind_of(items),
        });
    };
    members
        .iter()
        .enumerate()
        .map(|(position, member)| node(member, &format!("{place}[{position}]"), depth))
        .collect()
}

/// A node with a member `item` is a folder, any other is a request.
fn node(member: &Value, place: &str, depth: usize) -> Result<Node, Error> {
    let Value::Object(object) = member else {
        return Err(Error::NodeNotAnObject {
            place: place.to_owned(),
            found: kind_of(member),
        });
    };
    let id = first_text(&[(object, "id"), (object, "_postman_id")]).unwrap_or_else(fresh_id);
    let name = text(object, "name").unwrap_or_else(|| id.clone());
    if is_truthy(object, "item") {
        return Ok(Node::Group(Box::new(ItemGroup {
            id,
            name,
            description: description(object),
            nodes: nodes(&object["item"], &format!("{place}.item"), depth + 1)?,
            events: events(object.get("event")),
            auth: Auth::from_json(object.get("auth")),
            behavior: behavior(object),
        })));
    }
    Ok(Node::Item(Box::new(Item {
        id,
        name,
        request: object
            .get("request")
            .map(Request::from_json)
            .unwrap_or_default(),
        events: events(object.get("event")),
        behavior: behavior(object),
    })))
}

fn behavior(object: &Map<String, Value>) -> Map<String, Value> {
    object
        .get("protocolProfileBehavior")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn events(value: Option<&Value>) -> Vec<Event> {
    let members = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    members
        .iter()
        .filter_map(Value::as_object)
        .filter_map(event)
        .collect()
}

fn event(object: &Map<String, Value>) -> Option<Event> {
    let listen = match object.get("listen")?.as_str()? {
        "prerequest" => ScriptKind::Prerequest,
        "test" => ScriptKind::Test,
        _ => return None,
    };
    let script = match object.get("script")? {
        Value::Object(script) => Script {
            id: text(script, "id"),
            source: source(script.get("exec")?)?,
        },
        other => Script {
            id: None,
            source: source(other)?,
        },
    };
    Some(Event {
        listen,
        script,
        disabled: is_truthy(object, "disabled"),
    })
}

fn source(exec: &Value) -> Option<String> {
    match exec {
        Value::String(text) => Some(text.replace("\r\n", "\n")),
        Value::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            Some(lines.join("\n"))
        }
        _ => None,
    }
}

fn variables(value: Option<&Value>) -> Vec<CollectionVariable> {
    let members = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    members
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|object| {
            Some(CollectionVariable {
                key: text(object, "key")?,
                value: object.get("value").cloned(),
                kind: text(object, "type"),
                disabled: object.get("disabled") == Some(&Value::Bool(true)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrapped_collection_is_unwrapped() {
        let wrapped = json!({"collection": {"info": {"name": "N"}, "item": []}});

        assert_eq!(parse(&wrapped).unwrap().name, "N");
    }

    #[test]
    fn what_is_printed_reads_as_the_same_collection() {
        let file = json!({
            "info": {"_postman_id": "c", "name": "N", "description": "d"},
            "item": [
                {"id": "f", "name": "F", "auth": {"type": "bearer", "bearer": {"token": "t"}}, "item": [
                    {"id": "i", "name": "I", "request": {
                        "method": "post", "url": "http://{{h}}/x?a=1", "header": "A: b",
                        "body": {"mode": "urlencoded", "urlencoded": "a=1&b"}
                    }, "event": [{"listen": "test", "script": {"exec": ["a", "b"]}}]}
                ]},
                {"id": "g", "name": "G", "request": "http://example.com"}
            ],
            "variable": [{"key": "v", "value": "1", "type": "string"}]
        });
        let collection = parse(&file).unwrap();

        assert_eq!(parse(&collection.to_json()).unwrap(), collection);
    }

    #[test]
    fn a_wrong_shape_is_told_with_its_place() {
        let cases = [
            (
                json!([]),
                "the file holds a list, where a collection is an object",
            ),
            (
                json!({}),
                "the object has no member `item`, which holds the requests of a collection",
            ),
            (
                json!({"item": {}}),
                "`item` holds an object, where a list of requests and folders belongs",
            ),
            (
                json!({"item": [{"item": [5]}]}),
                "`item[0].item[0]` holds a number, where a request or a folder belongs",
            ),
        ];

        for (file, message) in cases {
            assert_eq!(parse(&file).unwrap_err().to_string(), message);
        }
    }
}
