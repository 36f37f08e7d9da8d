//! What the settings of a file of defaults mean as flags.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::defaults::Given;
use super::fetch::is_uid;
use crate::config::{Config, Error, Setting, SettingValue};
use crate::files::Source;
use crate::suggest::nearest;

/// The setting that is no flag.
const COLLECTION: &str = "collection";
/// The flags that say which settings count, and so are none.
const NO_SETTINGS: [&str; 5] = ["config", "profile", "no-config", "help", "version"];
/// Flags of reporters, which are open-ended.
const REPORTER: &str = "reporter-";
/// The names that help gives to values that are paths.
const PATH_VALUES: [&str; 3] = ["FILE", "FOLDER", "PATH"];
/// The flags whose values add to those of the file instead of replacing them.
const ADDING: [&str; 2] = ["env_var", "global_var"];

/// The settings of a file, checked.
pub(super) struct Settings {
    /// The id of an argument of `postrider run`, with the argument as it would be written.
    arguments: Vec<(String, OsString)>,
    reporter_flags: Vec<(String, Option<String>)>,
}

impl Settings {
    /// Checks all settings, also those of other profiles.
    ///
    /// `is_named` says that the user has named the file, who so trusts it with starting programs.
    pub(super) fn check(
        program: &Command,
        config: Config,
        folder: &Path,
        is_named: bool,
    ) -> Result<Self, Error> {
        let run = program
            .find_subcommand("run")
            .expect("the program has the command");
        let reader = Reader {
            run,
            folder,
            is_named,
        };
        let mut settings = Self {
            arguments: Vec::new(),
            reporter_flags: Vec::new(),
        };
        for setting in config.settings {
            reader.read(setting, &mut settings)?;
        }
        let mut others = Self {
            arguments: Vec::new(),
            reporter_flags: Vec::new(),
        };
        for setting in config.unselected {
            reader.read(setting, &mut others)?;
        }
        Ok(settings)
    }

    /// The arguments for a command, without those that it has not, and without those that give way to
    /// what is given.
    pub(super) fn arguments(&self, given: &Given<'_>) -> Vec<OsString> {
        let counts = |id: &str| {
            let Some(own) = given.command.get_arguments().find(|it| it.get_id() == id) else {
                return false;
            };
            let gives_way = !ADDING.contains(&id) && given.has(id);
            let conflict = given.command.get_arguments().any(|other| {
                let conflicts = |one: &Arg, with: &Arg| {
                    let all = given.command.get_arg_conflicts_with(one);
                    all.iter().any(|it| it.get_id() == with.get_id())
                };
                given.has(other.get_id().as_str())
                    && (conflicts(own, other) || conflicts(other, own))
            });
            !gives_way && !conflict
        };
        self.arguments
            .iter()
            .filter(|(id, _)| counts(id))
            .map(|(_, argument)| argument.clone())
            .collect()
    }

    /// The flags of reporters, without `--reporter-`.
    pub(super) fn into_reporter_flags(self) -> Vec<(String, Option<String>)> {
        self.reporter_flags
    }
}

struct Reader<'input> {
    run: &'input Command,
    folder: &'input Path,
    is_named: bool,
}

impl Reader<'_> {
    fn read(&self, setting: Setting, settings: &mut Settings) -> Result<(), Error> {
        let invalid = |reason: &str| Error::Value {
            place: setting.place.clone(),
            key: setting.key.clone(),
            reason: reason.to_owned(),
        };
        if let Some(flag) = setting.key.strip_prefix(REPORTER) {
            let value = match &setting.value {
                SettingValue::Switch(false) => return Ok(()),
                SettingValue::Switch(true) => None,
                SettingValue::Text(text) if flag.ends_with("export") => {
                    Some(self.path(text).to_owned())
                }
                SettingValue::Text(text) => Some(text.clone()),
                _ => return Err(invalid("a single value or `true` is needed here")),
            };
            settings.reporter_flags.push((flag.to_owned(), value));
            return Ok(());
        }
        if setting.key == COLLECTION {
            let SettingValue::Text(text) = &setting.value else {
                return Err(invalid("a text is needed here"));
            };
            let argument = OsString::from(self.input(text));
            settings.arguments.push((COLLECTION.to_owned(), argument));
            return Ok(());
        }
        let arg = self.arg(&setting)?;
        let id = arg.get_id().as_str().to_owned();
        for value in values(arg, &setting.value).map_err(|reason| invalid(&reason))? {
            let argument = match value {
                None => format!("--{}", setting.key),
                Some(value) => format!("--{}={}", setting.key, self.value(arg, &value)),
            };
            if id == "vault" && !self.is_named && argument.starts_with("--vault=command:") {
                return Err(invalid(
                    "a file that was found by itself starts no command; name it with `--config`",
                ));
            }
            if let Some(reason) = self.refused(&argument) {
                return Err(invalid(&reason));
            }
            settings.arguments.push((id.clone(), argument.into()));
        }
        Ok(())
    }

    fn arg(&self, setting: &Setting) -> Result<&Arg, Error> {
        let flags = || {
            self.run.get_arguments().filter(|arg| {
                arg.get_long()
                    .is_some_and(|long| !NO_SETTINGS.contains(&long))
            })
        };
        let key = setting.key.as_str();
        flags()
            .find(|arg| arg.get_long() == Some(key))
            .ok_or_else(|| {
                let known = flags().filter_map(Arg::get_long).chain([COLLECTION]);
                Error::UnknownKey {
                    place: setting.place.clone(),
                    key: key.to_owned(),
                    near: nearest(key, known).map(str::to_owned),
                }
            })
    }

    fn value(&self, arg: &Arg, value: &str) -> String {
        let names = arg.get_value_names().unwrap_or_default();
        let is_path = names
            .iter()
            .any(|name| PATH_VALUES.contains(&name.as_str()));
        if is_path {
            return self.input(value);
        }
        match value.strip_prefix("file:") {
            Some(file) if arg.get_id() == "vault" => format!("file:{}", self.input(file)),
            _ => value.to_owned(),
        }
    }

    /// A path relative to the file, but a URL, the standard input or a UID as it is.
    fn input(&self, text: &str) -> String {
        match Source::parse(text) {
            Source::Path(_) if !is_uid(text) => self.path(text),
            _ => text.to_owned(),
        }
    }

    fn path(&self, text: &str) -> String {
        self.folder.join(text).to_string_lossy().into_owned()
    }

    /// Why `postrider run` would refuse an argument, without its value, which may be a secret.
    fn refused(&self, argument: &str) -> Option<String> {
        let words = ["run", "-", argument];
        let error = self.run.clone().try_get_matches_from(words).err()?;
        match error.kind() {
            ErrorKind::ValueValidation => {
                let source = std::error::Error::source(&error);
                Some(source.map_or_else(|| "it is not valid".to_owned(), ToString::to_string))
            }
            ErrorKind::InvalidValue => match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) if !values.is_empty() => {
                    Some(format!("it is none of {}", values.join(", ")))
                }
                _ => Some("a value is needed here".to_owned()),
            },
            _ => None,
        }
    }
}

/// The values of a flag, one for each time that it would be written; nothing for a flag alone.
fn values(arg: &Arg, value: &SettingValue) -> Result<Vec<Option<String>>, String> {
    let takes_value = arg.get_action().takes_values();
    let is_list =
        matches!(arg.get_action(), ArgAction::Append) || arg.get_value_delimiter().is_some();
    match value {
        SettingValue::Switch(is_on) if !takes_value => Ok(Vec::from_iter(is_on.then_some(None))),
        // Written alone it would take the word that follows for its value.
        SettingValue::Switch(is_on) if arg.get_id() == "bail" => {
            Ok(Vec::from_iter(is_on.then(|| Some("failure".to_owned()))))
        }
        SettingValue::Switch(_) => Err("a value is needed here, not a switch".to_owned()),
        _ if !takes_value => Err("`true` or `false` is needed here".to_owned()),
        SettingValue::Text(text) => Ok(vec![Some(text.clone())]),
        SettingValue::List(list) if is_list => Ok(list.iter().cloned().map(Some).collect()),
        SettingValue::List(_) => Err("a single value is needed here".to_owned()),
        SettingValue::Table(table) if ADDING.contains(&arg.get_id().as_str()) => Ok(table
            .iter()
            .map(|(name, value)| Some(format!("{name}={value}")))
            .collect()),
        SettingValue::Table(_) => Err("this flag has no values by name".to_owned()),
    }
}
