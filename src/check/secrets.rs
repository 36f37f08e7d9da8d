//! Secrets that stand in a file, where everyone who has the file can read them.

use super::credential::{credential_in, credential_under};
use super::finding::Finding;
use super::inputs::{CollectionFile, VariableFile};
use super::level::Level;
use super::places::{FilePlace, RequestPart, is_named};
use super::rule::CheckRule;
use super::text::{auth_texts, texts};
use crate::collection::CollectionVariable;
use crate::load::{JsonNode, ScopeFile};
use crate::variables::VariableKind;

/// The values of an environment or globals, also of entries that are switched off.
pub(super) fn in_scope(file: &VariableFile, findings: &mut Vec<Finding>) {
    let what = match file.kind {
        ScopeFile::Environment => "environment",
        ScopeFile::Globals => "globals",
    };
    for entry in file.scope.entries() {
        let is_secret = entry.kind == VariableKind::Secret;
        let value = entry.value.to_text();
        let found = in_variable(&entry.key, &value, is_secret, what);
        if let Some((rule, message)) = found {
            findings.push(
                Finding::new(rule, &file.name, message)
                    .part(format!("the variable `{}`", entry.key))
                    .at(file.places.scope_variable(&entry.key, &value))
                    .hint(Some(hint())),
            );
        }
    }
}

/// The variables, authorizations, requests and scripts of a collection.
pub(super) fn in_collection(
    file: &CollectionFile,
    levels: &[Level<'_>],
    findings: &mut Vec<Finding>,
) {
    for level in levels {
        let mut found: Vec<Found> = Vec::new();
        for variable in level.variables {
            let value = text_of(variable);
            let is_secret = is_secret(variable);
            if let Some((rule, message)) =
                in_variable(&variable.key, &value, is_secret, "collection")
            {
                found.push(Found {
                    rule,
                    part: format!("the variable `{}`", variable.key),
                    message,
                    place: file.places.variable(level.place, &variable.key, &value),
                });
            }
        }
        in_texts(file, level, &mut found);
        for event in level.events {
            if let Some(kind) = credential_in(&event.script.source) {
                let is_credential = |line: &str| credential_in(line).is_some();
                let place = file.places.in_script(level.place, event, is_credential);
                let part = format!("the {} script", event.listen.name());
                found.push(Found::credential(kind, part, place));
            }
        }
        findings.extend(found.into_iter().map(|found| {
            Finding::new(found.rule, &file.name, found.message)
                .item(level.path.as_deref())
                .part(found.part)
                .at(found.place)
                .hint(Some(hint()))
        }));
    }
}

/// A secret in one part of a collection, folder or request.
struct Found {
    rule: CheckRule,
    part: String,
    message: String,
    place: Option<FilePlace>,
}

impl Found {
    fn credential(kind: &str, part: String, place: Option<FilePlace>) -> Self {
        Self {
            rule: CheckRule::Credential,
            part,
            message: format!("{kind} stands in the file"),
            place,
        }
    }
}

/// The texts of a request and of an authorization.
fn in_texts(file: &CollectionFile, level: &Level<'_>, found: &mut Vec<Found>) {
    let own = level.request.map(|request| texts(request, None));
    let inherited = level.auth.into_iter().flat_map(auth_texts);
    for text in own.into_iter().flatten().chain(inherited) {
        let Some(kind) = credential_under(&text.name, &text.text) else {
            continue;
        };
        // A URL stands in pieces.
        let is_it = |node: &JsonNode| {
            let own = node.text();
            own.is_some_and(|own| own == text.text || credential_in(own).is_some())
        };
        let place = file.places.in_request(level.place, text.place, &is_it);
        found.push(Found::credential(kind, text.part, place));
    }
    let query = level
        .request
        .into_iter()
        .flat_map(|it| it.url.enabled_query());
    for parameter in query {
        // What is known by its form was found in the URL as a whole.
        let kind = credential_under(parameter.key(), parameter.value());
        if let Some(kind) = kind.filter(|_| credential_in(parameter.value()).is_none()) {
            let part = format!("the query parameter `{}`", parameter.key());
            let is_it = |node: &JsonNode| is_named(node, parameter.key());
            let place = file
                .places
                .in_request(level.place, RequestPart::Url, &is_it);
            found.push(Found::credential(kind, part, place));
        }
    }
}

fn hint() -> String {
    "keep it out of the file: leave the value empty and pass it with --env-var from a secret store"
        .to_owned()
}

/// A value that only names other variables holds no secret.
fn in_variable(
    name: &str,
    value: &str,
    is_secret: bool,
    what: &str,
) -> Option<(CheckRule, String)> {
    if is_secret && !value.trim().is_empty() && !value.contains("{{") {
        let message = format!(
            "the value of `{name}`, a variable of type `secret`, stands in the {what} file"
        );
        return Some((CheckRule::SecretValue, message));
    }
    let kind = credential_under(name, value)?;
    let message = format!("the value of `{name}` looks like {kind} and stands in the {what} file");
    Some((CheckRule::Credential, message))
}

fn is_secret(variable: &CollectionVariable) -> bool {
    let kind = variable.kind.as_deref().map(VariableKind::from_name);
    kind == Some(VariableKind::Secret)
}

fn text_of(variable: &CollectionVariable) -> String {
    match &variable.value {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
