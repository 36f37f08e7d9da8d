//! Looking up the line of a name in the text of a file.
//!
//! The readers of JSON give no lines, so that names are searched for; one that cannot be told from
//! another has no line.

use crate::files::Source;

/// The text of a file.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// Reads the file once more; of one that cannot be read no line is known.
    pub(super) fn of(source: &Source) -> Self {
        Self {
            text: source.read_text().unwrap_or_default(),
        }
    }

    /// The line of the variable of that name, or of its second entry.
    pub(super) fn variable(&self, name: &str, is_second: bool) -> Option<usize> {
        let found = self.with(&["key"], name);
        found.get(usize::from(is_second)).copied()
    }

    /// The line of the request or folder of that name, when only one thing in the file has it.
    pub(super) fn item(&self, name: &str) -> Option<usize> {
        match self.with(&["name"], name).as_slice() {
            [line] => Some(*line),
            _ => None,
        }
    }

    /// The line of the rule for that request.
    pub(super) fn rule(&self, request: &str) -> Option<usize> {
        self.with(&["request"], request).first().copied()
    }

    /// The lines in which one of the keys has the value, in JSON or YAML.
    fn with(&self, keys: &[&str], value: &str) -> Vec<usize> {
        let quoted = serde_json::Value::from(value).to_string();
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| {
                keys.iter().any(|key| {
                    values_of(line, key).any(|rest| {
                        rest.starts_with(&quoted)
                            || rest.strip_prefix(value).is_some_and(|rest| {
                                rest.trim_end().is_empty() || rest.starts_with([',', '}'])
                            })
                            || rest == format!("'{value}'")
                    })
                })
            })
            .map(|(position, _)| position + 1)
            .collect()
    }
}

/// What stands after each `key:` or `"key":` of a line.
fn values_of<'line>(line: &'line str, key: &str) -> impl Iterator<Item = &'line str> {
    line.match_indices(key).filter_map(move |(start, _)| {
        let before = line[..start].trim_end_matches('"');
        let is_key = before.is_empty() || before.ends_with([' ', '\t', '{', ',', '-']);
        let after = &line[start + key.len()..];
        let value = after.strip_prefix('"').unwrap_or(after);
        let value = value.trim_start().strip_prefix(':')?;
        is_key.then(|| value.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        Lines {
            text: text.to_owned(),
        }
    }

    #[test]
    fn variables_are_found_in_json_and_yaml() {
        let texts = [
            "[\n{\"key\": \"a b\"},\n{\"value\": \"a b\"},\n{\n\"key\": \"a b\"\n}]",
            "values:\n  - {key: a b, value: x}\n  - value: a b\n\n  - key: a b\n",
        ];

        for text in texts {
            assert_eq!(lines(text).variable("a b", false), Some(2), "{text}");
            assert_eq!(lines(text).variable("a b", true), Some(5), "{text}");
            assert_eq!(lines(text).variable("a", false), None, "{text}");
        }
    }

    #[test]
    fn an_item_that_cannot_be_told_from_another_has_no_line() {
        let text = "{\"name\": \"A\"}\n{\"name\": \"B\"}\n{\"name\": \"A\"}";

        assert_eq!(lines(text).item("A"), None);
        assert_eq!(lines(text).item("B"), Some(2));
    }
}
