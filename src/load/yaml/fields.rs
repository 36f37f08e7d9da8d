//! Reading a mapping whose keys are known.

use super::node::{Content, Node};
use crate::load::notice::Notices;
use crate::suggest::nearest;

/// The values of a mapping by their keys.
#[derive(Debug)]
pub(in crate::load) struct Fields<'node> {
    entries: Vec<(&'node str, &'node Node)>,
}

impl<'node> Fields<'node> {
    /// Takes a mapping apart and tells of each key that is not known; `what` names the mapping.
    pub(in crate::load) fn read(
        node: &'node Node,
        what: &str,
        known: &[&str],
        notices: &mut Notices,
    ) -> Option<Self> {
        let Content::Mapping(entries) = &node.content else {
            if !node.is_null() {
                let message = format!("{what} is {}, where a mapping belongs", node.kind());
                notices.push(node.line, message, None);
            }
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&key.text.as_str()) {
                notices.advise(
                    key.line,
                    format!("{what} has no key `{}`; it is not used", key.text),
                    advice(&key.text, known),
                );
            }
        }
        Some(Self {
            entries: entries
                .iter()
                .map(|(key, value)| (key.text.as_str(), value))
                .collect(),
        })
    }

    /// The value of a key.
    pub(in crate::load) fn get(&self, key: &str) -> Option<&'node Node> {
        self.entries
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, node)| *node)
    }

    /// The value of a key as a text.
    pub(in crate::load) fn text(&self, key: &str, notices: &mut Notices) -> Option<String> {
        text_of(self.get(key)?, key, notices)
    }

    /// Whether the value of a key is this boolean.
    pub(in crate::load) fn is(&self, key: &str, flag: bool) -> bool {
        self.get(key)
            .is_some_and(|node| node.to_json() == serde_json::Value::Bool(flag))
    }
}

/// A scalar as it is written; nothing is an empty text.
pub(in crate::load) fn text_of(node: &Node, what: &str, notices: &mut Notices) -> Option<String> {
    match &node.content {
        Content::Scalar(scalar) => {
            if scalar.is_changed() {
                notices.advise(
                    node.line,
                    format!(
                        "`{what}` stands in no quotes, and YAML reads it as {}",
                        node.kind()
                    ),
                    "put it in quotes to keep it as it is written",
                );
            }
            Some(scalar.text.clone())
        }
        _ => {
            let message = format!("`{what}` is {}, where a text belongs", node.kind());
            notices.push(node.line, message, None);
            None
        }
    }
}

/// Keys of the JSON formats that have another name here, and typing errors.
fn advice(key: &str, known: &[&str]) -> String {
    let renamed = [
        ("event", "scripts"),
        ("events", "scripts"),
        ("header", "headers"),
        ("query", "queryParams"),
        ("params", "queryParams"),
        ("variable", "variables"),
        ("protocolProfileBehavior", "settings"),
        ("exec", "code"),
        ("raw", "content"),
        ("mode", "type"),
        ("listen", "type"),
    ];
    let meant = renamed
        .iter()
        .find(|(old, new)| *old == key && known.contains(new))
        .map(|(_, new)| *new)
        .or_else(|| nearest(key, known.iter().copied()));
    match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "remove it, or look for another spelling".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_yaml;
    use super::*;

    #[test]
    fn unknown_keys_are_told_with_a_near_one() {
        let mut notices = Notices::about("f");
        let text = "name: x\nevent: []\nurls: y\nzzz: 1\n";
        let node = parse_yaml(text, &mut notices).unwrap();

        let known = ["name", "url", "scripts"];
        let fields = Fields::read(&node, "a request", &known, &mut notices).unwrap();
        assert_eq!(fields.text("name", &mut notices).as_deref(), Some("x"));
        let told: Vec<_> = notices
            .into_list()
            .into_iter()
            .map(|notice| (notice.line, notice.message, notice.hint.unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    2,
                    "a request has no key `event`; it is not used".to_owned(),
                    "did you mean `scripts`?".to_owned()
                ),
                (
                    3,
                    "a request has no key `urls`; it is not used".to_owned(),
                    "did you mean `url`?".to_owned()
                ),
                (
                    4,
                    "a request has no key `zzz`; it is not used".to_owned(),
                    "remove it, or look for another spelling".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_text_that_yaml_would_change_is_told_without_its_value() {
        let mut notices = Notices::about("f");
        let node = parse_yaml("pin: 0123\nflag: true\n", &mut notices).unwrap();

        let fields = Fields::read(&node, "a row", &["pin", "flag"], &mut notices).unwrap();
        assert_eq!(fields.text("pin", &mut notices).as_deref(), Some("0123"));
        assert_eq!(fields.text("flag", &mut notices).as_deref(), Some("true"));
        let told: Vec<_> = notices.into_list();
        assert_eq!(told.len(), 1);
        assert_eq!(
            told[0].message,
            "`pin` stands in no quotes, and YAML reads it as a number"
        );
    }
}
