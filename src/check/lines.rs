//! Looking up the line of a name in YAML.

/// The text of a file.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: String) -> Self {
        Self { text }
    }

    /// The line of the variable of that name, or of its second entry.
    pub(super) fn variable(&self, name: &str, is_second: bool) -> Option<usize> {
        let found = self.with("key", name);
        found.get(usize::from(is_second)).copied()
    }

    /// The line of the rule for that request.
    pub(super) fn rule(&self, request: &str) -> Option<usize> {
        self.with("request", request).first().copied()
    }

    /// The lines in which the key has the value.
    fn with(&self, key: &str, value: &str) -> Vec<usize> {
        let quoted = serde_json::Value::from(value).to_string();
        let is_value = |rest: &str| {
            rest.starts_with(&quoted)
                || rest
                    .strip_prefix(value)
                    .is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([',', '}']))
                || rest == format!("'{value}'")
        };
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| values_of(line, key).any(is_value))
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

    #[test]
    fn variables_are_found_in_every_style() {
        let text = "values:\n  - {key: a b, value: x}\n  - value: a b\n\n  - key: \"a b\"\n";
        let lines = Lines::of(text.to_owned());

        assert_eq!(lines.variable("a b", false), Some(2));
        assert_eq!(lines.variable("a b", true), Some(5));
        assert_eq!(lines.variable("a", false), None);
    }
}
