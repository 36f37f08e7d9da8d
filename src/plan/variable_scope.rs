//! Declared variables as a scope.

use crate::collection::CollectionVariable;
use crate::variables::{Dialect, Variable, VariableScope};

/// The variables of a collection or folder, of which the last entry of a name that is switched on wins.
pub(crate) fn variable_scope<'list>(
    variables: impl IntoIterator<Item = &'list CollectionVariable>,
    dialect: Dialect,
) -> VariableScope {
    VariableScope::from_entries(variables.into_iter().map(|variable| {
        Variable::declared(
            variable.key.clone(),
            variable.value.clone(),
            variable.kind.as_deref(),
            variable.disabled,
            dialect,
        )
    }))
}
