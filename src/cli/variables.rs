//! The variables of `--env-var` and `--global-var`.

use super::error::Error;
use crate::variables::{Value, VariableScope};

/// Sets variables over those of a file.
///
/// The name ends at the first equals sign; a name without one is defined without a value (as newman
/// 6.2.2).
pub(super) fn set_all(
    scope: &mut VariableScope,
    flag: &'static str,
    assignments: &[String],
) -> Result<(), Error> {
    for assignment in assignments {
        let (name, value) = match assignment.split_once('=') {
            Some((name, value)) => (name, Value::from(value)),
            None => (assignment.as_str(), Value::Undefined),
        };
        if name.is_empty() {
            return Err(Error::Flag {
                flag,
                value: assignment.clone(),
                reason: "the name before `=` is empty".to_owned(),
            });
        }
        scope.set(name, value);
    }
    Ok(())
}
