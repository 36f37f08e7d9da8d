//! Which format a file has.

use serde_json::{Map, Value};

use super::{v1, v2};
use crate::collection::json::{is_truthy, kind_of};
use crate::collection::{Collection, Error};

/// Reads a collection of format v1, v2.0 or v2.1, also one that an answer of Postman's API wraps in a
/// member `collection`, once or twice.
pub(crate) fn parse(root: &Value) -> Result<Collection, Error> {
    let Value::Object(root) = root else {
        return Err(Error::NotAnObject {
            found: kind_of(root),
        });
    };
    let (root, place) = unwrap(root);
    if is_v1(root) {
        v1::read(root, &place)
    } else {
        v2::read(root, &place)
    }
}

/// The collection itself and the path to it, for messages.
fn unwrap(root: &Map<String, Value>) -> (&Map<String, Value>, String) {
    let (mut inner, mut place) = (root, String::new());
    for _ in 0..2 {
        let Some(wrapped) = inner.get("collection").and_then(Value::as_object) else {
            break;
        };
        inner = wrapped;
        place.push_str("collection.");
    }
    (inner, place)
}

/// As newman 6.2.2, and also without a name or an order when nothing else than v1 has such members.
fn is_v1(root: &Map<String, Value>) -> bool {
    let all = ["name", "order", "requests"];
    root.get("requests").is_some_and(Value::is_array)
        && (all.iter().all(|key| is_truthy(root, key)) || !root.contains_key("item"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrapped_collection_is_unwrapped_once_or_twice() {
        let plain = json!({"info": {"name": "N"}, "item": []});
        let once = json!({ "collection": plain });
        let twice = json!({ "collection": once });

        for form in [plain, once, twice] {
            assert_eq!(parse(&form).unwrap().name, "N");
        }
    }

    #[test]
    fn the_shape_tells_the_format() {
        let v1 = json!({"id": "c", "name": "N", "order": [], "requests": []});
        let wrapped = json!({"collection": {"requests": [], "name": "N"}});
        let v2 = json!({"info": {"schema": "https://example.com/v1"}, "name": "N", "item": []});

        for form in [v1, wrapped, v2] {
            assert_eq!(parse(&form).unwrap().name, "N");
        }
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
                json!({"collection": {"item": [{"item": [5]}]}}),
                "`collection.item[0].item[0]` holds a number, where a request or a folder belongs",
            ),
            (
                json!({"requests": [5]}),
                "`requests[0]` holds a number, where a request or a folder belongs",
            ),
        ];

        for (file, message) in cases {
            assert_eq!(parse(&file).unwrap_err().to_string(), message);
        }
    }
}
