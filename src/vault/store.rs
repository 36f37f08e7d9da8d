//! A vault as a run sees it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Error, VaultSource};

/// Secrets by name, asked for once each; what a script changes holds for this run only.
#[derive(Debug)]
pub(crate) struct Vault {
    source: VaultSource,
    known: RefCell<HashMap<String, Option<String>>>,
}

impl Vault {
    /// A vault that has not been asked for anything.
    pub(crate) fn new(source: VaultSource) -> Self {
        Self {
            source,
            known: RefCell::default(),
        }
    }

    /// The secret of that name; `None` when there is none.
    ///
    /// # Errors
    ///
    /// The source does not answer.
    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, Error> {
        if let Some(known) = self.known.borrow().get(key) {
            return Ok(known.clone());
        }
        let value = self.source.get(key).await?;
        self.known
            .borrow_mut()
            .insert(key.to_owned(), value.clone());
        Ok(value)
    }

    /// Changes a secret, or takes it away.
    pub(crate) fn set(&self, key: &str, value: Option<String>) {
        self.known.borrow_mut().insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::VariableScope;

    fn get(vault: &Vault, key: &str) -> Result<Option<String>, String> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(vault.get(key))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_a_script_sets_hides_the_source() {
        let mut scope = VariableScope::default();
        scope.set("a", "1".into());
        let vault = Vault::new(VaultSource::File(scope));

        assert_eq!(get(&vault, "a"), Ok(Some("1".to_owned())));
        vault.set("a", Some("2".to_owned()));
        assert_eq!(get(&vault, "a"), Ok(Some("2".to_owned())));
        vault.set("a", None);
        assert_eq!(get(&vault, "a"), Ok(None));
        assert_eq!(get(&vault, "b"), Ok(None));
    }

    #[test]
    fn the_environment_is_asked_with_its_prefix() {
        let vault = Vault::new(VaultSource::Environment {
            prefix: "V_".to_owned(),
            read: |name| (name == "V_a").then(|| "1".to_owned()),
        });

        assert_eq!(get(&vault, "a"), Ok(Some("1".to_owned())));
        assert_eq!(get(&vault, "b"), Ok(None));
    }

    #[cfg(unix)]
    #[test]
    fn a_command_gets_the_name_as_an_argument_and_never_as_code() {
        let vault = Vault::new(VaultSource::Command("printf '%s\\n' --name".to_owned()));

        assert_eq!(
            get(&vault, "a; exit 1").map(|value| value.unwrap()),
            Ok("--name\na; exit 1".to_owned())
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_is_told_with_its_message() {
        let vault = Vault::new(VaultSource::Command(
            "echo no such secret >&2; false".to_owned(),
        ));

        assert_eq!(
            get(&vault, "a"),
            Err(
                "the vault's command gave no value for `a` (exit status: 1): no such secret"
                    .to_owned()
            )
        );
    }
}
