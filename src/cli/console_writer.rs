//! The standard output stream as reporters get it.

use std::io::{self, Write};

/// Writes to standard output and flushes after each line, so that a watched run is seen as it goes.
pub(super) struct ConsoleWriter;

impl Write for ConsoleWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::stdout().lock().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().lock().flush()
    }
}
