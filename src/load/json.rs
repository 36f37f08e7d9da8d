//! Reading JSON with errors that show the place.

use serde_json::Value;

use super::error::{Error, Input, JsonError};
use super::text::excerpt;
use crate::files::Source;

/// Parses a JSON input.
pub(super) fn parse_json(input: Input, source: &Source, text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| Error::Json {
        input,
        name: source.to_string(),
        source: located(text, &error),
    })
}

fn located(text: &str, error: &serde_json::Error) -> JsonError {
    let found = JsonError::without_excerpt(error);
    let column = found.column.max(1);
    JsonError {
        column,
        excerpt: excerpt(text, found.line, column),
        ..found
    }
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
