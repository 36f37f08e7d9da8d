//! Where a text stops being YAML.

use crate::load::text::excerpt;

/// A text that is not YAML, with the place.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {reason}{excerpt}")]
pub(crate) struct YamlError {
    line: usize,
    column: usize,
    reason: String,
    excerpt: String,
    has_bare_token: bool,
}

impl YamlError {
    pub(super) fn new(text: &str, error: &serde_saphyr::Error) -> Self {
        let error = error.without_snippet();
        let (line, column) = error.location().map_or((1, 1), |location| {
            (
                usize::try_from(location.line()).unwrap_or(1),
                usize::try_from(location.column()).unwrap_or(1),
            )
        });
        let message = error.to_string();
        let suffix = format!(" at line {line}, column {column}");
        let reason = message.strip_suffix(&suffix).unwrap_or(&message);
        // What the parser offers to programmers is no use to the author of a file.
        let reason = reason.split(", set DuplicateKeyPolicy").next();
        let lines: Vec<&str> = text.lines().take(line).collect();
        let source_line = lines.get(line - 1).copied().unwrap_or_default();
        let bytes: usize = source_line
            .chars()
            .take(column - 1)
            .map(char::len_utf8)
            .sum();
        Self {
            line,
            column,
            reason: reason.unwrap_or_default().to_owned(),
            excerpt: excerpt(text, line, bytes + 1),
            has_bare_token: lines.iter().rev().take(2).any(|line| has_bare_token(line)),
        }
    }

    /// Counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// What a user can do about it.
    pub(crate) fn hint(&self) -> String {
        if self.has_bare_token {
            return "put a value that begins with `{{` in quotes".to_owned();
        }
        format!(
            "check the YAML near line {}; a text with `: `, ` #` or a sign at its beginning needs quotes",
            self.line
        )
    }
}

/// Whether a value begins with a variable and stands in no quotes.
fn has_bare_token(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    value.trim_start_matches([' ', '-']).starts_with("{{")
}
