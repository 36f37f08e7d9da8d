//! All layers of variables of one worker, in Postman's lookup order.

use super::dynamic::{self, SharedRandom};
use super::{Substitution, Value, VariableScope, substitute};

/// Which layer a script or a flag means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ScopeName {
    /// Set by `pm.variables.set`; lives for the whole run.
    Local,
    /// The current row of the iteration data.
    Data,
    /// The environment.
    Environment,
    /// The variables of the folders around the current item.
    Folder,
    /// The collection's own variables.
    Collection,
    /// The globals.
    Globals,
}

impl ScopeName {
    /// Lookup order: the first layer that has the name wins (as postman-runtime 7.39.1, which does not
    /// know the variables of folders).
    pub(crate) const ORDER: [Self; 6] = [
        Self::Local,
        Self::Data,
        Self::Environment,
        Self::Folder,
        Self::Collection,
        Self::Globals,
    ];
}

/// Local variables, iteration data, environment, variables of folders and of the collection, globals.
#[derive(Debug, Clone, Default)]
pub(crate) struct VariableScopes {
    /// Variables set by `pm.variables.set`.
    pub(crate) local: VariableScope,
    /// The current row of the iteration data.
    pub(crate) data: VariableScope,
    /// The environment.
    pub(crate) environment: VariableScope,
    /// The variables of the folders around the current item; the innermost folder's come last.
    pub(crate) folder: VariableScope,
    /// The collection's own variables.
    pub(crate) collection: VariableScope,
    /// The globals.
    pub(crate) globals: VariableScope,
    /// The secrets of the vault that are known so far, for `{{vault:name}}`.
    pub(crate) vault: VariableScope,
    /// Whether `<<name>>` is read as `{{name}}` when the name is defined.
    pub(crate) angle_variables: bool,
    /// Where the values of dynamic variables come from; it moves on with each of them.
    pub(crate) random: SharedRandom,
}

impl VariableScopes {
    /// The layer of that name.
    pub(crate) fn scope(&self, name: ScopeName) -> &VariableScope {
        match name {
            ScopeName::Local => &self.local,
            ScopeName::Data => &self.data,
            ScopeName::Environment => &self.environment,
            ScopeName::Folder => &self.folder,
            ScopeName::Collection => &self.collection,
            ScopeName::Globals => &self.globals,
        }
    }

    /// The layer of that name, to change it.
    pub(crate) fn scope_mut(&mut self, name: ScopeName) -> &mut VariableScope {
        match name {
            ScopeName::Local => &mut self.local,
            ScopeName::Data => &mut self.data,
            ScopeName::Environment => &mut self.environment,
            ScopeName::Folder => &mut self.folder,
            ScopeName::Collection => &mut self.collection,
            ScopeName::Globals => &mut self.globals,
        }
    }

    /// A copy for somebody who goes on at the same time: no dynamic variable has the same value in both.
    pub(crate) fn fork(&self) -> Self {
        let mut copy = self.clone();
        copy.random = self.random.lock().fork().into();
        copy
    }

    /// Replaces every `{{name}}` in a text, and `<<name>>` where that spelling is on.
    pub(crate) fn substitute(&self, text: &str) -> Substitution {
        substitute(text, self.angle_variables, &|key| self.text_of(key))
    }

    /// As [`VariableScopes::substitute`] with the variables of one layer only.
    pub(crate) fn substitute_in(&self, name: ScopeName, text: &str) -> Substitution {
        let scope = self.scope(name);
        substitute(text, self.angle_variables, &|key| {
            scope
                .get(key)
                .map(Value::to_text)
                .or_else(|| self.generate(key))
        })
    }

    /// Every value of a variable whose type is `secret`, in any layer.
    pub(crate) fn secret_values(&self) -> Vec<String> {
        ScopeName::ORDER
            .into_iter()
            .flat_map(|name| self.scope(name).secret_values())
            .chain(self.vault.secret_values())
            .collect()
    }

    /// The names that a lookup can find and that an unknown name may have meant.
    ///
    /// A name without a `$` does not mean a dynamic variable: those have long names that are alike.
    pub(crate) fn names_near(&self, unknown: &str) -> Vec<&str> {
        let mut names: Vec<&str> = ScopeName::ORDER
            .into_iter()
            .flat_map(|name| self.scope(name).names())
            .collect();
        if unknown.starts_with('$') {
            for name in dynamic::names() {
                names.push(name);
            }
        }
        names
    }

    /// A null in the iteration data leaves the token as it stands, as observed of newman 6.2.2.
    fn text_of(&self, key: &str) -> Option<String> {
        for name in ScopeName::ORDER {
            match self.scope(name).get(key) {
                None => {}
                Some(Value::Null) if name == ScopeName::Data => return None,
                Some(value) => return Some(value.to_text()),
            }
        }
        let secret = key.strip_prefix("vault:");
        if let Some(secret) = secret.and_then(|name| self.vault.get(name)) {
            return Some(secret.to_text());
        }
        self.generate(key)
    }

    fn generate(&self, key: &str) -> Option<String> {
        dynamic::generate(key, &mut self.random.lock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::Random;

    #[test]
    fn the_nearest_layer_wins() {
        let mut scopes = VariableScopes::default();
        for (name, text) in ScopeName::ORDER
            .into_iter()
            .rev()
            .zip(["g", "c", "f", "e", "d", "l"])
        {
            scopes.scope_mut(name).set("v", text.into());
            assert_eq!(scopes.substitute("{{v}}").text, text);
        }
    }

    #[test]
    fn a_user_variable_overrides_a_dynamic_one() {
        let mut scopes = VariableScopes::default();
        scopes.globals.set("$guid", "mine".into());

        assert_eq!(scopes.substitute("{{$guid}}").text, "mine");
    }

    fn seeded(seed: u64) -> VariableScopes {
        VariableScopes {
            random: Random::from_seed(seed).into(),
            ..VariableScopes::default()
        }
    }

    /// All dynamic variables but those that tell the time, by both ways of replacing.
    fn drawn(scopes: &VariableScopes) -> String {
        let text: String = dynamic::names()
            .filter(|name| !name.to_lowercase().contains("timestamp") && !name.contains("Date"))
            .map(|name| format!("{{{{{name}}}}}\n"))
            .collect();
        let first = scopes.substitute(&text);
        let second = scopes.substitute_in(ScopeName::Globals, &text);
        assert!(first.unknown.is_empty());
        first.text + &second.text
    }

    #[test]
    fn dynamic_variables_repeat_with_the_same_seed() {
        assert_eq!(drawn(&seeded(1)), drawn(&seeded(1)));
        assert_ne!(drawn(&seeded(1)), drawn(&seeded(2)));
    }

    #[test]
    fn dynamic_variables_go_on_after_the_scopes_have_moved() {
        let still = seeded(1);
        let mut moving = seeded(1);

        let expected = [drawn(&still), drawn(&still)];
        let first = drawn(&moving);
        let moved = std::mem::take(&mut moving);

        assert_eq!([first, drawn(&moved)], expected);
        assert_ne!(expected[0], expected[1]);
    }

    #[test]
    fn dynamic_names_are_offered_for_names_with_a_dollar_sign() {
        let scopes = VariableScopes::default();

        assert!(scopes.names_near("$randomEmial").contains(&"$randomEmail"));
        assert!(scopes.names_near("randomEmial").is_empty());
    }

    #[test]
    fn a_null_in_the_data_leaves_the_token() {
        let mut scopes = VariableScopes::default();
        scopes.data.set("v", Value::Null);
        scopes.globals.set("v", "g".into());

        assert_eq!(scopes.substitute("{{v}}").text, "{{v}}");
    }
}
