//! The parts of the prelude, embedded.

/// What the file names of our own code begin with; such frames are not shown to users.
pub(in crate::script::js) const OWN_FILES: &str = "postrider:";

macro_rules! parts {
    ($(#[$documentation:meta])* $constant:ident: $($name:literal),* $(,)?) => {
        $(#[$documentation])*
        pub(in crate::script::js) const $constant: &[(&str, &str)] = &[
            $((
                concat!("prelude/", $name),
                include_str!(concat!($name, ".js")),
            ),)*
        ];
    };
}

parts![
    /// Name and source of each part that every realm has, in the order in which they run.
    PARTS:
    "setup",
    "globals",
    "errors",
    "locale",
    "json",
    "inspect",
    "console",
    "timers",
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
    "health",
    "main",
];

parts![
    /// Name and source of each part that runs when a script first needs it.
    LATER_PARTS:
    "intl/dates",
    "intl/intl",
    "intl/locales",
    "intl/numbers",
    "intl/words",
    "intl/zones",
    "web/blob",
    "web/clone",
    "web/crypto",
    "web/events",
    "web/keys",
    "web/text",
    "web/url",
];
