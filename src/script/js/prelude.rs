//! Our own JavaScript: `pm` and everything else that scripts find in their realm.
//!
//! Each part is a function of two arguments: the host functions, and an object on which the parts leave
//! what other parts use. They run once per realm, in this order; [`ENTRY`] gives the functions that
//! Rust calls.

/// What the file names of our own code begin with; such frames are not shown to users.
pub(super) const OWN_FILES: &str = "postrider:";

/// The part whose result is the entry.
pub(super) const ENTRY: &str = "prelude/main";

macro_rules! parts {
    ($($name:literal),* $(,)?) => {
        /// Name and source of each part, in the order in which they run.
        pub(super) const PARTS: &[(&str, &str)] = &[
            $((
                concat!("prelude/", $name),
                include_str!(concat!("prelude/", $name, ".js")),
            ),)*
        ];
    };
}

parts![
    "setup",
    "errors",
    "json",
    "inspect",
    "console",
    "timers",
    "web",
    "require",
    "lists",
    "url",
    "request",
    "response",
    "cookies",
    "variables",
    "expect",
    "test",
    "execution",
    "legacy",
    "main",
];
