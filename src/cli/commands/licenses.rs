//! `postrider --licenses`

use crate::cli::standard_output::print;
use crate::script;

/// Prints the licences of the JavaScript libraries inside the program.
pub(in crate::cli) fn licenses() {
    print(script::licenses());
}
