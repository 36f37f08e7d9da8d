//! Which requests of a collection are to run.

use std::fmt;

use crate::collection::{Collection, Node};
use crate::suggest::nearest;

use super::Error;

/// Names or ids of folders and requests; empty selects everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selection {
    /// The values of `--folder`.
    pub(crate) folders: Vec<String>,
}

/// A name of the selection that more than one folder or request has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AmbiguousName {
    /// The name.
    pub(crate) name: String,
    /// The path of the one that it selects.
    pub(crate) selected: String,
    /// The paths of the others that are not selected.
    pub(crate) others: Vec<String>,
}

impl fmt::Display for AmbiguousName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            selected,
            others,
        } = self;
        let others = others.join("`, `");
        write!(
            formatter,
            "`--folder {name}` selects `{selected}` and leaves out `{others}`, which has the same name"
        )
    }
}

impl AmbiguousName {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> &'static str {
        "rename one of them, or select by id"
    }
}

impl Selection {
    /// For each item of the collection, depth first, whether it is selected; nothing when everything is.
    ///
    /// Each name takes its first match; the children of a level are looked at before their own children
    /// (as newman 6.2.2).
    pub(super) fn selected_items(
        &self,
        collection: &Collection,
    ) -> Result<Option<Vec<bool>>, Error> {
        if self.folders.is_empty() {
            return Ok(None);
        }
        let ids = self
            .folders
            .iter()
            .map(|name| {
                let mut found = matches(&collection.nodes, name, "").into_iter();
                found
                    .next()
                    .map(|it| id(it.node))
                    .ok_or_else(|| Error::UnknownFolder {
                        name: name.clone(),
                        near: nearest(name, all_names(&collection.nodes)).map(str::to_owned),
                    })
            })
            .collect::<Result<Vec<&str>, Error>>()?;
        let mut selected = Vec::new();
        mark(&collection.nodes, &ids, false, &mut selected);
        Ok(Some(selected))
    }

    /// The names that could have selected something else as well.
    pub(crate) fn ambiguous_names(&self, collection: &Collection) -> Vec<AmbiguousName> {
        let found: Vec<(&String, Vec<Match<'_>>)> = self
            .folders
            .iter()
            .map(|name| (name, matches(&collection.nodes, name, "")))
            .collect();
        let mut covered = Vec::new();
        for first in found.iter().filter_map(|(_, found)| found.first()) {
            covered.push(id(first.node));
            if let Node::Group(group) = first.node {
                add_ids(&group.nodes, &mut covered);
            }
        }
        found
            .into_iter()
            .filter_map(|(name, found)| {
                let mut found = found.into_iter();
                let selected = found.next()?.path;
                let others: Vec<String> = found
                    .filter(|other| !covered.contains(&id(other.node)))
                    .map(|other| other.path)
                    .collect();
                (!others.is_empty()).then(|| AmbiguousName {
                    name: name.clone(),
                    selected,
                    others,
                })
            })
            .collect()
    }
}

/// A folder or request that a name may mean, with its path.
struct Match<'collection> {
    node: &'collection Node,
    path: String,
}

/// All matches, the one that the name selects first.
fn matches<'collection>(
    nodes: &'collection [Node],
    name: &str,
    prefix: &str,
) -> Vec<Match<'collection>> {
    let path = |node: &Node| format!("{prefix}{}", node_name(node));
    let own = nodes
        .iter()
        .filter(|node| id(node) == name || node_name(node) == name)
        .map(|node| Match {
            node,
            path: path(node),
        });
    let below = nodes.iter().flat_map(|node| match node {
        Node::Group(group) => matches(&group.nodes, name, &format!("{} / ", path(node))),
        Node::Item(_) => Vec::new(),
    });
    own.chain(below).collect()
}

fn mark(nodes: &[Node], ids: &[&str], is_selected: bool, selected: &mut Vec<bool>) {
    for node in nodes {
        let is_selected = is_selected || ids.contains(&id(node));
        match node {
            Node::Group(group) => mark(&group.nodes, ids, is_selected, selected),
            Node::Item(_) => selected.push(is_selected),
        }
    }
}

fn add_ids<'collection>(nodes: &'collection [Node], ids: &mut Vec<&'collection str>) {
    for node in nodes {
        ids.push(id(node));
        if let Node::Group(group) = node {
            add_ids(&group.nodes, ids);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::parse;
    use serde_json::json;

    fn ambiguous(folders: &[&str]) -> Vec<String> {
        let request = |name: &str| json!({"name": name, "request": "http://h"});
        let folder = |name: &str, items: &[serde_json::Value]| json!({"name": name, "item": items});
        let collection = parse(&json!({"info": {"name": "C"}, "item": [
            folder("A", &[folder("Users", &[request("Users"), request("List")])]),
            folder("B", &[folder("Users", &[request("Get")]), request("List")]),
            request("Get")
        ]}))
        .unwrap();
        let folders = folders.iter().map(|&name| name.to_owned()).collect();
        let names = Selection { folders }.ambiguous_names(&collection);
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_that_means_several_things_is_told_with_the_paths_of_all() {
        assert_eq!(
            ambiguous(&["Users"]),
            [
                "`--folder Users` selects `A / Users` and leaves out `B / Users`, which has the same name"
            ]
        );
        assert_eq!(
            ambiguous(&["Get"]),
            [
                "`--folder Get` selects `Get` and leaves out `B / Users / Get`, which has the same name"
            ]
        );
    }

    #[test]
    fn what_is_selected_all_the_same_is_no_matter() {
        assert_eq!(ambiguous(&["A"]), Vec::<String>::new());
        assert_eq!(ambiguous(&["Users", "B"]), Vec::<String>::new());
        assert_eq!(ambiguous(&[]), Vec::<String>::new());
    }
}
