//! Making foreign text harmless and fitting it into columns.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide a text is on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text on one line: line breaks and tabs become spaces, and what could move the cursor, change
/// colours or turn the writing direction is shown as an escape.
pub(super) fn one_line(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\t' => result.push(' '),
            other => push_visible(&mut result, other),
        }
    }
    result
}

/// The lines of a text, each as harmless as [`one_line`]'s; tabs become four spaces.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.split('\n')
        .map(|line| {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let mut result = String::with_capacity(line.len());
            for character in line.chars() {
                match character {
                    '\t' => result.push_str("    "),
                    other => push_visible(&mut result, other),
                }
            }
            result
        })
        .collect()
}

fn push_visible(text: &mut String, character: char) {
    let hidden = matches!(character,
        // Marks that turn the direction of writing, and separators that some terminals obey.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Writing to a text cannot fail.
    let _ = match character {
        character if character.is_control() => write!(text, "\\x{:02x}", u32::from(character)),
        character if hidden => write!(text, "\\u{:04x}", u32::from(character)),
        character => text.write_char(character),
    };
}

/// At most so many characters of a text, and whether something is missing.
pub(super) fn clipped(text: &str, characters: usize) -> (&str, bool) {
    match text.char_indices().nth(characters) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// Cuts a line into pieces of at most `columns` columns, without regard to words.
pub(super) fn cut(line: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut used = 0;
    let mut joined = false;
    for character in line.chars() {
        // What joins two characters to one must not be torn from either.
        let joins = character == '\u{200d}';
        let wide = if joined || joins {
            0
        } else {
            character.width().unwrap_or(0)
        };
        if used + wide > columns {
            pieces.push(std::mem::take(&mut piece));
            used = 0;
        }
        piece.push(character);
        used += wide;
        joined = joins;
    }
    pieces.push(piece);
    pieces
}

/// Breaks a line between words, and within those that are too long, to at most `columns` columns.
pub(super) fn wrapped(line: &str, columns: usize) -> Vec<String> {
    if width(line) <= columns {
        return vec![line.to_owned()];
    }
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut used = 0;
    for word in line.split_inclusive(' ') {
        let bare = width(word.trim_end());
        if used > 0 && used + bare > columns {
            rows.push(std::mem::take(&mut row).trim_end().to_owned());
            used = 0;
        }
        if bare > columns {
            let mut pieces = cut(word, columns);
            row = pieces.pop().unwrap_or_default();
            rows.append(&mut pieces);
            used = width(&row);
        } else {
            row.push_str(word);
            used += width(word);
        }
    }
    rows.push(row.trim_end().to_owned());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_would_obey_is_left() {
        assert_eq!(
            one_line("a\u{1b}[31mb\r\nc\td\u{7}\u{9b}2J\u{202e}e\0"),
            "a\\x1b[31mb c d\\x07\\x9b2J\\u202ee\\x00"
        );
        assert_eq!(lines("a\tb\r\nc\rd\n"), ["a    b", "c\\x0dd", ""]);
    }

    #[test]
    fn emoji_and_wide_characters_stay() {
        assert_eq!(one_line("👩‍👩‍👧 日本"), "👩‍👩‍👧 日本");
    }

    #[test]
    fn cutting_counts_columns_and_keeps_joined_characters_together() {
        assert_eq!(cut("日本語", 4), ["日本", "語"]);
        assert_eq!(cut("ab👩‍👩‍👧c", 4), ["ab👩‍👩‍👧", "c"]);
        assert_eq!(cut("", 4), [""]);
        assert_eq!(cut("abc", 0), ["ab", "c"]);
    }

    #[test]
    fn wrapping_breaks_between_words_if_it_can() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("a abcdefghij b", 4), ["a", "abcd", "efgh", "ij b"]);
        assert_eq!(wrapped("short", 80), ["short"]);
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clipped("äöü", 2), ("äö", true));
        assert_eq!(clipped("äöü", 3), ("äöü", false));
    }
}
