//! Which requests of a collection are to run.

use crate::collection::{Collection, Node};
use crate::suggest::nearest;

use super::Error;

/// Names or ids of folders and requests; empty selects everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selection {
    /// The values of `--folder`.
    pub(crate) folders: Vec<String>,
}

impl Selection {
    /// The ids of all selected nodes, or nothing when everything is selected.
    ///
    /// Each name takes its first match; the children of a level are looked at before their own children
    /// (as newman 6.2.2).
    pub(super) fn selected_ids(
        &self,
        collection: &Collection,
    ) -> Result<Option<Vec<String>>, Error> {
        if self.folders.is_empty() {
            return Ok(None);
        }
        self.folders
            .iter()
            .map(|name| {
                find(&collection.nodes, name).ok_or_else(|| Error::UnknownFolder {
                    name: name.clone(),
                    near: nearest(name, all_names(&collection.nodes)).map(str::to_owned),
                })
            })
            .collect::<Result<Vec<String>, Error>>()
            .map(Some)
    }
}

fn find(nodes: &[Node], name: &str) -> Option<String> {
    let own = nodes
        .iter()
        .find(|node| id(node) == name || node_name(node) == name);
    own.map(|node| id(node).to_owned()).or_else(|| {
        nodes.iter().find_map(|node| match node {
            Node::Group(group) => find(&group.nodes, name),
            Node::Item(_) => None,
        })
    })
}

fn all_names(nodes: &[Node]) -> Vec<&str> {
    nodes
        .iter()
        .flat_map(|node| {
            let below = match node {
                Node::Group(group) => all_names(&group.nodes),
                Node::Item(_) => Vec::new(),
            };
            std::iter::once(node_name(node)).chain(below)
        })
        .collect()
}

fn id(node: &Node) -> &str {
    match node {
        Node::Group(group) => &group.id,
        Node::Item(item) => &item.id,
    }
}

fn node_name(node: &Node) -> &str {
    match node {
        Node::Group(group) => &group.name,
        Node::Item(item) => &item.name,
    }
}
