//! From text to YAML values.

use serde_json::Value;

use super::error::YamlError;
use super::node::{Content, Key, Node, Scalar};
use super::raw::{RawContent, RawNode};
use crate::load::notice::Notices;

/// Parses a text that holds one YAML document.
///
/// `{{name}}` without quotes is a mapping in YAML; it is taken as the text that it is meant to be, with a
/// notice.
pub(in crate::load) fn parse_yaml(text: &str, notices: &mut Notices) -> Result<Node, YamlError> {
    // As YAML 1.2 says, which knows no `yes`, `off` or `1_000`.
    let options = serde_saphyr::options! {
        strict_booleans: true,
        underscored_numbers_as_strings: true,
    };
    let raw: RawNode = serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| YamlError::new(text, &error))?;
    Ok(node(raw, text, notices))
}

fn node(raw: RawNode, text: &str, notices: &mut Notices) -> Node {
    let line = raw.line;
    if let Some(token) = bare_token(&raw) {
        notices.advise(
            line,
            format!("`{token}` stands in no quotes, which makes it a mapping"),
            format!("write `\"{token}\"`"),
        );
        let content = Content::Scalar(Scalar {
            json: Value::from(token.as_str()),
            text: token,
        });
        return Node { line, content };
    }
    let content = match raw.content {
        RawContent::Scalar(json) => Content::Scalar(scalar(json, raw.span, text)),
        RawContent::List(members) => Content::List(
            members
                .into_iter()
                .map(|member| node(member, text, notices))
                .collect(),
        ),
        RawContent::Mapping(entries) => Content::Mapping(
            entries
                .into_iter()
                .map(|(key, value)| (key_of(key, text, notices), node(value, text, notices)))
                .collect(),
        ),
    };
    Node { line, content }
}

/// Numbers and booleans keep the text that was written.
fn scalar(json: Value, span: Option<(usize, usize)>, source: &str) -> Scalar {
    let text = match &json {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => span
            .and_then(|(start, length)| source.get(start..start + length))
            .map_or_else(|| other.to_string(), |written| written.trim().to_owned()),
    };
    Scalar { text, json }
}

fn key_of(raw: RawNode, text: &str, notices: &mut Notices) -> Key {
    let node = node(raw, text, notices);
    let text = match node.content {
        Content::Scalar(scalar) => scalar.text,
        _ => {
            let message = format!("{} stands where a key belongs", node.kind());
            notices.push(node.line, message, None);
            String::new()
        }
    };
    Key {
        line: node.line,
        text,
    }
}

/// The text `{{name}}` when that is what the mapping `{? {? name}}` must have been.
fn bare_token(raw: &RawNode) -> Option<String> {
    let inner = only_key(raw)?;
    let RawContent::Scalar(name) = &only_key(inner)?.content else {
        return None;
    };
    let name = match name {
        Value::String(name) => name.clone(),
        other => other.to_string(),
    };
    Some(format!("{{{{{name}}}}}"))
}

fn only_key(raw: &RawNode) -> Option<&RawNode> {
    let RawContent::Mapping(entries) = &raw.content else {
        return None;
    };
    match entries.as_slice() {
        [(key, value)] if matches!(value.content, RawContent::Scalar(Value::Null)) => Some(key),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn read(text: &str) -> (Value, Vec<String>) {
        let mut notices = Notices::about("f");
        let node = parse_yaml(text, &mut notices).unwrap();
        let told = notices.into_list();
        let told = told.iter().map(ToString::to_string).collect();
        (node.to_json(), told)
    }

    #[test]
    fn a_variable_without_quotes_is_the_text_that_is_meant() {
        let (json, told) = read("a: {{base}}\nb:\n  - {{x y}}\n  - [{{1}}]\n{{k}}: \"{{v}}\"\n");

        assert_eq!(
            json,
            json!({"a": "{{base}}", "b": ["{{x y}}", ["{{1}}"]], "{{k}}": "{{v}}"})
        );
        assert_eq!(
            told,
            [
                "`f`, line 1: `{{base}}` stands in no quotes, which makes it a mapping",
                "`f`, line 3: `{{x y}}` stands in no quotes, which makes it a mapping",
                "`f`, line 4: `{{1}}` stands in no quotes, which makes it a mapping",
                "`f`, line 5: `{{k}}` stands in no quotes, which makes it a mapping",
            ]
        );
    }

    #[test]
    fn scalars_that_yaml_would_change_stay_as_they_are_written() {
        let (json, _) =
            read("a: 0123\nb: yes\nc: 1e3\nd: 5\ne: true\nf: \"5\"\ng:\nh: &x 1_0\ni: *x\n");

        assert_eq!(
            json,
            json!({
                "a": "0123", "b": "yes", "c": "1e3", "d": 5, "e": true, "f": "5", "g": null,
                "h": "1_0", "i": "1_0"
            })
        );
    }

    #[test]
    fn block_and_quoted_texts_are_read_as_yaml_says() {
        let (json, _) = read("a: \"x\\r\\ny\\\n  z\"\nb: >-\n  fold\n  ed\nc: |\n  l\n   m\n");

        assert_eq!(
            json,
            json!({"a": "x\r\nyz", "b": "fold ed", "c": "l\n m\n"})
        );
    }

    #[test]
    fn a_folded_script_keeps_the_lines_that_are_indented_more() {
        let (json, _) = read(
            "a: >-\n  // a comment that\n  goes on\n\n\n  f(function () {\n      g();\n  });\n\n  // end\n\n  h();\n",
        );

        assert_eq!(
            json,
            json!({"a": "// a comment that goes on\n\nf(function () {\n    g();\n});\n// end\nh();"})
        );
    }

    #[test]
    fn a_broken_text_is_told_with_its_line_and_what_to_do() {
        let cases = [
            (
                "name: x\nurl: {{base}}/y\n",
                "line 2, column 14: while parsing a block mapping, did not find expected key",
                "put a value that begins with `{{` in quotes",
            ),
            (
                "a: 1\na: 2\n",
                "line 2, column 1: duplicate mapping key: a",
                "check the YAML near line 2; a text with `: `, ` #` or a sign at its beginning needs quotes",
            ),
            (
                "é: b: c\n",
                "line 1, column 5: mapping values are not allowed in this context",
                "check the YAML near line 1; a text with `: `, ` #` or a sign at its beginning needs quotes",
            ),
        ];

        for (text, message, hint) in cases {
            let error = parse_yaml(text, &mut Notices::about("f")).unwrap_err();
            assert_eq!(error.to_string().lines().next(), Some(message));
            assert_eq!(error.hint(), hint);
        }
    }

    #[test]
    fn nesting_without_end_is_an_error() {
        let text = "[".repeat(100_000);

        assert!(parse_yaml(&text, &mut Notices::about("f")).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([a-c:\\-{}\\[\\]\"'|>&*#!?, \n\té0-9]|\\{\\{|\\}\\})*") {
            let _either = parse_yaml(&text, &mut Notices::about("f"));
        }
    }
}
