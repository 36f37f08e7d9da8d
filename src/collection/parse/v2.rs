//! Reading a collection of format v2.0 or v2.1, member by member.

use serde_json::{Map, Value};

use super::members::{behavior, events, first_text, fresh_id, variables};
use crate::collection::json::{description, is_truthy, kind_of, text};
use crate::collection::{Auth, Collection, Error, Item, ItemGroup, Node, Request};

/// Real collections stay below ten; the limit guards the stack.
pub(super) const DEPTH_LIMIT: usize = 100;

/// Reads the object of a collection; `place` is the path to it, for messages.
pub(super) fn read(root: &Map<String, Value>, place: &str) -> Result<Collection, Error> {
    let nodes = match root.get("item") {
        None => return Err(Error::NoItems),
        Some(items) => nodes(items, &format!("{place}item"), 0)?,
    };
    let empty = Map::new();
    let info = root
        .get("info")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let id = first_text(&[
        (info, "_postman_id"),
        (info, "id"),
        (root, "id"),
        (root, "_postman_id"),
    ])
    .unwrap_or_else(fresh_id);
    let name = first_text(&[(info, "name"), (root, "name")]).unwrap_or_else(|| id.clone());
    Ok(Collection {
        name,
        id,
        description: description(info).or_else(|| description(root)),
        nodes,
        events: events(root.get("event")),
        variables: variables(root.get("variable")),
        auth: Auth::from_json(root.get("auth")),
        behavior: behavior(root),
        place: place.trim_end_matches('.').to_owned(),
    })
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
            variables: variables(object.get("variable")),
            auth: Auth::from_json(object.get("auth")),
            behavior: behavior(object),
            place: place.to_owned(),
        })));
    }
    Ok(Node::Item(Box::new(Item {
        id,
        name,
        request: Request::from_json(object.get("request").unwrap_or(&Value::Null)),
        events: events(object.get("event")),
        behavior: behavior(object),
        place: place.to_owned(),
    })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::parse;
    use serde_json::json;

    #[test]
    fn what_is_printed_reads_as_the_same_collection() {
        let file = json!({
            "info": {"_postman_id": "c", "name": "N", "description": "d"},
            "item": [
                {"id": "f", "name": "F", "auth": {"type": "bearer", "bearer": {"token": "t"}},
                 "variable": [{"key": "w", "value": "2", "type": "any"}], "item": [
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
    fn a_root_without_info_has_its_members_there() {
        let collection = parse(&json!({
            "id": "c", "name": "N", "description": {"content": "d", "type": "text/markdown"}, "item": []
        }))
        .unwrap();

        assert_eq!(
            (collection.id.as_str(), collection.name.as_str()),
            ("c", "N")
        );
        assert_eq!(collection.description.as_deref(), Some("d"));
    }

    #[test]
    fn what_has_no_id_gets_a_uuid_and_its_name_from_it() {
        let collection = parse(&json!({"item": [{"name": "A"}, {}]})).unwrap();

        assert_eq!(collection.name, collection.id);
        assert!(uuid::Uuid::parse_str(&collection.id).is_ok());
        let Node::Item(nameless) = &collection.nodes[1] else {
            panic!("a node without `item` is a request");
        };
        assert_eq!(nameless.name, nameless.id);
    }

    #[test]
    fn an_entry_that_is_neither_folder_nor_request_is_a_request_without_a_url() {
        let collection = parse(&json!({"item": [{"name": "note", "item": null}]})).unwrap();

        let Node::Item(item) = &collection.nodes[0] else {
            panic!("a node whose `item` is null is a request");
        };
        assert_eq!(item.request.method, "GET");
        assert!(item.request.url.is_empty());
    }
}
