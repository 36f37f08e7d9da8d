//! What happened to variables between two moments.

use super::{ScopeName, Value, VariableScopes};

/// The layers that outlive a request.
const LASTING: [ScopeName; 4] = [
    ScopeName::Local,
    ScopeName::Environment,
    ScopeName::Collection,
    ScopeName::Globals,
];

/// Variables that were set or taken away.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ScopeChanges(Vec<Change>);

/// One variable with its value now; `None` when it is gone.
#[derive(Debug, Clone, PartialEq)]
struct Change {
    scope: ScopeName,
    key: String,
    value: Option<Value>,
}

impl ScopeChanges {
    /// What is different afterwards.
    pub(crate) fn between(before: &VariableScopes, after: &VariableScopes) -> Self {
        let mut changes = Vec::new();
        for scope in LASTING {
            let (old, new) = (before.scope(scope), after.scope(scope));
            let gone = old.names().filter(|key| new.get(key).is_none());
            let set = new.names().filter(|key| new.get(key) != old.get(key));
            changes.extend(gone.chain(set).map(|key| Change {
                scope,
                key: key.to_owned(),
                value: new.get(key).cloned(),
            }));
        }
        Self(changes)
    }

    /// Does the same to other variables.
    pub(crate) fn apply(&self, scopes: &mut VariableScopes) {
        for change in &self.0 {
            let scope = scopes.scope_mut(change.scope);
            match &change.value {
                Some(value) => scope.set(&change.key, value.clone()),
                None => scope.unset(&change.key),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_made_elsewhere_leave_other_variables_alone() {
        let mut before = VariableScopes::default();
        before.environment.set("kept", "1".into());
        before.environment.set("gone", "1".into());
        before.globals.set("other", "1".into());
        let mut after = before.clone();
        after.environment.unset("gone");
        after.collection.set("made", "2".into());
        let mut current = before.clone();
        current.globals.set("other", "changed meanwhile".into());

        ScopeChanges::between(&before, &after).apply(&mut current);

        assert_eq!(current.environment.get("gone"), None);
        assert_eq!(current.environment.get("kept"), Some(&"1".into()));
        assert_eq!(current.collection.get("made"), Some(&"2".into()));
        let other = current.globals.get("other").map(Value::to_text);
        assert_eq!(other.as_deref(), Some("changed meanwhile"));
    }
}
