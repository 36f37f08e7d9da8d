//! Secrets that stand in a file, where everyone who has the file can read them.

use super::credential::{credential_in, credential_under};
use super::finding::Finding;
use super::inputs::{CollectionFile, VariableFile};
use super::level::Level;
use super::rule::CheckRule;
use super::text::{PartText, auth_texts, texts};
use crate::collection::CollectionVariable;
use crate::load::ScopeFile;
use crate::variables::VariableKind;

/// The values of an environment or globals, also of entries that are switched off.
pub(super) fn in_scope(file: &VariableFile, findings: &mut Vec<Finding>) {
    let what = match file.kind {
        ScopeFile::Environment => "environment",
        ScopeFile::Globals => "globals",
    };
    for entry in file.scope.entries() {
        let is_secret = entry.kind == VariableKind::Secret;
        let found = in_variable(&entry.key, &entry.value.to_text(), is_secret, what);
        if let Some((rule, message)) = found {
            findings.push(
                Finding::new(rule, &file.name, message)
                    .part(format!("the variable `{}`", entry.key))
                    .line(file.lines.variable(&entry.key, false))
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
        let mut found: Vec<(CheckRule, String, String)> = Vec::new();
        for variable in level.variables {
            let is_secret = is_secret(variable);
            let value = text_of(variable);
            if let Some((rule, message)) =
                in_variable(&variable.key, &value, is_secret, "collection")
            {
                found.push((rule, format!("the variable `{}`", variable.key), message));
            }
        }
        let own = level.request.map(|request| texts(request, None));
        let inherited = level.auth.into_iter().flat_map(auth_texts);
        for PartText { part, name, text } in own.into_iter().flatten().chain(inherited) {
            if let Some(kind) = credential_under(&name, &text) {
                found.push((CheckRule::Credential, part, in_file(kind)));
            }
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
                found.push((CheckRule::Credential, part, in_file(kind)));
            }
        }
        for event in level.events {
            if let Some(kind) = credential_in(&event.script.source) {
                let part = format!("the {} script", event.listen.name());
                found.push((CheckRule::Credential, part, in_file(kind)));
            }
        }
        findings.extend(found.into_iter().map(|(rule, part, message)| {
            Finding::new(rule, &file.name, message)
                .item(level.path.as_deref())
                .part(part)
                .hint(Some(hint()))
        }));
    }
}

fn in_file(kind: &str) -> String {
    format!("{kind} stands in the file")
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
