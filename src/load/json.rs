//! Reading JSON with errors that show the place.

use serde_json::Value;

use super::error::{Error, Input, JsonError};
use crate::files::{Source, decode_text};

/// A line longer than this is cut around the place.
const EXCERPT_WIDTH: usize = 70;

/// Reads and parses a JSON input.
pub(super) fn load_json(input: Input, source: &Source) -> Result<Value, Error> {
    let name = source.to_string();
    let bytes = source.read().map_err(|source| Error::File {
        input,
        name: name.clone(),
        source,
    })?;
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !has_mark && bytes.iter().take(8192).any(|&byte| byte == 0) {
        return Err(Error::Binary { input, name });
    }
    let text = decode_text(bytes);
    if text.trim().is_empty() {
        return Err(Error::Empty { input, name });
    }
    serde_json::from_str(&text).map_err(|error| Error::Json {
        input,
        name,
        source: located(&text, &error),
    })
}

fn located(text: &str, error: &serde_json::Error) -> JsonError {
    let found = JsonError::without_excerpt(error);
    let source_line = text
        .split('\n')
        .nth(found.line.saturating_sub(1))
        .unwrap_or_default();
    let column = found.column.max(1);
    JsonError {
        column,
        excerpt: excerpt(source_line, column),
        ..found
    }
}

/// The part of a line around a column, and a caret below that column.
fn excerpt(source_line: &str, column: usize) -> String {
    let before = source_line.bytes().take(column - 1).count();
    let start = floor(source_line, before.saturating_sub(EXCERPT_WIDTH / 2));
    let end = floor(source_line, (start + EXCERPT_WIDTH).min(source_line.len()));
    let shown = source_line[start..end]
        .trim_end()
        .replace(|character: char| character.is_control(), " ");
    if shown.trim().is_empty() {
        return String::new();
    }
    let position = source_line[start..floor(source_line, before)]
        .chars()
        .count();
    format!("\n    {shown}\n    {}^", " ".repeat(position))
}

fn floor(text: &str, mut position: usize) -> usize {
    position = position.min(text.len());
    while !text.is_char_boundary(position) {
        position -= 1;
    }
    position
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
    fn nesting_without_end_is_an_error() {
        assert!(shown(&"[".repeat(100_000)).contains("recursion limit exceeded"));
    }
}
