//! Where console text goes, and who may have it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::Console;

/// A stream that several reporters can write to, one whole text at a time.
#[derive(Clone)]
pub(crate) struct Output(Arc<Mutex<Box<dyn Write + Send>>>);

impl Output {
    /// A stream that ends in this writer.
    pub(crate) fn new(writer: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Box::new(writer))))
    }

    /// Writes a text, after which nothing is kept back.
    pub(super) fn print(&self, text: &str) -> io::Result<()> {
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(text.as_bytes())?;
        writer.flush()
    }
}

/// The console of a run: one reporter can have it for itself, and others may add lines that stand alone.
pub(super) struct Consoles {
    console: Option<Console>,
    is_taken: bool,
    is_used: bool,
}

impl Consoles {
    pub(super) fn new(console: Option<Console>) -> Self {
        Self {
            console,
            is_taken: false,
            is_used: false,
        }
    }

    /// The console, unless somebody has it.
    pub(super) fn take(&mut self) -> Option<Console> {
        if self.is_taken {
            return None;
        }
        self.is_taken = self.console.is_some();
        self.is_used |= self.is_taken;
        self.console.clone()
    }

    /// The stream of the console, whoever has it.
    pub(super) fn share(&mut self) -> Option<Output> {
        self.is_used |= self.console.is_some();
        self.console.as_ref().map(|console| console.output.clone())
    }

    /// Whether anybody writes to the console.
    pub(super) fn is_used(&self) -> bool {
        self.is_used
    }
}
