//! Handing variables on after a run.

use crate::cli::args::RunArgs;
use crate::cli::diagnostics::Diagnostics;
use crate::cli::error::Error;
use crate::cli::outputs::{Destination, find_outputs};
use crate::redact::Secrets;
use crate::runner::Warning;
use crate::variables::VariableScopes;

/// Why variables could not be handed on.
#[derive(Default)]
pub(super) struct OutputErrors {
    /// The file could not be written.
    pub(super) writing: Option<Error>,
    /// The run has not set them.
    pub(super) unset: Vec<Error>,
}

/// Prints or writes the variables that are asked for, as far as they are set.
///
/// `is_alone` says that nothing else is on the standard output.
pub(super) fn hand_on_outputs(
    args: &RunArgs,
    destination: &Destination,
    scopes: &VariableScopes,
    secrets: &Secrets,
    is_alone: bool,
    diagnostics: &Diagnostics,
) -> OutputErrors {
    if args.outputs.output.is_empty() {
        return OutputErrors::default();
    }
    let found = find_outputs(&args.outputs.output, scopes, secrets, args.show_secrets);
    // The next program would fail with a value that looks like one and is none.
    for name in found.masked_names() {
        diagnostics.warning(&Warning {
            message: format!("the output `{name}` holds a secret, which is written as ***"),
            hint: Some("--show-secrets hands it on".to_owned()),
        });
    }
    OutputErrors {
        writing: destination.hand_on(&found, is_alone).err(),
        unset: found.unset,
    }
}
