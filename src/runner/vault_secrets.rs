//! The secrets of a vault that a text names.

use crate::variables::VariableScopes;
use crate::vault::{self, Vault};

/// Asks the vault for every secret that a text names as a variable; gives the errors.
pub(crate) async fn vault_secrets(
    vault: &Vault,
    scopes: &mut VariableScopes,
    text: &str,
) -> Vec<vault::Error> {
    let mut errors = Vec::new();
    for name in scopes.substitute(text).unknown {
        let Some(key) = name.strip_prefix("vault:") else {
            continue;
        };
        match vault.get(key).await {
            Ok(Some(value)) => scopes.vault.set_secret(key, value.as_str().into()),
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    errors
}
