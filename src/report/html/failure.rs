//! What went wrong, as the page's lists and details show it.

use serde_json::{Value, json};

use crate::record::{FailureKind, ScriptPlace};
use crate::report::problem::Problem;

/// So many characters of a text that somebody else wrote are shown.
const TEXT_CHARACTERS: usize = 8 * 1024;

/// Everything about a failure.
pub(super) fn failure(problem: &Problem<'_>) -> Value {
    let mut failure = json!({
        "kind": kind(problem.kind),
        "name": cut(problem.name, TEXT_CHARACTERS),
        "message": cut(&problem.message, TEXT_CHARACTERS),
        "at": problem.at(),
    });
    if let Some((test, _)) = problem.test {
        failure["test"] = json!(cut(test, TEXT_CHARACTERS));
    }
    if let Some((expected, actual)) = problem.comparison {
        failure["expected"] = json!(cut(expected, TEXT_CHARACTERS));
        failure["actual"] = json!(cut(actual, TEXT_CHARACTERS));
    }
    if let Some(place) = problem.place {
        failure["place"] = place_object(place);
    }
    if let Some(hint) = problem.hint {
        failure["hint"] = json!(hint);
    }
    if let Some(code) = problem.transport.and_then(crate::http::Error::code) {
        failure["code"] = json!(code);
    }
    failure
}

fn kind(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Assertion => "assertion",
        FailureKind::Script(_) => "script",
        FailureKind::Request => "request",
    }
}

fn place_object(place: &ScriptPlace) -> Value {
    json!({
        "owner": place.owner,
        "script": place.kind.name(),
        "line": place.line,
        "column": place.column,
        "source": cut(&place.source_line, 500),
    })
}

/// The first characters of a text; what is left out is replaced by `…`.
pub(super) fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
