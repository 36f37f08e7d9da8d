//! Whoever reads the standard error stream while a command runs.

use std::io::{self, Write};

use super::context::Context;
use crate::runner::Person;

/// Tells on standard error what has to be done; nothing of it is hidden, since it is of use only whole.
pub(super) fn person(context: &Context) -> Person {
    Person {
        is_at_terminal: context.has_person(),
        tell: Box::new(|text| {
            // A standard error stream that is closed leaves nobody to tell.
            let _closed = writeln!(io::stderr().lock(), "login: {text}");
        }),
    }
}
