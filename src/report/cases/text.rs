//! Names and texts of cases.

use std::collections::HashSet;

use crate::http::Exchange;
use crate::record::Execution;
use crate::report::excerpt::excerpt;
use crate::report::measure::{duration_text, milliseconds};
use crate::report::problem::Problem;

/// A name longer than this is of no use in a list of tests.
const NAME_CHARACTERS: usize = 500;

/// Attributes are shown in one line.
const MESSAGE_CHARACTERS: usize = 1000;

/// Azure DevOps and GitLab cut or refuse texts of some ten thousand characters.
const TEXT_CHARACTERS: usize = 8000;

/// So much of a response's content is quoted.
const EXCERPT_BYTES: usize = 2048;

/// A name on one line, without spaces to spare; some consumers drop cases without a name.
pub(in crate::report) fn name_text(name: &str, fallback: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let text = clipped(&words.join(" "), NAME_CHARACTERS);
    if text.is_empty() {
        fallback.to_owned()
    } else {
        text
    }
}

/// The name itself, or with the first number from 2 on that makes it differ from all used names.
pub(in crate::report) fn unique(name: String, used: &mut HashSet<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while !used.insert(candidate.clone()) {
        candidate = format!("{name} #{number}");
        number += 1;
    }
    candidate
}

/// A message for an attribute.
pub(in crate::report) fn message_text(message: &str) -> String {
    clipped(message, MESSAGE_CHARACTERS)
}

/// All about a problem. The first lines repeat the message, since GitLab reads no attributes.
pub(in crate::report) fn problem_text(problem: &Problem<'_>, execution: &Execution) -> String {
    let mut lines = vec![clipped(&problem.message, TEXT_CHARACTERS)];
    if let Some((expected, actual)) = problem.comparison {
        lines.push(format!("expected: {}", clipped(expected, TEXT_CHARACTERS)));
        lines.push(format!("actual: {}", clipped(actual, TEXT_CHARACTERS)));
    }
    if let Some(sent) = execution.main_request() {
        lines.push(exchange_text(&sent.exchange));
    }
    lines.push(format!("at {}", problem.at()));
    if let Some(place) = problem.place {
        let source = clipped(place.source_line.trim(), MESSAGE_CHARACTERS);
        let owner = clipped(&place.owner, NAME_CHARACTERS);
        lines.push(format!("in the script of {owner}: {source}"));
    }
    lines.push(format!(
        "inside {}",
        clipped(&execution.item.path(), MESSAGE_CHARACTERS)
    ));
    if let Some(hint) = problem.hint {
        lines.push(format!("hint: {hint}"));
    }
    lines.join("\n")
}

/// `GET https://api.example.com/users → 500 Internal Server Error (401ms)`
fn exchange_text(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let time = duration_text(milliseconds(exchange.timings.total));
    let url = clipped(&request.url.to_string(), MESSAGE_CHARACTERS);
    match exchange.response() {
        Some(response) => {
            let reason = clipped(&response.reason, NAME_CHARACTERS);
            format!(
                "{} {url} → {} {reason} ({time})",
                request.method, response.status
            )
        }
        None => format!("{} {url} → no response ({time})", request.method),
    }
}

/// The beginning of the response's content, if there is any text in it.
pub(in crate::report) fn response_text(execution: &Execution) -> Option<String> {
    let (text, has_more) = excerpt(&execution.response()?.body, EXCERPT_BYTES)?;
    let more = if has_more { "…" } else { "" };
    (!text.is_empty()).then(|| format!("{text}{more}"))
}

pub(in crate::report) fn clipped(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_repeat_are_numbered() {
        let mut used = HashSet::new();

        assert_eq!(unique("a".to_owned(), &mut used), "a");
        assert_eq!(unique("a".to_owned(), &mut used), "a #2");
        assert_eq!(unique("a #2".to_owned(), &mut used), "a #2 #2");
        assert_eq!(unique("a".to_owned(), &mut used), "a #3");
    }

    #[test]
    fn names_are_one_line_and_not_endless() {
        assert_eq!(name_text(" a\n\tb ", "x"), "a b");
        assert_eq!(name_text("", "x"), "x");
        assert_eq!(name_text(&"ä".repeat(501), "x"), "ä".repeat(500) + "…");
    }
}
