//! Contents and terminal output as texts that can be compared.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::server::{hexadecimal, sha256};

/// Of a longer content only its hash is compared.
const LONGEST_CONTENT: usize = 1 << 16;

/// A content as text.
pub(crate) fn body_text(bytes: &[u8]) -> String {
    if bytes.len() > LONGEST_CONTENT {
        let hash = hexadecimal(&sha256(bytes));
        return format!("sha256 {hash} of {} bytes", bytes.len());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => canonical_echo(text),
        Err(_) => bytes
            .iter()
            .map(|&byte| match byte {
                b'\t' | b'\r' | b'\n' | b' '..=b'~' => char::from(byte).to_string(),
                _ => format!("\\x{byte:02x}"),
            })
            .collect(),
    }
}

/// Echoed requests without what is compared on the wire already: lengths, boundaries and, where a request is
/// echoed as it was sent, order and case of its fields.
fn canonical_echo(text: &str) -> String {
    static BOUNDARY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?i)multipart/form-data; ?boundary=([^\s"]+)"#));
    static LENGTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?i)("content-length":\s*")\d+""#));
    static LENGTH_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^content-length: \d+$"));
    static REQUEST_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\S+ \S+ HTTP/1\.1\r\n"));

    let mut plain = text.to_owned();
    if let Some(found) = BOUNDARY.captures(text) {
        plain = plain.replace(&found[1], "<boundary>");
    }
    let plain = LENGTH.replace_all(&plain, "$1<length>\"").into_owned();
    if !REQUEST_LINE.is_match(&plain) {
        return plain;
    }
    let (head, body) = match plain.split_once("\r\n\r\n") {
        Some((head, body)) => (head, Some(body)),
        None => (plain.as_str(), None),
    };
    let (first, fields) = head.split_once("\r\n").unwrap_or((head, ""));
    let mut lines: Vec<String> = fields
        .split("\r\n")
        .map(|line| {
            let (name, value) = line.split_at(line.find(':').unwrap_or(line.len()));
            let line = format!("{}{value}", name.to_lowercase());
            LENGTH_LINE
                .replace(&line, |_: &Captures<'_>| "content-length: <length>")
                .into_owned()
        })
        .collect();
    lines.sort();
    let head = format!("{first}\r\n{}", lines.join("\r\n"));
    match body {
        Some(body) => format!("{head}\r\n\r\n{body}"),
        None => head,
    }
}

/// What scripts have written, one entry for each box, without white space since boxes are as wide as the
/// terminal.
pub(crate) fn console_boxes(stdout: &str) -> Vec<String> {
    static COLOR: LazyLock<Regex> = LazyLock::new(|| pattern("\u{1b}\\[[0-9;]*[A-Za-z]"));

    let mut boxes = Vec::new();
    let mut current: Option<String> = None;
    for line in COLOR.replace_all(stdout, "").split('\n') {
        if line.trim_end() == "  ┌" {
            current = Some(String::new());
        } else if line.starts_with("  └") {
            boxes.extend(current.take());
        } else if let Some(content) = &mut current {
            let line = line.strip_prefix("  │").unwrap_or(line);
            content.extend(line.chars().filter(|letter| !is_space(*letter)));
        }
    }
    boxes
}

/// White space as JavaScript sees it.
fn is_space(letter: char) -> bool {
    letter == '\u{feff}' || (letter.is_whitespace() && letter != '\u{85}')
}

pub(crate) fn replace_bytes(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(after) => {
                result.extend_from_slice(to);
                rest = after;
            }
            None => {
                result.push(*first);
                rest = others;
            }
        }
    }
    result
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_case_of_echoed_fields_do_not_count() {
        let one = "GET / HTTP/1.1\r\nHost: a\r\nAccept: B\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nd";
        let other =
            "GET / HTTP/1.1\r\naccept: B\r\ncontent-length: 4\r\nhost: a\r\n\r\nabc\r\n\r\nd";

        assert_eq!(body_text(one.as_bytes()), body_text(other.as_bytes()));
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_by_their_codes() {
        assert_eq!(body_text(b"a\xff\n\x01"), "a\\xff\n\\x01");
    }

    #[test]
    fn a_box_of_console_output_is_one_entry() {
        let stdout = "→ Name\n  ┌\n  │ 'a  line'\n  │ more\n  └\n  GET x\n  ┌\n  │ { b: 1 }\n  └\n";

        assert_eq!(console_boxes(stdout), ["'aline'more", "{b:1}"]);
    }
}
