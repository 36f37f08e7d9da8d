//! Writing XML 1.0 that every parser accepts.

use std::borrow::Cow;
use std::fmt::Write as _;

/// XML text, indented by two spaces.
#[derive(Debug, Default)]
pub(super) struct Xml {
    text: String,
}

impl Xml {
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// A start tag, an end tag's indentation apart.
    pub(super) fn open(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.tag(depth, name, attributes);
        self.text.push_str(">\n");
    }

    pub(super) fn close(&mut self, depth: usize, name: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.text, "{:1$}</{name}>", "", depth * 2);
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.tag(depth, name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element with text inside, to which no white space is added.
    pub(super) fn element(
        &mut self,
        depth: usize,
        name: &str,
        attributes: &[(&str, &str)],
        content: &str,
    ) {
        self.tag(depth, name, attributes);
        let _ = writeln!(self.text, ">{}</{name}>", escaped_text(content));
    }

    fn tag(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.text, "{:1$}<{name}", "", depth * 2);
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", escaped_attribute(value));
        }
    }
}

/// White space other than the space is written as references: parsers would make spaces of it.
fn escaped_attribute(value: &str) -> String {
    escaped(value, |character| match character {
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        '"' => Some("&quot;"),
        _ => None,
    })
}

fn escaped_text(value: &str) -> String {
    escaped(value, |_| None)
}

fn escaped(value: &str, special: impl Fn(char) -> Option<&'static str>) -> String {
    let mut result = String::with_capacity(value.len());
    for character in without_sequences(value).chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            // Always, so that `]]>` cannot come about.
            '>' => result.push_str("&gt;"),
            '\r' => result.push_str("&#13;"),
            other => match special(other) {
                Some(reference) => result.push_str(reference),
                None => result.push(if is_legal(other) { other } else { '\u{fffd}' }),
            },
        }
    }
    result
}

/// XML 1.0, production 2. Other characters are refused even as references, and with them the whole file.
fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The text without the escape sequences that colour a terminal or move its cursor (ECMA-48, 5.4 and 5.6).
fn without_sequences(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{1b}', '\u{9b}']) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let introducer = match character {
            '\u{9b}' => Some('['),
            '\u{1b}' => characters.next_if(|next| matches!(next, '[' | ']')),
            other => {
                result.push(other);
                continue;
            }
        };
        match introducer {
            Some('[') => {
                while characters
                    .next_if(|next| matches!(next, ' '..='?'))
                    .is_some()
                {}
                characters.next_if(|next| matches!(next, '@'..='~'));
            }
            Some(_) => {
                while characters
                    .next_if(|next| !matches!(next, '\u{7}' | '\u{1b}' | '\n'))
                    .is_some()
                {}
                if characters.next_if_eq(&'\u{1b}').is_some() {
                    characters.next_if_eq(&'\\');
                } else {
                    characters.next_if_eq(&'\u{7}');
                }
            }
            None => {}
        }
    }
    Cow::Owned(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_from_a_parser() {
        let text =
            "a & b < c > d \"e\" 'f' ]]> <![CDATA[ \t tab \n line \r return 😀 日本 \u{85}\u{2028}";
        let mut xml = Xml::default();
        xml.element(0, "x", &[("y", text)], text);

        let xml = xml.into_text();
        let document = roxmltree::Document::parse(&xml).unwrap();

        assert_eq!(document.root_element().text(), Some(text));
        assert_eq!(document.root_element().attribute("y"), Some(text));
    }

    #[test]
    fn what_xml_does_not_allow_is_replaced() {
        assert_eq!(
            escaped_text("nul\0 vt\u{b} ffff\u{ffff} fffe\u{fffe} bell\u{7}"),
            "nul\u{fffd} vt\u{fffd} ffff\u{fffd} fffe\u{fffd} bell\u{fffd}"
        );
    }

    #[test]
    fn terminal_sequences_are_dropped() {
        assert_eq!(
            without_sequences(
                "a\u{1b}[31;1mb\u{1b}[0mc\u{1b}]0;title\u{7}d\u{9b}2Je\u{1b}]8;;x\u{1b}\\f\u{1b}"
            ),
            "abcdef"
        );
        assert_eq!(without_sequences("\u{1b}[31"), "");
        assert_eq!(without_sequences("plain"), "plain");
    }
}
