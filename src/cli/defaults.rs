//! The settings of the file of defaults as arguments.
//!
//! 1. A first look at the arguments tells which file is meant, and which flags are given.
//! 2. Every setting of the file is checked on its own, so that what is wrong is told with its place.
//! 3. The settings that count go in front of the arguments, so that a flag of a single value wins by
//!    coming later.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory as _};

use super::args::Args;
use super::reporter_args::ReporterArgs;
use super::settings::Settings;
use crate::config::{Config, Error, find_config};

/// Puts the defaults of the project in front of the arguments.
///
/// Arguments that cannot be understood stay as they are, for clap to tell why.
///
/// # Errors
///
/// When the file that counts cannot be used.
pub(super) fn with_defaults(
    arguments: Vec<OsString>,
    reporters: ReporterArgs,
) -> Result<(Vec<OsString>, ReporterArgs), Error> {
    let found = find_config();
    let names_one = |argument: &OsString| {
        let text = argument.to_string_lossy();
        text.starts_with("--config") || text.starts_with("--profile")
    };
    // Most runs have no file, and need no second look.
    if found.is_none() && !arguments.iter().any(names_one) {
        return Ok((arguments, reporters));
    }
    let program = Args::command();
    let Some(given) = Given::look(&program, &arguments) else {
        return Ok((arguments, reporters));
    };
    let Some((path, is_named)) = given.file(found)? else {
        return Ok((arguments, reporters));
    };
    let config = Config::read(&path, given.text("profile"))?;
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let settings = Settings::check(&program, config, &folder, is_named)?;
    let defaults = settings.arguments(&given);
    let reporters = reporters.after(settings.into_reporter_flags());
    let mut all = arguments;
    all.splice(given.start..given.start, defaults);
    Ok((all, reporters))
}

/// What is given on the command line.
pub(super) struct Given<'program> {
    /// The command.
    pub(super) command: &'program Command,
    matches: ArgMatches,
    /// Where its arguments begin.
    start: usize,
}

impl<'program> Given<'program> {
    /// Nothing when there is no command that has defaults.
    fn look(program: &'program Command, arguments: &[OsString]) -> Option<Self> {
        let lenient = program.clone().ignore_errors(true);
        let mut matches = lenient.try_get_matches_from(arguments).ok()?;
        let mut command = program;
        let mut start = 1;
        while let Some((name, inner)) = matches.remove_subcommand() {
            if arguments.get(start).is_none_or(|word| *word != *name) {
                return None;
            }
            command = command.find_subcommand(&name)?;
            matches = inner;
            start += 1;
        }
        let has_defaults = command.get_arguments().any(|it| it.get_id() == "no_config");
        has_defaults.then_some(Self {
            command,
            matches,
            start,
        })
    }

    /// The file, and whether the arguments name it.
    fn file(&self, found: Option<PathBuf>) -> Result<Option<(PathBuf, bool)>, Error> {
        if self.has("no_config") {
            return Ok(None);
        }
        let named = self
            .matches
            .try_get_one::<PathBuf>("config")
            .ok()
            .flatten()
            .cloned();
        match (named, found, self.text("profile")) {
            (Some(named), _, _) => Ok(Some((named, true))),
            (None, Some(found), _) => Ok(Some((found, false))),
            (None, None, None) => Ok(None),
            (None, None, Some(profile)) => Err(Error::NoFile {
                profile: profile.to_owned(),
            }),
        }
    }

    /// Whether the command line has the argument with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        let is_known = self.command.get_arguments().any(|it| it.get_id() == id);
        is_known && self.matches.value_source(id) == Some(ValueSource::CommandLine)
    }

    fn text(&self, id: &str) -> Option<&str> {
        let value = self.matches.try_get_one::<String>(id).ok().flatten();
        value.map(String::as_str)
    }
}
