//! The person who may be asked to log in.

/// Somebody who started the run and may be reading what it says.
pub(crate) struct Person {
    /// Whether somebody is at a terminal, and a login can be waited for.
    pub(crate) is_at_terminal: bool,
    /// Tells something that must be read now.
    pub(crate) tell: Box<dyn Fn(&str)>,
}

#[cfg(test)]
impl Person {
    /// Nobody.
    pub(crate) fn nobody() -> Self {
        Self {
            is_at_terminal: false,
            tell: Box::new(|_| {}),
        }
    }
}
