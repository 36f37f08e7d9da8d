//! The engine's syntax errors in V8's words.
//!
//! V8 names the token that cannot stand where it stands; the engine mostly tells what it expected, so
//! that the token is looked up in the script.

use super::translate::{Raw, place};

/// The message in V8's words; `None` when it needs no other.
pub(super) fn to_v8(raw: &Raw<'_>) -> Option<String> {
    let message = raw.message;
    if message == "invalid redefinition of lexical identifier"
        || message == "invalid redefinition of a variable"
    {
        let (text, index) = place(raw)?;
        let name = word_around(&text, index)?;
        return Some(format!("Identifier '{name}' has already been declared"));
    }
    let names_a_token = message.starts_with("unexpected token")
        || message.starts_with("Unexpected ")
        || message.starts_with("expecting '")
        || matches!(
            message,
            "invalid property name"
                | "expecting field name"
                | "variable name expected"
                | "class statement requires a name"
                | "expecting property name"
        );
    if !names_a_token {
        return None;
    }
    if let Some(token) = token(raw) {
        return Some(match token.as_str() {
            "illegal" => "Invalid or unexpected token".to_owned(),
            "end" => "Unexpected end of input".to_owned(),
            token => format!("Unexpected {token}"),
        });
    }
    let quoted = message
        .strip_prefix("unexpected token in expression: '")?
        .strip_suffix('\'')?;
    Some(match quoted {
        "" => "Unexpected end of input".to_owned(),
        "@" | "\\" | "#" => "Invalid or unexpected token".to_owned(),
        token => format!("Unexpected token '{token}'"),
    })
}

/// Longest first, so that `===` is not taken for `=`.
const PUNCTUATORS: [&str; 40] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    "<<", ">>", "**", ";", ",", ")", "}", "]", "(", "{",
];

const KEYWORDS: [&str; 36] = [
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "new",
    "null",
    "return",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "enum",
];

/// What V8 calls the token at the place of the error.
fn token(raw: &Raw<'_>) -> Option<String> {
    let (line, index) = place(raw)?;
    let rest: String = line[index.min(line.len())..].iter().collect();
    let Some(first) = rest.chars().next() else {
        let (number, _) = raw.position?;
        let is_last = number >= raw.source.lines().count();
        return is_last.then(|| "end".to_owned());
    };
    if first.is_ascii_digit() {
        return Some("number".to_owned());
    }
    if matches!(first, '"' | '\'') {
        return Some("string".to_owned());
    }
    if first == '`' {
        return Some("template string".to_owned());
    }
    if first.is_alphabetic() || matches!(first, '_' | '$') {
        let word: String = rest
            .chars()
            .take_while(|mark| mark.is_alphanumeric() || matches!(mark, '_' | '$'))
            .collect();
        let kind = if KEYWORDS.contains(&word.as_str()) {
            "token"
        } else {
            "identifier"
        };
        return Some(format!("{kind} '{word}'"));
    }
    if matches!(first, '@' | '\\' | '#') {
        return Some("illegal".to_owned());
    }
    let punctuator = PUNCTUATORS.iter().find(|mark| rest.starts_with(**mark));
    Some(format!(
        "token '{}'",
        punctuator.map_or_else(|| first.to_string(), |mark| (*mark).to_owned())
    ))
}

/// The word at the index, or the last one before it.
fn word_around(text: &[char], index: usize) -> Option<String> {
    let is_word = |mark: &char| mark.is_alphanumeric() || matches!(mark, '_' | '$');
    let last = (0..=index.min(text.len().checked_sub(1)?))
        .rev()
        .find(|&at| is_word(&text[at]))?;
    let start = text[..last]
        .iter()
        .rposition(|mark| !is_word(mark))
        .map_or(0, |before| before + 1);
    let end = text[last..]
        .iter()
        .position(|mark| !is_word(mark))
        .map_or(text.len(), |length| last + length);
    Some(text[start..end].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::translate::tests::translated;

    #[test]
    fn syntax_errors_name_the_token() {
        let cases = [
            (
                "unexpected token in expression: ';'",
                "let a = ^;",
                "Unexpected token ';'",
            ),
            ("expecting ';'", "foo ^bar", "Unexpected identifier 'bar'"),
            (
                "variable name expected",
                "const ^= 1",
                "Unexpected token '='",
            ),
            (
                "unexpected token in expression: ''",
                "if (^",
                "Unexpected end of input",
            ),
            (
                "Unexpected token '}'",
                "x = [1,\n^",
                "Unexpected end of input",
            ),
            (
                "invalid redefinition of lexical identifier",
                "let a; let a^;",
                "Identifier 'a' has already been declared",
            ),
        ];

        for (message, source, expected) in cases {
            assert_eq!(
                translated("SyntaxError", message, source).as_deref(),
                Some(expected),
                "{source}"
            );
        }
    }
}
