//! Printing what a command has found out.

use std::io::{self, Write};

/// Writes a whole text to standard output; a reader that has seen enough is no error.
pub(super) fn print(text: &str) {
    let mut stdout = io::stdout().lock();
    let _closed = stdout.write_all(text.as_bytes());
    let _closed = stdout.flush();
}
