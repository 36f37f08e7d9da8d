//! One layer of variables: an environment, the globals, a collection's own, a data row.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{Dialect, Value};

/// The declared type of a variable, as far as it changes how postrider treats the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum VariableKind {
    /// Taken as it is (`default`, `text`, `any` and every name that Postman does not know).
    #[default]
    Any,
    /// Taken as it is and hidden in every output.
    Secret,
    /// Turned into text.
    String,
    /// Turned into a number.
    Number,
    /// Turned into a boolean.
    Boolean,
    /// JSON text of an array, parsed on reading.
    Array,
    /// JSON text of an object, parsed on reading.
    Object,
}

impl VariableKind {
    /// Reads the `type` member of an entry; unknown names are [`VariableKind::Any`], as in newman 6.2.2.
    pub(crate) fn from_name(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "secret" => Self::Secret,
            "string" => Self::String,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => Self::Any,
        }
    }

    /// The name to write into an exported file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Secret => "secret",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// One entry of a scope, switched off or not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variable {
    /// The exact name.
    pub(crate) key: String,
    /// The value as it stands in the file or was set.
    pub(crate) value: Value,
    /// The declared type.
    pub(crate) kind: VariableKind,
    /// Whether the entry is switched off; such an entry does not exist for lookups.
    pub(crate) disabled: bool,
    /// What the author wrote about it, kept for exports.
    pub(crate) description: Option<Json>,
}

impl Variable {
    /// An entry that is switched on and has no declared type.
    pub(crate) fn new(key: impl Into<String>, value: Value) -> Self {
        Self {
            key: key.into(),
            value,
            kind: VariableKind::Any,
            disabled: false,
            description: None,
        }
    }

    /// An entry as a file declares it: its value is turned into one of the declared type.
    pub(crate) fn declared(
        key: String,
        value: Option<Json>,
        kind: Option<&str>,
        disabled: bool,
        dialect: Dialect,
    ) -> Self {
        let kind = kind.map(VariableKind::from_name).unwrap_or_default();
        Self {
            key,
            value: cast(
                value.map(Value::from_json).unwrap_or_default(),
                kind,
                dialect,
            ),
            kind,
            disabled,
            description: None,
        }
    }
}

/// The text `false` is no true boolean, which it is in newman, and a number keeps its digits, which it does
/// not there.
fn cast(value: Value, kind: VariableKind, dialect: Dialect) -> Value {
    match (kind, &value) {
        (VariableKind::String, Value::Undefined) if dialect == Dialect::Newman => {
            Value::from("undefined")
        }
        (_, Value::Undefined) => value,
        (VariableKind::String, _) => Value::String(value.to_text()),
        (VariableKind::Number, Value::String(text)) => match dialect {
            Dialect::Postrider => serde_json::from_str(text.trim())
                .map(Value::Number)
                .unwrap_or(value),
            Dialect::Newman => Value::converted_number(text),
        },
        (VariableKind::Boolean, Value::String(text)) => {
            let is_false = match dialect {
                Dialect::Postrider => matches!(text.trim(), "" | "false"),
                Dialect::Newman => text.is_empty(),
            };
            Value::Bool(!is_false)
        }
        (VariableKind::Array | VariableKind::Object, Value::String(text)) => {
            serde_json::from_str(text)
                .map(Value::from_json)
                .unwrap_or(Value::Undefined)
        }
        _ => value,
    }
}

/// An ordered list of variables in which the last entry of a name that is switched on wins.
#[derive(Debug, Clone, Default)]
pub(crate) struct VariableScope {
    /// The id of the file the scope came from, if it had one.
    pub(crate) id: Option<String>,
    /// The name of the environment.
    pub(crate) name: Option<String>,
    entries: Vec<Variable>,
    index: HashMap<String, usize>,
}

impl VariableScope {
    /// A scope with these entries.
    pub(crate) fn from_entries(entries: impl IntoIterator<Item = Variable>) -> Self {
        let mut scope = Self::default();
        for entry in entries {
            scope.push(entry);
        }
        scope
    }

    /// All entries in order, those that are switched off included.
    pub(crate) fn entries(&self) -> &[Variable] {
        &self.entries
    }

    /// The names that a lookup can find.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// The value of the last entry of that name that is switched on.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry behind [`VariableScope::get`].
    pub(crate) fn entry(&self, key: &str) -> Option<&Variable> {
        self.index.get(key).map(|&position| &self.entries[position])
    }

    /// Appends an entry as it is.
    pub(crate) fn push(&mut self, entry: Variable) {
        if !entry.disabled {
            self.index.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }

    /// Changes the entry that is switched on, or adds one when there is none.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        match self.index.get(key) {
            Some(&position) => self.entries[position].value = value,
            None => self.push(Variable::new(key, value)),
        }
    }

    /// As [`VariableScope::set`], and hides the value from now on.
    pub(crate) fn set_secret(&mut self, key: &str, value: Value) {
        self.set(key, value);
        if let Some(&position) = self.index.get(key) {
            self.entries[position].kind = VariableKind::Secret;
        }
    }

    /// Removes every entry of the name that is switched on.
    pub(crate) fn unset(&mut self, key: &str) {
        if self.index.contains_key(key) {
            self.entries
                .retain(|entry| entry.disabled || entry.key != key);
            self.rebuild_index();
        }
    }

    /// Removes every entry that is switched on.
    pub(crate) fn clear(&mut self) {
        self.entries.retain(|entry| entry.disabled);
        self.index.clear();
    }

    /// The values of entries that are of type `secret`.
    pub(crate) fn secret_values(&self) -> impl Iterator<Item = String> {
        self.entries
            .iter()
            .filter(|entry| entry.kind == VariableKind::Secret)
            .map(|entry| entry.value.to_text())
    }

    fn rebuild_index(&mut self) {
        self.index = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.disabled)
            .map(|(position, entry)| (entry.key.clone(), position))
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, value: &str, disabled: bool) -> Variable {
        Variable {
            disabled,
            ..Variable::new(key, value.into())
        }
    }

    #[test]
    fn the_last_entry_that_is_switched_on_wins() {
        let scope = VariableScope::from_entries([
            entry("a", "1", false),
            entry("a", "2", false),
            entry("a", "3", true),
        ]);

        assert_eq!(scope.get("a"), Some(&Value::from("2")));
    }

    #[test]
    fn setting_a_name_that_is_switched_off_adds_an_entry() {
        let mut scope = VariableScope::from_entries([entry("a", "1", true)]);

        scope.set("a", "2".into());

        assert_eq!(scope.get("a"), Some(&Value::from("2")));
        assert_eq!(scope.entries().len(), 2);
    }

    #[test]
    fn a_declared_type_turns_the_value_into_one_of_it() {
        use serde_json::json;
        let cases = [
            (json!(5), "string", Value::from("5")),
            (json!("007"), "number", Value::from("007")),
            (json!("7"), "number", Value::Number(7.into())),
            (json!("false"), "boolean", Value::Bool(false)),
            (json!("[1]"), "array", Value::Structure(json!([1]))),
            (json!("x"), "object", Value::Undefined),
            (json!("false"), "default", Value::from("false")),
        ];

        for (value, kind, expected) in cases {
            let entry = Variable::declared(
                "k".to_owned(),
                Some(value),
                Some(kind),
                false,
                Dialect::Postrider,
            );
            assert_eq!(entry.value, expected, "{kind}");
        }
    }

    #[test]
    fn newman_converts_without_regard_to_what_is_meant() {
        use serde_json::json;
        let cases = [
            (Some(json!("007")), "number", Value::Number(7.into())),
            (Some(json!("x")), "number", Value::from("NaN")),
            (Some(json!("false")), "boolean", Value::Bool(true)),
            (None, "string", Value::from("undefined")),
        ];

        for (value, kind, expected) in cases {
            let key = "k".to_owned();
            let entry = Variable::declared(key, value, Some(kind), false, Dialect::Newman);
            assert_eq!(entry.value, expected, "{kind}");
        }
    }

    #[test]
    fn unset_removes_every_entry_that_is_switched_on() {
        let mut scope = VariableScope::from_entries([
            entry("a", "1", false),
            entry("b", "1", false),
            entry("a", "2", false),
            entry("a", "3", true),
        ]);

        scope.unset("a");

        assert_eq!(scope.get("a"), None);
        assert_eq!(scope.get("b"), Some(&Value::from("1")));
        assert_eq!(scope.entries().len(), 2);
    }
}
