//! What a collection or folder hands down to its requests.

use super::{auth, script, variable};
use crate::collection::{Auth, CollectionVariable, Event};
use crate::load::notice::Notices;
use crate::load::yaml::{Fields, Node};

const KEYS: [&str; 8] = [
    "$kind",
    "id",
    "name",
    "description",
    "variables",
    "auth",
    "scripts",
    "order",
];

/// The content of `definition.yaml`; a folder without one has the default.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) variables: Vec<CollectionVariable>,
    pub(super) auth: Option<Auth>,
    pub(super) events: Vec<Event>,
    pub(super) order: Option<f64>,
}

/// Reads a definition.
pub(super) fn read(node: &Node, notices: &mut Notices) -> Definition {
    let Some(fields) = Fields::read(node, "a definition", &KEYS, notices) else {
        return Definition::default();
    };
    if let Some(kind) = fields.text("$kind", notices)
        && kind != "collection"
    {
        notices.advise(
            node.line,
            format!("`{kind}` is no `$kind` of a definition"),
            "write `$kind: collection`, for folders too",
        );
    }
    Definition {
        id: fields.text("id", notices),
        name: fields.text("name", notices).filter(|name| !name.is_empty()),
        description: fields.text("description", notices),
        variables: fields
            .get("variables")
            .map(|variables| variable::read(variables, notices))
            .unwrap_or_default(),
        auth: fields
            .get("auth")
            .and_then(|auth| auth::read(auth, notices)),
        events: fields
            .get("scripts")
            .map(|scripts| script::read(scripts, true, notices))
            .unwrap_or_default(),
        order: order(&fields, notices),
    }
}

/// A number that only serves to compare.
pub(super) fn order(fields: &Fields<'_>, notices: &mut Notices) -> Option<f64> {
    let node = fields.get("order").filter(|node| !node.is_null())?;
    let order = match node.to_json() {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    if order.is_none() {
        let message = format!("`order` is {}, where a number belongs", node.kind());
        notices.push(node.line, message, None);
    }
    order
}
