//! Which requests of a collection are to run.

use std::fmt;

use crate::collection::{Collection, Node};
use crate::suggest::nearest;

use super::filter::filter;
use super::{Error, PathGlob};

/// What is to run: all of what the folders name, the globs match and the tags mark; empty lists narrow
/// nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    /// The values of `--folder`: names or ids of folders and requests.
    pub(crate) folders: Vec<String>,
    /// The values of `--only`.
    pub(crate) only: Vec<PathGlob>,
    /// The values of `--exclude`, which win over all others.
    pub(crate) exclude: Vec<PathGlob>,
    /// The values of `--tag`, of which one is enough.
    pub(crate) tags: Vec<String>,
}

/// What is doubtful in a selection that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// A name means more than one folder or request.
    Ambiguous(AmbiguousName),
    /// Nothing matches a glob of `--exclude`.
    UnusedExclude {
        /// The glob.
        glob: String,
        /// A path that is nearly the same.
        near: Option<String>,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous(name) => name.fmt(formatter),
            Self::UnusedExclude { glob, .. } => {
                write!(formatter, "`--exclude {glob}` leaves out nothing")
            }
        }
    }
}

impl Doubt {
    /// What a user can do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Ambiguous(_) => Some("rename one of them, or select by id".to_owned()),
            Self::UnusedExclude { near, .. } => {
                near.as_ref().map(|near| format!("did you mean `{near}`?"))
            }
        }
    }
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

impl Selection {
    /// The flags that were used to select.
    pub(super) fn filters(&self) -> Vec<&'static str> {
        [
            ("--folder", self.folders.is_empty()),
            ("--only", self.only.is_empty()),
            ("--tag", self.tags.is_empty()),
            ("--exclude", self.exclude.is_empty()),
        ]
        .into_iter()
        .filter_map(|(flag, is_empty)| (!is_empty).then_some(flag))
        .collect()
    }

    /// For each item of the collection, depth first, whether it is selected; nothing when everything is.
    pub(super) fn selected_items(
        &self,
        collection: &Collection,
    ) -> Result<Option<Vec<bool>>, Error> {
        if self.filters().is_empty() {
            return Ok(None);
        }
        let mut selected = filter(self, &collection.nodes)?.passes;
        if !self.folders.is_empty() {
            for (passes, is_named) in selected.iter_mut().zip(self.named_items(collection)?) {
                *passes &= is_named;
            }
        }
        Ok(Some(selected))
    }

    /// For each item whether a folder name selects it.
    ///
    /// Each name takes its first match; the children of a level are looked at before their own children
    /// (as newman 6.2.2).
    fn named_items(&self, collection: &Collection) -> Result<Vec<bool>, Error> {
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
        Ok(selected)
    }

    /// What may have been meant otherwise.
    pub(crate) fn doubts(&self, collection: &Collection) -> Vec<Doubt> {
        let ambiguous = self.ambiguous_names(collection).into_iter();
        let unused = filter(self, &collection.nodes)
            .map(|filtered| filtered.unused_excludes)
            .unwrap_or_default();
        let unused = unused
            .into_iter()
            .map(|(glob, near)| Doubt::UnusedExclude { glob, near });
        ambiguous.map(Doubt::Ambiguous).chain(unused).collect()
    }

    /// The names that could have selected something else as well.
    fn ambiguous_names(&self, collection: &Collection) -> Vec<AmbiguousName> {
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

pub(super) fn id(node: &Node) -> &str {
    match node {
        Node::Group(group) => &group.id,
        Node::Item(item) => &item.id,
    }
}

pub(super) fn node_name(node: &Node) -> &str {
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
        let selection = Selection {
            folders,
            ..Selection::default()
        };
        let names = selection.ambiguous_names(&collection);
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
