//! The engine's error messages in V8's words, which users know from Postman.

use super::{callee, sugar, syntax};

/// An error as the engine makes it.
pub(super) struct Raw<'error> {
    pub(super) name: &'error str,
    pub(super) message: &'error str,
    /// The script.
    pub(super) source: &'error str,
    /// Line (from 1) and column (bytes, from 1) in the script; `None` when it happened elsewhere.
    pub(super) position: Option<(usize, usize)>,
}

/// Messages whose words differ, and nothing else.
const PLAIN: &[(&str, &str)] = &[
    ("invalid array length", "Invalid array length"),
    ("empty array", "Reduce of empty array with no initial value"),
    ("invalid repeat count", "Invalid count value"),
    ("Date value is NaN", "Invalid time value"),
    ("expecting hex digit", "URI malformed"),
    ("malformed UTF-8", "URI malformed"),
    (
        "cannot convert symbol to string",
        "Cannot convert a Symbol value to a string",
    ),
    (
        "cannot convert symbol to number",
        "Cannot convert a Symbol value to a number",
    ),
    (
        "cannot convert BigInt to number",
        "Cannot mix BigInt and other types, use explicit conversions",
    ),
    (
        "invalid 'instanceof' right operand",
        "Right-hand side of 'instanceof' is not callable",
    ),
    (
        "object is not extensible",
        "Cannot add property, object is not extensible",
    ),
    (
        "circular reference",
        "Converting circular structure to JSON",
    ),
    (
        "this is not initialized",
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    ),
    ("return not in a function", "Illegal return statement"),
    (
        "missing initializer for variable",
        "Missing initializer in const declaration",
    ),
    (
        "invalid assignment left-hand side",
        "Invalid left-hand side in assignment",
    ),
    (
        "invalid increment/decrement operand",
        "Invalid left-hand side expression in postfix operation",
    ),
    (
        "line terminator not allowed after throw",
        "Illegal newline after throw",
    ),
    ("unsupported keyword: enum", "Unexpected reserved word"),
    (
        "assignment rest property must be last",
        "Rest element must be last element",
    ),
    (
        "BigInt are forbidden in JSON.stringify",
        "Do not know how to serialize a BigInt",
    ),
    (
        "bigint argument with unary +",
        "Cannot convert a BigInt value to a number",
    ),
    ("expecting surrogate pair", "URI malformed"),
    (
        "invalid value used as WeakMap key",
        "Invalid value used as weak map key",
    ),
    (
        "invalid value used as WeakSet key",
        "Invalid value used in weak set",
    ),
    ("Date object expected", "this is not a Date object."),
    ("unexpected end of string", "Invalid or unexpected token"),
    ("invalid number literal", "Invalid or unexpected token"),
    (
        "unexpected end of regexp",
        "Invalid regular expression: missing /",
    ),
    (
        "unexpected line terminator in regexp",
        "Invalid regular expression: missing /",
    ),
    (
        "invalid class range",
        "Invalid regular expression: Range out of order in character class",
    ),
    (
        "nothing to repeat",
        "Invalid regular expression: Nothing to repeat",
    ),
    (
        "unexpected end",
        "Invalid regular expression: Unterminated character class",
    ),
    (
        "invalid regular expression flags",
        "Invalid regular expression flags",
    ),
    ("unexpected end of comment", "Invalid or unexpected token"),
    (
        "function name expected",
        "Function statements require a function name",
    ),
    (
        "break must be inside loop or switch",
        "Illegal break statement",
    ),
    (
        "continue must be inside loop",
        "Illegal continue statement: no surrounding iteration statement",
    ),
    (
        "expecting catch or finally",
        "Missing catch or finally after try",
    ),
    (
        "'super' is only valid in a method",
        "'super' keyword unexpected here",
    ),
    (
        "'let' is not a valid lexical identifier",
        "let is disallowed as a lexically bound name",
    ),
    ("unsupported keyword: export", "Unexpected token 'export'"),
    (
        "unsupported keyword: import",
        "Cannot use import statement outside a module",
    ),
];

/// The message in V8's words; `None` when it needs no other.
pub(super) fn to_v8(raw: &Raw<'_>) -> Option<String> {
    match raw.name {
        "SyntaxError" => syntax::to_v8(raw).or_else(|| plain(raw)),
        "TypeError" => property(raw).or_else(|| value(raw)).or_else(|| plain(raw)),
        "ReferenceError" => reference(raw).or_else(|| plain(raw)),
        "RangeError" | "URIError" => plain(raw),
        _ => None,
    }
}

fn plain(raw: &Raw<'_>) -> Option<String> {
    let (_, words) = PLAIN.iter().find(|(message, _)| *message == raw.message)?;
    Some((*words).to_owned())
}

/// Members of undefined and null.
fn property(raw: &Raw<'_>) -> Option<String> {
    let (verb, rest) = match raw.message.strip_prefix("cannot read property '") {
        Some(rest) => ("read", rest),
        None => ("set", raw.message.strip_prefix("cannot set property '")?),
    };
    let (key, owner) = rest.rsplit_once("' of ")?;
    if key == "Symbol.iterator" {
        return Some(not_iterable(raw, owner));
    }
    let present = if verb == "read" { "reading" } else { "setting" };
    Some(format!(
        "Cannot {verb} properties of {owner} ({present} '{key}')"
    ))
}

/// V8 names what was to be gone through, where it has a name.
fn not_iterable(raw: &Raw<'_>, value: &str) -> String {
    let name = place(raw).and_then(|(text, index)| callee::expression_at(&text, index));
    let words = ["let", "const", "var", "for", "new", "return", "await"];
    match name {
        Some(name) if !words.contains(&name.as_str()) => format!("{name} is not iterable"),
        _ => format!("{value} is not iterable"),
    }
}

/// Calls, iterations and assignments that the value does not allow.
fn value(raw: &Raw<'_>) -> Option<String> {
    match raw.message {
        "not a function" => {
            let (text, index) = place(raw)?;
            if callee::follows_new(&text, index) {
                let name = callee::constructed_at(&text, index)?;
                return Some(format!("{name} is not a constructor"));
            }
            callee::name_at(&text, index).map(|name| not_a_function(&name))
        }
        "not a constructor" => {
            let name = place(raw).and_then(|(text, index)| callee::constructed_at(&text, index));
            let name = name.unwrap_or_else(|| "(intermediate value)".to_owned());
            Some(format!("{name} is not a constructor"))
        }
        "Cannot convert undefined or null to object" => destructured(raw),
        "value is not iterable" => Some(not_iterable(raw, "object")),
        "no setter for property" => {
            let name = place(raw).and_then(|(text, index)| syntax::word_around(&text, index))?;
            Some(format!(
                "Cannot assign to read only property '{name}' of object"
            ))
        }
        message => {
            let name = message.strip_prefix('\'')?.strip_suffix("' is read-only")?;
            Some(if is_constant(raw.source, name) {
                "Assignment to constant variable.".to_owned()
            } else {
                format!("Cannot assign to read only property '{name}' of object")
            })
        }
    }
}

fn not_a_function(name: &str) -> String {
    let method = name.rsplit_once('.').map(|(_, method)| method);
    if method.is_some_and(sugar::is_method) {
        return format!(
            "{name} is not a function; newman has it from the library Sugar, postrider does not"
        );
    }
    format!("{name} is not a function")
}

/// The engine does not tell the name; a pattern on the line does, when there is only one.
fn destructured(raw: &Raw<'_>) -> Option<String> {
    let (line, _) = raw.position?;
    let text = raw.source.lines().nth(line.checked_sub(1)?)?;
    let mut patterns = text.match_indices('{').filter_map(|(start, _)| {
        let (inner, after) = text[start + 1..].split_once('}')?;
        let value = after.trim_start().strip_prefix('=')?.trim_start();
        let ends = value.find([';', ',', ')', '}']).unwrap_or(value.len());
        let first = inner.split([',', ':', '=']).next()?.trim();
        let is_name = !first.is_empty()
            && first
                .chars()
                .all(|mark| mark.is_alphanumeric() || mark == '_');
        is_name.then(|| (first.to_owned(), value[..ends].trim().to_owned()))
    });
    let Some((name, value)) = patterns.next() else {
        return destructured_parameter(text);
    };
    if patterns.next().is_some() {
        return None;
    }
    let what = if value == "null" { "null" } else { "undefined" };
    Some(format!(
        "Cannot destructure property '{name}' of '{value}' as it is {what}."
    ))
}

/// A function whose first parameter is a pattern was called without it.
fn destructured_parameter(text: &str) -> Option<String> {
    let (_, inner) = text.split_once("({")?;
    let name = inner.split([',', ':', '=', '}']).next()?.trim();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|mark| mark.is_alphanumeric() || mark == '_');
    is_name
        .then(|| format!("Cannot destructure property '{name}' of 'undefined' as it is undefined."))
}

/// Whether the script declares the name with `const`.
fn is_constant(source: &str, name: &str) -> bool {
    source.match_indices("const").any(|(start, word)| {
        let declared = source[start + word.len()..]
            .split(['=', ';'])
            .next()
            .unwrap_or_default();
        declared
            .split(|mark: char| !mark.is_alphanumeric() && mark != '_' && mark != '$')
            .any(|each| each == name)
    })
}

fn reference(raw: &Raw<'_>) -> Option<String> {
    let name = raw.message.strip_suffix(" is not initialized")?;
    (name != "this").then(|| format!("Cannot access '{name}' before initialization"))
}

/// The script up to the end of the line of the error, and the index of its place in that text.
///
/// Lines before it are part of it because a chain of calls may have begun on one of them.
pub(super) fn place(raw: &Raw<'_>) -> Option<(Vec<char>, usize)> {
    let (line, column) = raw.position?;
    let mut text = String::new();
    for (number, content) in raw.source.lines().enumerate() {
        if number + 1 == line {
            let end = content.floor_char_boundary(column.saturating_sub(1));
            let index = text.chars().count() + content[..end].chars().count();
            text.push_str(content);
            return Some((text.chars().collect(), index));
        }
        text.push_str(content);
        text.push('\n');
    }
    // Behind the last line stands only what closes the wrapper.
    let text: Vec<char> = text.trim_end().chars().collect();
    let end = text.len();
    Some((text, end))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Translates an error at the caret.
    pub(in crate::script::js) fn translated(
        name: &str,
        message: &str,
        marked: &str,
    ) -> Option<String> {
        let index = marked.find('^');
        let source = marked.replace('^', "");
        let position = index.map(|index| {
            let before = &source[..index];
            let line = before.matches('\n').count() + 1;
            let column = index - before.rfind('\n').map_or(0, |end| end + 1) + 1;
            (line, column)
        });
        to_v8(&Raw {
            name,
            message,
            source: &source,
            position,
        })
    }

    #[test]
    fn type_errors_are_told_in_v8s_words() {
        let cases = [
            (
                "cannot read property 'x' of undefined",
                "a",
                "Cannot read properties of undefined (reading 'x')",
            ),
            (
                "cannot set property 'x' of null",
                "a",
                "Cannot set properties of null (setting 'x')",
            ),
            (
                "cannot read property 'Symbol.iterator' of undefined",
                "a",
                "undefined is not iterable",
            ),
            ("not a function", "  o.^f()", "o.f is not a function"),
            ("not a function", "new x.^Y()", "x.Y is not a constructor"),
            (
                "not a function",
                "text.^isBlank()",
                "text.isBlank is not a function; newman has it from the library Sugar, postrider does not",
            ),
            (
                "'q' is read-only",
                "const q = 1; ^q = 2",
                "Assignment to constant variable.",
            ),
            (
                "Cannot convert undefined or null to object",
                "^const { a } = undefined;",
                "Cannot destructure property 'a' of 'undefined' as it is undefined.",
            ),
        ];

        for (message, source, expected) in cases {
            assert_eq!(
                translated("TypeError", message, source).as_deref(),
                Some(expected),
                "{message}"
            );
        }
    }

    #[test]
    fn other_messages_stay() {
        assert_eq!(translated("TypeError", "my own", "^a"), None);
        assert_eq!(translated("Error", "not a function", "^a"), None);
    }
}
