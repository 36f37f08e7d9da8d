//! Reading JSON with errors that show the place.

use serde_json::Value;

use super::JsonNode;
use crate::files::Source;
use crate::load::error::{Error, Input, JsonError};
use crate::load::text::excerpt;

/// Parses a JSON input.
pub(in crate::load) fn parse_json(
    input: Input,
    source: &Source,
    text: &str,
) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| Error::Json {
        input,
        name: source.to_string(),
        source: located(text, &error),
    })
}

/// The parser counts bytes, people count characters.
fn located(text: &str, error: &serde_json::Error) -> JsonError {
    let found = JsonError::without_excerpt(error);
    let column = found.column.max(1);
    JsonError {
        column: character_column(text, found.line, column),
        excerpt: excerpt(text, found.line, column),
        ..found
    }
}

/// A complaint about the value at a path such as `item[0]`, with its place where the text has that value.
pub(in crate::load) fn error_at(text: &str, path: &str, reason: String) -> Option<JsonError> {
    let root = JsonNode::parse(text)?;
    let place = root.at(path)?.place;
    let line = text.split('\n').nth(place.line - 1)?;
    let before: usize = line
        .chars()
        .take(place.column - 1)
        .map(char::len_utf8)
        .sum();
    Some(JsonError {
        line: place.line,
        column: place.column,
        reason,
        excerpt: excerpt(text, place.line, before + 1),
    })
}

fn character_column(text: &str, line: usize, byte_column: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1));
    let before = line.unwrap_or_default().char_indices();
    let count = before.take_while(|(start, _)| start + 1 < byte_column);
    count.count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let error = serde_json::from_str::<Value>(text).unwrap_err();
        located(text, &error).to_string()
    }

    #[test]
    fn the_place_is_shown_with_its_line() {
        assert_eq!(
            shown("{\n  \"a\": 1\n  \"b\": 2\n}"),
            "line 3, column 3: expected `,` or `}`\n      \"b\": 2\n      ^"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("[{}x]", "\"é\",".repeat(1000));

        let message = shown(&text);
        assert!(
            message.lines().all(|line| line.chars().count() <= 80),
            "{message}"
        );
    }

    #[test]
    fn columns_are_counted_in_characters() {
        assert!(shown("[\"é\" 1]").starts_with("line 1, column 6: "));
    }

    #[test]
    fn nesting_without_end_is_an_error() {
        assert!(shown(&"[".repeat(100_000)).contains("recursion limit exceeded"));
    }
}
