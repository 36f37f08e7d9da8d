//! A collection, its folders and its requests, one after the other.

use crate::collection::{Auth, Collection, CollectionVariable, Event, Node, Request};

/// What a collection, a folder or a request has of its own.
pub(super) struct Level<'collection> {
    /// The names down to it; nothing for the collection.
    pub(super) path: Option<String>,
    /// Where it stands in its JSON file.
    pub(super) place: &'collection str,
    /// Its own name.
    pub(super) name: &'collection str,
    /// Its scripts.
    pub(super) events: &'collection [Event],
    /// Its variables.
    pub(super) variables: &'collection [CollectionVariable],
    /// Its own authorization.
    pub(super) auth: Option<&'collection Auth>,
    /// Its request, if it is one.
    pub(super) request: Option<&'collection Request>,
    /// What is in it.
    pub(super) nodes: &'collection [Node],
}

/// All levels from the outside in, in the order of the file.
pub(super) fn levels(collection: &Collection) -> Vec<Level<'_>> {
    let mut levels = vec![Level {
        path: None,
        place: &collection.place,
        name: &collection.name,
        events: &collection.events,
        variables: &collection.variables,
        auth: collection.auth.as_ref(),
        request: None,
        nodes: &collection.nodes,
    }];
    add(&collection.nodes, "", &mut levels);
    levels
}

fn add<'collection>(
    nodes: &'collection [Node],
    prefix: &str,
    levels: &mut Vec<Level<'collection>>,
) {
    for node in nodes {
        match node {
            Node::Item(item) => levels.push(Level {
                path: Some(format!("{prefix}{}", item.name)),
                place: &item.place,
                name: &item.name,
                events: &item.events,
                variables: &[],
                auth: item.request.auth.as_ref(),
                request: Some(&item.request),
                nodes: &[],
            }),
            Node::Group(group) => {
                let path = format!("{prefix}{}", group.name);
                levels.push(Level {
                    path: Some(path.clone()),
                    place: &group.place,
                    name: &group.name,
                    events: &group.events,
                    variables: &group.variables,
                    auth: group.auth.as_ref(),
                    request: None,
                    nodes: &group.nodes,
                });
                add(&group.nodes, &format!("{path} / "), levels);
            }
        }
    }
}
