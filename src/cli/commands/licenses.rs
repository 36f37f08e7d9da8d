//! `postrider licenses`

use std::io::{self, Write};

use crate::script;

/// Prints the licences of the JavaScript libraries inside the program.
pub(in crate::cli) fn licenses() {
    // A reader that has seen enough is no error.
    let _closed = io::stdout().lock().write_all(script::licenses().as_bytes());
}
