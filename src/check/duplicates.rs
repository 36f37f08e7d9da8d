//! Names that occur twice.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::inputs::{CollectionFile, VariableFile};
use super::level::Level;
use super::places::{RequestPart, is_named};
use super::rule::CheckRule;
use crate::collection::Node;

/// The entries of an environment or globals.
pub(super) fn in_scope(file: &VariableFile, findings: &mut Vec<Finding>) {
    let entries = file.scope.entries().iter();
    let enabled = entries.filter(|entry| !entry.disabled);
    for name in repeated(enabled.map(|entry| entry.key.as_str())) {
        let place = file.places.second_scope_variable(name);
        findings.push(variable(&file.name, name).at(place));
    }
}

/// The variables, requests and header fields of a collection.
pub(super) fn in_collection(
    file: &CollectionFile,
    levels: &[Level<'_>],
    findings: &mut Vec<Finding>,
) {
    for level in levels {
        let path = level.path.as_deref();
        let enabled = level.variables.iter().filter(|entry| !entry.disabled);
        for name in repeated(enabled.map(|entry| entry.key.as_str())) {
            let place = file.places.second_variable(level.place, name);
            findings.push(variable(&file.name, name).item(path).at(place));
        }
        let names = level.nodes.iter().filter_map(request_name);
        for name in repeated(names.map(|(name, _)| name)) {
            let message = format!("more than one request is called `{name}`");
            let hint = "`setNextRequest` and `--folder` reach only one of them by name";
            let finding = Finding::new(CheckRule::DuplicateRequest, &file.name, message);
            let places = level.nodes.iter().filter_map(request_name);
            let second = places.filter(|(other, _)| *other == name).nth(1);
            let place = second.and_then(|(_, place)| file.places.node(place));
            findings.push(finding.item(path).at(place).hint(Some(hint.to_owned())));
        }
        headers(file, level, findings);
    }
}

fn headers(file: &CollectionFile, level: &Level<'_>, findings: &mut Vec<Finding>) {
    let Some(request) = level.request else {
        return;
    };
    let mut seen: Vec<&str> = Vec::new();
    for header in request.headers.iter().filter(|header| !header.disabled) {
        let key = header.key();
        let other = seen
            .iter()
            .find(|known| known.eq_ignore_ascii_case(key) && **known != key);
        if let Some(other) = other {
            let message = format!("the header `{key}` is the same as `{other}`, and both are sent");
            let hint = "remove one of them; the case of a header's name has no meaning";
            let finding = Finding::new(CheckRule::DuplicateHeader, &file.name, message);
            let place = file
                .places
                .in_request(level.place, RequestPart::Headers, &|it| is_named(it, key));
            findings.push(
                finding
                    .item(level.path.as_deref())
                    .at(place)
                    .part(format!("the header `{key}`"))
                    .hint(Some(hint.to_owned())),
            );
        }
        seen.push(key);
    }
}

fn variable(file: &str, name: &str) -> Finding {
    let message = format!("the variable `{name}` is defined more than once; the last one wins");
    Finding::new(CheckRule::DuplicateVariable, file, message)
        .part(format!("the variable `{name}`"))
        .hint(Some("remove the others, or switch them off".to_owned()))
}

/// With the place in the JSON file.
fn request_name(node: &Node) -> Option<(&str, &str)> {
    match node {
        Node::Item(item) => Some((&item.name, &item.place)),
        Node::Group(_) => None,
    }
}

/// Each name that occurs more than once, in the order of its second occurrence.
fn repeated<'name>(names: impl Iterator<Item = &'name str>) -> Vec<&'name str> {
    let mut seen = BTreeSet::new();
    let mut repeated = Vec::new();
    for name in names {
        if !seen.insert(name) && !repeated.contains(&name) {
            repeated.push(name);
        }
    }
    repeated
}
