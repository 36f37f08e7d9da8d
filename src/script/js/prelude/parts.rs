//! The parts of the prelude, embedded.

/// What the file names of our own code begin with; such frames are not shown to users.
pub(in crate::script::js) const OWN_FILES: &str = "postrider:";

macro_rules! parts {
    ($($name:literal),* $(,)?) => {
        /// Name and source of each part, in the order in which they run.
        pub(in crate::script::js) const PARTS: &[(&str, &str)] = &[
            $((
                concat!("prelude/", $name),
                include_str!(concat!($name, ".js")),
            ),)*
        ];
    };
}

parts![
    "setup",
    "errors",
    "locale",
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
    "calls",
    "packages",
    "execution",
    "legacy",
    "main",
];
