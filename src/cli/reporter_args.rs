//! Flags of the form `--reporter-NAME-OPTION`, which are open-ended and so not clap's (as newman 6.2.2).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// The flags found, in order, without their prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ReporterArgs {
    flags: Vec<(String, Option<String>)>,
}

/// The flags by reporter and option.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ReporterFlags {
    /// The files of `--reporter-NAME-export`.
    pub(super) exports: BTreeMap<String, PathBuf>,
    /// All other options.
    pub(super) flags: BTreeMap<(String, String), Option<String>>,
}

impl ReporterArgs {
    /// Takes the flags out of the arguments; the rest is left in order.
    ///
    /// A value stands after `=` or is the following argument when that does not begin with a dash.
    pub(super) fn extract(arguments: Vec<OsString>) -> (Self, Vec<OsString>) {
        let mut found = Self::default();
        let mut rest = Vec::new();
        let mut arguments = arguments.into_iter().peekable();
        while let Some(argument) = arguments.next() {
            let flag = argument
                .to_str()
                .and_then(|text| text.strip_prefix("--reporter-"));
            let Some(flag) = flag.filter(|flag| !flag.is_empty()) else {
                rest.push(argument);
                continue;
            };
            let flag = match flag.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => {
                    let is_value =
                        |next: &OsString| next.to_str().is_none_or(|text| !text.starts_with('-'));
                    let value = arguments.next_if(is_value);
                    (
                        flag.to_owned(),
                        value.map(|value| value.to_string_lossy().into_owned()),
                    )
                }
            };
            found.flags.push(flag);
        }
        (found, rest)
    }

    /// The same flags after others, so that these win.
    pub(super) fn after(mut self, flags: Vec<(String, Option<String>)>) -> Self {
        self.flags.splice(0..0, flags);
        self
    }

    /// Hands each flag to the reporter that its first word names, or to all of them when it names none.
    pub(super) fn assign(self, reporters: &[String]) -> ReporterFlags {
        let mut assigned = ReporterFlags::default();
        for (name, value) in self.flags {
            let named = name
                .split_once('-')
                .filter(|(first, _)| reporters.iter().any(|it| it == first));
            match named {
                Some((reporter, option)) => assigned.add(reporter, option, value),
                None => {
                    for reporter in reporters {
                        assigned.add(reporter, &name, value.clone());
                    }
                }
            }
        }
        assigned
    }
}

impl ReporterFlags {
    fn add(&mut self, reporter: &str, option: &str, value: Option<String>) {
        match (option, value) {
            ("export", Some(path)) => {
                self.exports
                    .insert(reporter.to_owned(), PathBuf::from(path));
            }
            (option, value) => {
                self.flags
                    .insert((reporter.to_owned(), option.to_owned()), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reporter_flags_are_taken_out() {
        let arguments = [
            "run",
            "c.json",
            "--reporter-json-export",
            "out.json",
            "--reporter-cli-no-summary",
            "-n",
            "2",
            "--reporter-junit-export=x y.xml",
        ];
        let (found, rest) = ReporterArgs::extract(arguments.iter().map(OsString::from).collect());
        let assigned = found.assign(&["cli", "json", "junit"].map(str::to_owned));

        assert_eq!(rest, ["run", "c.json", "-n", "2"]);
        assert_eq!(assigned.exports["json"], PathBuf::from("out.json"));
        assert_eq!(assigned.exports["junit"], PathBuf::from("x y.xml"));
        assert_eq!(
            assigned.flags[&("cli".to_owned(), "no-summary".to_owned())],
            None
        );
    }

    #[test]
    fn a_flag_that_names_no_reporter_is_for_all() {
        let arguments = ["--reporter-export", "out", "--reporter-silent"];

        let (found, _) = ReporterArgs::extract(arguments.iter().map(OsString::from).collect());
        let assigned = found.assign(&["json", "junit"].map(str::to_owned));

        assert_eq!(assigned.exports.len(), 2);
        assert!(
            assigned
                .flags
                .contains_key(&("junit".to_owned(), "silent".to_owned()))
        );
    }
}
