//! The names of the variables that scripts set.

use std::collections::BTreeSet;

use crate::collection::Event;

/// The calls that set a variable, each with its name as the first argument.
const SETTERS: [&str; 6] = [
    "pm.environment.set",
    "pm.collectionVariables.set",
    "pm.globals.set",
    "pm.variables.set",
    "postman.setEnvironmentVariable",
    "postman.setGlobalVariable",
];

/// What the scripts of a collection set.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ScriptNames {
    /// The names that stand in the scripts.
    pub(super) names: BTreeSet<String>,
    /// Whether a name is computed, so that it is known only in a run.
    pub(super) has_computed: bool,
}

impl ScriptNames {
    /// Reads the scripts that are switched on.
    pub(super) fn of<'event>(events: impl IntoIterator<Item = &'event Event>) -> Self {
        let mut found = Self::default();
        for event in events {
            if !event.disabled {
                found.read(&event.script.source);
            }
        }
        found
    }

    fn read(&mut self, source: &str) {
        let code = without_comments(source);
        for setter in SETTERS {
            for (start, _) in code.match_indices(setter) {
                let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '.');
                if code[..start].ends_with(is_part) {
                    continue;
                }
                let rest = code[start + setter.len()..].trim_start();
                let Some(argument) = rest.strip_prefix('(') else {
                    continue;
                };
                match literal(argument.trim_start()) {
                    Some(name) => drop(self.names.insert(name)),
                    None => self.has_computed = true,
                }
            }
        }
    }
}

/// The text in quotes that an argument consists of.
fn literal(argument: &str) -> Option<String> {
    let quote = argument
        .chars()
        .next()
        .filter(|it| matches!(it, '"' | '\'' | '`'))?;
    let (name, rest) = argument[1..].split_once(quote)?;
    let is_whole = rest.trim_start().starts_with([',', ')']);
    let is_computed = quote == '`' && name.contains("${");
    (is_whole && !is_computed && !name.contains('\\')).then(|| name.to_owned())
}

/// A call in a comment sets nothing. Quotes and regular expressions may hold what begins a comment.
fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            rest = &rest[length..];
            continue;
        } else if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            rest = &rest[length..];
            code.push(' ');
            continue;
        } else if matches!(first, '"' | '\'' | '`') || (first == '/' && begins_operand(&code)) {
            enclosed(rest, first)
        } else {
            first.len_utf8()
        };
        code.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    code
}

/// The length of a text in quotes or a regular expression; only a template goes on in the next line.
fn enclosed(text: &str, end: char) -> usize {
    let mut is_escaped = false;
    let mut in_class = false;
    for (position, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' if end != '`' => return position,
            '[' if end == '/' => in_class = true,
            ']' if end == '/' => in_class = false,
            _ if character == end && !in_class => return position + character.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether a slash begins a regular expression and is no division.
fn begins_operand(code: &str) -> bool {
    let before = code.trim_end();
    before.is_empty()
        || before.ends_with(|it: char| "(,=:[!&|?{};+-*%<>~^".contains(it))
        || before.ends_with("return")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Vec<String>, bool) {
        let mut found = ScriptNames::default();
        found.read(source);
        (found.names.into_iter().collect(), found.has_computed)
    }

    #[test]
    fn every_call_with_a_name_in_quotes_counts() {
        let source = r#"
            pm.environment.set("a", 1); pm.collectionVariables.set('b', 1);
            pm.globals.set(`c`, 1); pm.variables.set( "d" , 1);
            postman.setEnvironmentVariable("e", 1); postman.setGlobalVariable("f", 1);
            if (/"\/\/[/"]/.test(x)) pm.environment.set
                ("g", "http://x"); pm.environment.set("h", 1);
        "#;

        assert_eq!(
            read(source),
            (
                ["a", "b", "c", "d", "e", "f", "g", "h"]
                    .map(str::to_owned)
                    .to_vec(),
                false
            )
        );
    }

    #[test]
    fn other_calls_and_comments_do_not_count() {
        let source = r#"
            // pm.environment.set("a", 1);
            /* pm.globals.set("b", 1); */
            pm.environment.get("c"); map.set("d", 1); my.pm.environment.set("e", 1); pm.environment.setX("f")
        "#;

        assert_eq!(read(source), (Vec::new(), false));
    }

    #[test]
    fn a_computed_name_is_told() {
        for source in [
            "pm.environment.set(name, 1)",
            "pm.environment.set('a' + n, 1)",
            "pm.globals.set(`a${n}`, 1)",
        ] {
            assert_eq!(read(source), (Vec::new(), true), "{source}");
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        for source in [
            "'",
            "/",
            "\"é\\",
            "`${",
            "pm.variables.set(",
            "pm.variables.set('é",
            "/[é",
            "/*",
        ] {
            read(source);
        }
    }
}
