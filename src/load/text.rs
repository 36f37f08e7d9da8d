//! Reading text, and showing places in it.

use super::error::{Error, Input};
use crate::files::{Source, decode_text};

/// A line longer than this is cut around the place.
const EXCERPT_WIDTH: usize = 70;

/// Reads a text input that is neither empty nor binary.
pub(super) fn load_text(input: Input, source: &Source) -> Result<String, Error> {
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
    Ok(text)
}

/// The part of a line around a column, and a caret below that column; both are counted from 1, the
/// column in bytes.
pub(super) fn excerpt(text: &str, line: usize, column: usize) -> String {
    let source_line = text
        .split('\n')
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
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

/// As [`excerpt`], with the column in characters, as readers of YAML count.
pub(super) fn excerpt_at(text: &str, line: usize, column: usize) -> String {
    let source_line = text
        .split('\n')
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let before: usize = source_line
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    excerpt(text, line, before + 1)
}

fn floor(text: &str, mut position: usize) -> usize {
    position = position.min(text.len());
    while !text.is_char_boundary(position) {
        position -= 1;
    }
    position
}
