//! Collections, folders and items.

use serde_json::{Map, Value, json};

use super::{Auth, Event, Request};

/// A variable of a collection or folder, as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CollectionVariable {
    /// The name.
    pub(crate) key: String,
    /// The value, absent when the entry has none.
    pub(crate) value: Option<Value>,
    /// The declared type.
    pub(crate) kind: Option<String>,
    /// Whether the entry is switched off.
    pub(crate) disabled: bool,
    /// What the author wrote about it, in the form of the file.
    pub(crate) description: Option<Value>,
}

/// A whole collection.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Collection {
    /// The id in the file, or a fresh UUID.
    pub(crate) id: String,
    /// The name, or the id when it has none.
    pub(crate) name: String,
    /// What the author wrote about it.
    pub(crate) description: Option<String>,
    /// Requests and folders in order.
    pub(crate) nodes: Vec<Node>,
    /// Scripts that run for every item.
    pub(crate) events: Vec<Event>,
    /// The collection's own variables.
    pub(crate) variables: Vec<CollectionVariable>,
    /// The authorization that items inherit.
    pub(crate) auth: Option<Auth>,
    /// `protocolProfileBehavior`.
    pub(crate) behavior: Map<String, Value>,
    /// Where it stands in its JSON file, such as `item[0].item[2]`; empty for the root and for YAML.
    pub(crate) place: String,
}

/// A request or a folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// A folder.
    Group(Box<ItemGroup>),
    /// A request.
    Item(Box<Item>),
}

/// A folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemGroup {
    /// The id in the file, or a fresh UUID.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// What the author wrote about it.
    pub(crate) description: Option<String>,
    /// Requests and folders in order.
    pub(crate) nodes: Vec<Node>,
    /// Scripts that run for every item below.
    pub(crate) events: Vec<Event>,
    /// Variables that only the items below see.
    pub(crate) variables: Vec<CollectionVariable>,
    /// The authorization that items below inherit.
    pub(crate) auth: Option<Auth>,
    /// `protocolProfileBehavior`.
    pub(crate) behavior: Map<String, Value>,
    /// Where it stands in its JSON file, such as `item[0].item[2]`; empty for the root and for YAML.
    pub(crate) place: String,
}

/// A request with its scripts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// The id in the file, or a fresh UUID.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// The request; an item without one fails when it runs.
    pub(crate) request: Request,
    /// The item's own scripts.
    pub(crate) events: Vec<Event>,
    /// `protocolProfileBehavior`.
    pub(crate) behavior: Map<String, Value>,
    /// Where it stands in its JSON file, such as `item[0].item[2]`; empty for the root and for YAML.
    pub(crate) place: String,
}

impl Collection {
    /// The collection in the form of v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let mut info = json!({
            "_postman_id": self.id,
            "name": self.name,
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        });
        if let Some(description) = &self.description {
            info["description"] = json!({ "content": description, "type": "text/plain" });
        }
        let variables: Vec<Value> = self.variables.iter().map(variable_to_json).collect();
        let mut object = json!({ "item": nodes_to_json(&self.nodes) });
        add_common(
            &mut object,
            &self.events,
            self.auth.as_ref(),
            &self.behavior,
        );
        object["variable"] = Value::Array(variables);
        object["info"] = info;
        object
    }
}

impl Item {
    /// The item in the form of v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = json!({
            "id": self.id,
            "name": self.name,
            "request": self.request.to_json(),
            "response": [],
        });
        add_common(&mut object, &self.events, None, &self.behavior);
        object
    }
}

impl ItemGroup {
    fn to_json(&self) -> Value {
        let mut object = json!({
            "id": self.id,
            "name": self.name,
            "item": nodes_to_json(&self.nodes),
        });
        if let Some(description) = &self.description {
            object["description"] = json!({ "content": description, "type": "text/plain" });
        }
        add_common(
            &mut object,
            &self.events,
            self.auth.as_ref(),
            &self.behavior,
        );
        if !self.variables.is_empty() {
            object["variable"] = self.variables.iter().map(variable_to_json).collect();
        }
        object
    }
}

fn nodes_to_json(nodes: &[Node]) -> Value {
    nodes
        .iter()
        .map(|node| match node {
            Node::Group(group) => group.to_json(),
            Node::Item(item) => item.to_json(),
        })
        .collect()
}

fn add_common(
    object: &mut Value,
    events: &[Event],
    auth: Option<&Auth>,
    behavior: &Map<String, Value>,
) {
    object["event"] = events.iter().map(event_to_json).collect();
    if let Some(auth) = auth {
        object["auth"] = auth.to_json();
    }
    if !behavior.is_empty() {
        object["protocolProfileBehavior"] = Value::Object(behavior.clone());
    }
}

fn event_to_json(event: &Event) -> Value {
    let lines: Vec<&str> = event.script.source.split('\n').collect();
    let mut object = json!({
        "listen": event.listen.name(),
        "script": { "id": event.script.id, "type": "text/javascript", "exec": lines },
    });
    if event.disabled {
        object["disabled"] = Value::Bool(true);
    }
    object
}

fn variable_to_json(variable: &CollectionVariable) -> Value {
    let mut object = json!({ "type": variable.kind.as_deref().unwrap_or("any") });
    if let Some(value) = &variable.value {
        object["value"] = value.clone();
    }
    object["key"] = Value::from(variable.key.as_str());
    if let Some(description) = &variable.description {
        object["description"] = description.clone();
    }
    if variable.disabled {
        object["disabled"] = Value::Bool(true);
    }
    object
}
