//! Variables that requests use and that nothing defines.

use super::checker::{Names, PlacedItem};
use super::finding::{Finding, Severity};
use super::inputs::CollectionFile;
use super::places::FilePlace;
use super::rule::CheckRule;
use super::text::{PartText, texts};
use crate::load::JsonNode;
use crate::suggest::nearest;

/// A name with the first place that uses it.
struct Use {
    name: String,
    item: String,
    part: String,
    place: Option<FilePlace>,
    request_count: usize,
    near: Option<String>,
}

/// Tells each name once, with the first request that uses it.
pub(super) fn check(
    file: &CollectionFile,
    items: &[PlacedItem<'_>],
    mut names: Names<'_>,
    findings: &mut Vec<Finding>,
) {
    let mut uses: Vec<Use> = Vec::new();
    for PlacedItem { item, place } in items {
        names.scopes.folder = item.variables.clone();
        let mut own: Vec<(String, PartText)> = Vec::new();
        for text in texts(&item.request, item.auth.as_ref()) {
            for name in names.scopes.substitute(&text.text).unknown {
                let is_known = names.set_in_run.names.contains(&name)
                    || names.captured.contains(&name.as_str())
                    || own.iter().any(|(known, _)| *known == name);
                if !is_known {
                    own.push((name, text.clone()));
                }
            }
        }
        for (name, text) in own {
            match uses.iter_mut().find(|known| known.name == name) {
                Some(known) => known.request_count += 1,
                None => uses.push(Use {
                    near: near(&name, &names),
                    place: file
                        .places
                        .in_request(place, text.place, &|it| has_token(it, &name)),
                    name,
                    item: item.info.path(),
                    part: text.part,
                    request_count: 1,
                }),
            }
        }
    }
    findings.extend(uses.into_iter().map(|it| finding(file, &names, it)));
}

/// A name that the value of another variable brings in is not found.
fn has_token(node: &JsonNode, name: &str) -> bool {
    let tokens = [format!("{{{{{name}}}}}"), format!("<<{name}>>")];
    node.text()
        .is_some_and(|text| tokens.iter().any(|token| text.contains(token)))
}

fn near(name: &str, names: &Names<'_>) -> Option<String> {
    let in_run = names.set_in_run.names.iter().map(String::as_str);
    let all = names.scopes.names_near(name).into_iter().chain(in_run);
    nearest(name, all.chain(names.captured.iter().copied())).map(str::to_owned)
}

fn finding(file: &CollectionFile, names: &Names<'_>, it: Use) -> Finding {
    let is_dynamic = it.name.starts_with('$');
    let rule = match is_dynamic {
        true => CheckRule::UnknownDynamicVariable,
        false => CheckRule::UndefinedVariable,
    };
    let users = match it.request_count {
        1 => String::new(),
        count => format!(", which {count} requests use,"),
    };
    let (severity, what, advice) = if is_dynamic {
        (rule.severity(), "is no dynamic variable", None)
    } else if !names.is_complete {
        let advice = "check the collection together with its environment";
        (Severity::Note, "is defined in no file", Some(advice))
    } else if names.set_in_run.has_computed {
        let advice = "a script sets variables under names that it computes; perhaps this is one";
        (Severity::Warning, "is defined in no file", Some(advice))
    } else {
        let advice = "define it in the environment, the globals or the collection, or pass it with --env-var";
        (rule.severity(), "is defined in no file", Some(advice))
    };
    let hint = match it.near {
        // Without an environment a near name is a guess.
        Some(near) if severity == Severity::Note => Some(format!(
            "check the collection together with its environment; or did you mean `{near}`?"
        )),
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => advice.map(str::to_owned),
    };
    Finding::new(
        rule,
        &file.name,
        format!("`{{{{{}}}}}`{users} {what}", it.name),
    )
    .severity(severity)
    .item(Some(&it.item))
    .at(it.place)
    .part(it.part)
    .hint(hint)
}
