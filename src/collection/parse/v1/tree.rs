//! Putting the requests and folders of a v1 collection in order.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::auth;
use super::request;
use crate::collection::json::{description, kind_of, text};
use crate::collection::parse::members::{
    behavior, events, first_text, fresh_id, objects, source, variables,
};
use crate::collection::parse::v2::DEPTH_LIMIT;
use crate::collection::{
    Collection, Error, Event, Item, ItemGroup, Node, Request, Script, ScriptKind,
};

/// Reads the object of a collection; `place` is the path to it, for messages.
///
/// On every level the folders come before the requests. A request or folder that no order names is left
/// out, and a name without a request or folder is passed over (as newman 6.2.2). Only a root without any
/// `order` runs its requests in the order of the file, where newman runs nothing at all.
pub(in crate::collection::parse) fn read(
    root: &Map<String, Value>,
    place: &str,
) -> Result<Collection, Error> {
    check_requests(root, place)?;
    let mut tree = Tree::new(root, place);
    let mut nodes = Vec::new();
    for id in tree.root_folders(root) {
        nodes.extend(tree.folder(&id, 0)?);
    }
    match root.get("order") {
        Some(Value::Array(_)) => nodes.extend(tree.items(root)),
        _ => nodes.extend(tree.items_of_no_folder(root, place)),
    }
    let id = first_text(&[(root, "id")]).unwrap_or_else(fresh_id);
    Ok(Collection {
        name: first_text(&[(root, "name")]).unwrap_or_else(|| id.clone()),
        id,
        description: description(root),
        nodes,
        events: events_of(root),
        variables: variables(root.get("variables")),
        auth: auth::read(root),
        behavior: behavior(root),
        place: place.trim_end_matches('.').to_owned(),
    })
}

fn check_requests(root: &Map<String, Value>, place: &str) -> Result<(), Error> {
    let members = root.get("requests").and_then(Value::as_array);
    let wrong = members
        .into_iter()
        .flatten()
        .enumerate()
        .find(|(_, member)| !member.is_object());
    match wrong {
        Some((position, member)) => Err(Error::NodeNotAnObject {
            place: format!("{place}requests[{position}]"),
            found: kind_of(member),
        }),
        None => Ok(()),
    }
}

/// An object with the path to it.
type Placed<'file> = (&'file Map<String, Value>, String);

/// Requests and folders by their ids; each is taken once.
struct Tree<'file> {
    requests: HashMap<String, Placed<'file>>,
    folders: HashMap<String, Placed<'file>>,
    folder_order: Vec<String>,
    taken: HashSet<String>,
}

impl<'file> Tree<'file> {
    fn new(root: &'file Map<String, Value>, place: &str) -> Self {
        let by_id = |key: &str| {
            placed(root, key, place)
                .into_iter()
                .filter_map(|(object, place)| Some((text(object, "id")?, (object, place))))
                .collect()
        };
        Self {
            requests: by_id("requests"),
            folders: by_id("folders"),
            folder_order: objects(root.get("folders"))
                .filter_map(|folder| text(folder, "id"))
                .collect(),
            taken: HashSet::new(),
        }
    }

    /// The folders of the first level: those that the root orders, else those that no folder orders.
    fn root_folders(&self, root: &Map<String, Value>) -> Vec<String> {
        let ordered = ids(root, "folders_order");
        if !ordered.is_empty() {
            return ordered;
        }
        let inner: HashSet<String> = self
            .folders
            .values()
            .flat_map(|(folder, _)| ids(folder, "folders_order"))
            .collect();
        self.folder_order
            .iter()
            .filter(|id| !inner.contains(*id))
            .cloned()
            .collect()
    }

    fn folder(&mut self, id: &str, depth: usize) -> Result<Option<Node>, Error> {
        let Some((folder, place)) = self.folders.get(id).cloned() else {
            return Ok(None);
        };
        if !self.taken.insert(id.to_owned()) {
            return Ok(None);
        }
        if depth >= DEPTH_LIMIT {
            return Err(Error::TooDeep {
                place: format!("the folder {id}"),
                limit: DEPTH_LIMIT,
            });
        }
        let mut nodes = Vec::new();
        for inner in ids(folder, "folders_order") {
            nodes.extend(self.folder(&inner, depth + 1)?);
        }
        nodes.extend(self.items(folder));
        Ok(Some(Node::Group(Box::new(ItemGroup {
            id: id.to_owned(),
            name: text(folder, "name").unwrap_or_else(|| id.to_owned()),
            description: description(folder),
            nodes,
            events: events_of(folder),
            variables: variables(folder.get("variables")),
            auth: auth::read(folder),
            behavior: behavior(folder),
            place,
        }))))
    }

    fn items(&self, owner: &Map<String, Value>) -> Vec<Node> {
        ids(owner, "order")
            .into_iter()
            .filter_map(|id| {
                let (object, place) = self.requests.get(&id)?.clone();
                Some(Node::Item(Box::new(item(object, id, place))))
            })
            .collect()
    }

    fn items_of_no_folder(&self, root: &Map<String, Value>, place: &str) -> Vec<Node> {
        let ordered: HashSet<String> = self
            .folders
            .values()
            .flat_map(|(folder, _)| ids(folder, "order"))
            .collect();
        placed(root, "requests", place)
            .into_iter()
            .map(|(object, place)| (object, text(object, "id").unwrap_or_else(fresh_id), place))
            .filter(|(_, id, _)| !ordered.contains(id))
            .map(|(object, id, place)| Node::Item(Box::new(item(object, id, place))))
            .collect()
    }
}

/// The objects of a list with the paths to them.
fn placed<'file>(root: &'file Map<String, Value>, key: &str, place: &str) -> Vec<Placed<'file>> {
    let members = root.get(key).and_then(Value::as_array);
    let members = members.into_iter().flatten().enumerate();
    members
        .filter_map(|(position, member)| {
            Some((member.as_object()?, format!("{place}{key}[{position}]")))
        })
        .collect()
}

fn ids(owner: &Map<String, Value>, key: &str) -> Vec<String> {
    owner
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn item(object: &Map<String, Value>, id: String, place: String) -> Item {
    Item {
        name: text(object, "name").unwrap_or_else(|| id.clone()),
        id,
        request: Request {
            auth: auth::read(object),
            ..request::read(object)
        },
        events: events_of(object),
        behavior: behavior(object),
        place,
    }
}

/// `events`, and for a moment that they do not have, the older members of their own.
fn events_of(object: &Map<String, Value>) -> Vec<Event> {
    let mut events = events(object.get("events"));
    let older = [
        (ScriptKind::Prerequest, "preRequestScript"),
        (ScriptKind::Test, "tests"),
    ];
    for (listen, key) in older {
        let text = object.get(key).and_then(source);
        if let Some(source) = text.filter(|text| !text.is_empty())
            && events.iter().all(|event| event.listen != listen)
        {
            events.push(Event {
                listen,
                script: Script { id: None, source },
                disabled: false,
            });
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_json(file: &Value) -> Collection {
        read(file.as_object().unwrap(), "").unwrap()
    }

    fn outline(nodes: &[Node]) -> String {
        let names: Vec<String> = nodes
            .iter()
            .map(|node| match node {
                Node::Group(group) => format!("{}({})", group.name, outline(&group.nodes)),
                Node::Item(item) => item.name.clone(),
            })
            .collect();
        names.join(" ")
    }

    fn requests(ids: &[&str]) -> Value {
        ids.iter()
            .map(|id| json!({"id": id, "name": id, "url": "http://h"}))
            .collect()
    }

    #[test]
    fn folders_come_before_requests_on_every_level() {
        let collection = read_json(&json!({
            "name": "C", "order": ["b", "a", "gone"], "folders_order": ["f2", "f1"],
            "folders": [
                {"id": "f1", "name": "F1", "order": ["c"]},
                {"id": "f2", "name": "F2", "order": ["d"], "folders_order": ["f3", "gone"]},
                {"id": "f3", "name": "F3", "order": ["e"], "folder": "f2"},
                {"id": "f4", "name": "in no order", "order": ["f"]}
            ],
            "requests": requests(&["a", "b", "c", "d", "e", "f", "in no order"])
        }));

        assert_eq!(outline(&collection.nodes), "F2(F3(e) d) F1(c) b a");
    }

    #[test]
    fn without_an_order_the_folders_that_no_folder_names_come_first() {
        let collection = read_json(&json!({
            "name": "C", "order": ["a"],
            "folders": [
                {"id": "f1", "name": "F1", "order": ["b"], "folders_order": ["f2"]},
                {"id": "f2", "name": "F2", "order": []},
                {"id": "f3", "name": "F3", "order": null, "folder": "f1"}
            ],
            "requests": requests(&["a", "b"])
        }));

        assert_eq!(outline(&collection.nodes), "F1(F2() b) F3() a");
    }

    #[test]
    fn a_root_without_an_order_has_its_requests_in_the_order_of_the_file() {
        for order in [json!(null), json!("b a")] {
            let collection = read_json(&json!({
                "name": "C", "order": order, "requests": requests(&["b", "c", "a"]),
                "folders": [{"id": "f", "name": "F", "order": ["c"]}]
            }));

            assert_eq!(outline(&collection.nodes), "F(c) b a");
        }
    }

    #[test]
    fn folders_that_name_each_other_are_taken_once() {
        let collection = read_json(&json!({
            "name": "C", "order": [], "folders_order": ["f1", "f2"],
            "folders": [
                {"id": "f1", "name": "F1", "folders_order": ["f2"]},
                {"id": "f2", "name": "F2", "folders_order": ["f1"]}
            ],
            "requests": []
        }));

        assert_eq!(outline(&collection.nodes), "F1(F2())");
    }

    #[test]
    fn older_script_members_count_where_no_event_of_their_moment_is_there() {
        let collection = read_json(&json!({
            "name": "C", "order": ["a"],
            "requests": [{
                "id": "a", "name": "A", "url": "http://h", "tests": "old();", "preRequestScript": "p();\r\nq();",
                "events": [{"listen": "test", "script": {"exec": ["new();"]}}]
            }]
        }));

        let Node::Item(item) = &collection.nodes[0] else {
            panic!("it is a request");
        };
        let scripts: Vec<_> = item
            .events
            .iter()
            .map(|event| (event.listen.name(), event.script.source.as_str()))
            .collect();
        assert_eq!(scripts, [("test", "new();"), ("prerequest", "p();\nq();")]);
    }

    #[test]
    fn collection_and_folders_hand_down_what_they_have() {
        let collection = read_json(&json!({
            "id": "c", "name": "C", "description": "d", "order": [],
            "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}]},
            "events": [{"listen": "prerequest", "script": {"exec": ["c();"]}}],
            "variables": [{"id": "1", "key": "v", "value": "1"}],
            "protocolProfileBehavior": {"followRedirects": false},
            "folders": [{"id": "f", "name": "F", "variables": [{"key": "w", "value": "2"}]}],
            "requests": []
        }));

        assert_eq!(collection.id, "c");
        assert_eq!(collection.description.as_deref(), Some("d"));
        assert_eq!(collection.auth.unwrap().kind, "basic");
        assert_eq!(collection.events.len(), 1);
        assert_eq!(collection.variables[0].key, "v");
        assert_eq!(collection.behavior["followRedirects"], json!(false));
        let Node::Group(folder) = &collection.nodes[0] else {
            panic!("it is a folder");
        };
        assert_eq!(folder.variables[0].key, "w");
    }
}
