//! Files that bodies name and that are not there.

use std::path::Path;

use super::finding::Finding;
use super::inputs::CollectionFile;
use super::rule::CheckRule;
use crate::collection::{BodyContent, Request};
use crate::files::{self, WorkingDir};
use crate::plan::PlannedItem;
use crate::variables::VariableScopes;

/// Looks for each file; a path with a variable that only a run knows is left out.
pub(super) fn check(
    file: &CollectionFile,
    items: &[PlannedItem],
    mut scopes: VariableScopes,
    working_dir: &WorkingDir,
    findings: &mut Vec<Finding>,
) {
    for item in items {
        scopes.folder = item.variables.clone();
        for (part, path) in paths(&item.request) {
            let place = |finding: Finding| finding.item(Some(&item.info.path())).part(part.clone());
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

/// The paths of a body, with nothing for a field that has none.
fn paths(request: &Request) -> Vec<(String, Option<&str>)> {
    let Some(body) = request.body.as_ref().filter(|body| !body.disabled) else {
        return Vec::new();
    };
    match &body.content {
        BodyContent::File(Some(path)) => vec![("the body".to_owned(), Some(path))],
        BodyContent::FormData(parts) => parts
            .iter()
            .filter(|part| !part.parameter.disabled)
            .filter_map(|part| Some((part.parameter.key(), part.files.as_ref()?)))
            .flat_map(|(key, files)| {
                let part = format!("the field `{key}`");
                match files.is_empty() {
                    true => vec![(part, None)],
                    false => files
                        .iter()
                        .map(|path| (part.clone(), Some(path.as_str())))
                        .collect(),
                }
            })
            .collect(),
        _ => Vec::new(),
    }
}
