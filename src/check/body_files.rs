//! Files that bodies name and that are not there.

use std::path::Path;

use super::checker::PlacedItem;
use super::finding::Finding;
use super::inputs::CollectionFile;
use super::places::{RequestPart, is_named};
use super::rule::CheckRule;
use crate::collection::{BodyContent, Request};
use crate::files::{self, WorkingDir};
use crate::load::JsonNode;
use crate::variables::VariableScopes;

/// Looks for each file; a path with a variable that only a run knows is left out.
pub(super) fn check(
    file: &CollectionFile,
    items: &[PlacedItem<'_>],
    mut scopes: VariableScopes,
    working_dir: &WorkingDir,
    findings: &mut Vec<Finding>,
) {
    for PlacedItem { item, place } in items {
        scopes.folder = item.variables.clone();
        for BodyFile { key, path } in body_files(&item.request) {
            let is_it = |node: &JsonNode| match (path, key) {
                (Some(path), _) => node.text() == Some(path),
                (None, key) => is_named(node, key.unwrap_or_default()),
            };
            let part = match key {
                Some(key) => format!("the field `{key}`"),
                None => "the body".to_owned(),
            };
            let place = |finding: Finding| {
                finding
                    .item(Some(&item.info.path()))
                    .part(part.clone())
                    .at(file.places.in_request(place, RequestPart::Body, &is_it))
            };
            let Some(path) = path else {
                let message = "the field is of type `file` and names none";
                let finding = Finding::new(CheckRule::MissingBodyFile, &file.name, message);
                findings.push(place(finding));
                continue;
            };
            let resolved = scopes.substitute(path);
            let Err(error) = working_dir.find(Path::new(&resolved.text)) else {
                continue;
            };
            if resolved.unknown.is_empty() {
                // As it is written: a variable in it may hold a secret.
                let message = format!("the body's file `{path}` {}", reason(&error));
                let finding = Finding::new(CheckRule::MissingBodyFile, &file.name, message);
                let hint = "a relative path begins where postrider is started, beside the collection, \
                            or in --working-dir";
                findings.push(place(finding).hint(Some(hint.to_owned())));
            }
        }
    }
}

fn reason(error: &files::Error) -> &'static str {
    match error {
        files::Error::Missing { .. } => "is not there",
        files::Error::IsFolder { .. } => "is a folder",
        _ => "cannot be read",
    }
}

/// A file that a body names.
struct BodyFile<'request> {
    /// The field, where the body has any.
    key: Option<&'request str>,
    /// Nothing for a field that has none.
    path: Option<&'request str>,
}

fn body_files(request: &Request) -> Vec<BodyFile<'_>> {
    let Some(body) = request.body.as_ref().filter(|body| !body.disabled) else {
        return Vec::new();
    };
    match &body.content {
        BodyContent::File(Some(path)) => vec![BodyFile {
            key: None,
            path: Some(path),
        }],
        BodyContent::FormData(parts) => parts
            .iter()
            .filter(|part| !part.parameter.disabled)
            .filter_map(|part| Some((part.parameter.key(), part.files.as_ref()?)))
            .flat_map(|(key, files)| {
                let named = files.iter().map(|path| Some(path.as_str()));
                let none = files.is_empty().then_some(None);
                named.chain(none).map(move |path| BodyFile {
                    key: Some(key),
                    path,
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}
