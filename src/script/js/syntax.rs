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
    if let Some(message) = surrounded(raw) {
        return Some(message);
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

/// What V8 says for the place rather than for the token.
fn surrounded(raw: &Raw<'_>) -> Option<String> {
    let (text, index) = place(raw)?;
    if raw.message == "expecting ')'" && is_pattern(&text, index) {
        return Some("Invalid regular expression: Unterminated group".to_owned());
    }
    let before: String = text[..index.min(text.len())].iter().collect();
    if before.trim_end().ends_with("await")
        || word_around(&text, index).is_some_and(|word| word == "await")
    {
        return Some(
            "await is only valid in async functions and the top level bodies of modules".to_owned(),
        );
    }
    if before.trim_end().ends_with("import") {
        return Some("Cannot use import statement outside a module".to_owned());
    }
    let before = &text[..index.min(text.len())];
    (ends_a_value(before) && is_in_arguments(before))
        .then(|| "missing ) after argument list".to_owned())
}

/// Whether a value is complete here, so that only a comma or a bracket could follow.
fn ends_a_value(text: &[char]) -> bool {
    let last = text.iter().rev().find(|mark| !mark.is_whitespace());
    last.is_some_and(|last| {
        last.is_alphanumeric() || matches!(last, '_' | '$' | '"' | '\'' | '`' | ')' | ']' | '}')
    })
}

fn is_pattern(text: &[char], index: usize) -> bool {
    text.get(index) == Some(&'/') && !matches!(text.get(index + 1), Some('/' | '*'))
}

/// Whether the innermost bracket that is still open holds the arguments of a call.
fn is_in_arguments(text: &[char]) -> bool {
    let mut open: Vec<usize> = Vec::new();
    let mut position = 0;
    while let Some(mark) = text.get(position) {
        match mark {
            '"' | '\'' | '`' => position = text_end(text, position),
            '/' if text.get(position + 1) == Some(&'/') => {
                let rest = text[position..].iter().position(|mark| *mark == '\n');
                position = rest.map_or(text.len(), |length| position + length);
            }
            '(' | '[' | '{' => open.push(position),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
        position += 1;
    }
    let Some(&last) = open.last() else {
        return false;
    };
    text[last] == '(' && is_callee(&text[..last])
}

/// The last character of a text that begins here.
fn text_end(text: &[char], start: usize) -> usize {
    let mut position = start + 1;
    while let Some(mark) = text.get(position) {
        match mark {
            '\\' => position += 1,
            mark if *mark == text[start] => break,
            _ => {}
        }
        position += 1;
    }
    position
}

fn is_callee(before: &[char]) -> bool {
    let text: String = before.iter().collect();
    let text = text.trim_end();
    let start = text
        .rfind(|mark: char| !mark.is_alphanumeric() && !matches!(mark, '_' | '$'))
        .map_or(0, |last| last + 1);
    let word = &text[text.ceil_char_boundary(start)..];
    if word.is_empty() {
        return text.ends_with([')', ']']);
    }
    let is_declared = text[..start.min(text.len())]
        .trim_end()
        .ends_with("function");
    !is_declared && (!KEYWORDS.contains(&word) || word == "super")
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
pub(super) fn word_around(text: &[char], index: usize) -> Option<String> {
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
            ("expecting ','", "f(1 ^2)", "missing ) after argument list"),
            ("Unexpected token ','", "f(1, ^, 2)", "Unexpected token ','"),
            (
                "Unexpected end of input",
                "f(a, b^",
                "missing ) after argument list",
            ),
            ("expecting ')'", "if (a ^b)", "Unexpected identifier 'b'"),
            (
                "expecting ','",
                "pm.test('(', () => {\n}\n^",
                "missing ) after argument list",
            ),
            (
                "expecting ';'",
                "await ^x",
                "await is only valid in async functions and the top level bodies of modules",
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
