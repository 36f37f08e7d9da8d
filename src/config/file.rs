//! Reading a file of defaults.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Error, Place};
use crate::files::{decode_text, find_upwards, read_bytes};
use crate::suggest::nearest;

/// The name of the file.
const FILE_NAME: &str = "postrider.toml";
/// What the root of a repository has in it.
const REPOSITORY_MARK: &str = ".git";
/// The key of the table of profiles.
const PROFILES: &str = "profile";

/// A file of defaults, with one of its profiles or without.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Config {
    /// The settings that count; where a key stands twice, the profile's comes last.
    pub(crate) settings: Vec<Setting>,
    /// The settings of profiles that were not asked for.
    pub(crate) unselected: Vec<Setting>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    /// The key.
    pub(crate) key: String,
    /// The value.
    pub(crate) value: SettingValue,
    /// Where it stands.
    pub(crate) place: Place,
}

/// A value of a setting. Numbers and dates are texts, as a flag's are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SettingValue {
    /// `true` or `false`.
    Switch(bool),
    /// A single value.
    Text(String),
    /// Several values.
    List(Vec<String>),
    /// Values by name.
    Table(Vec<(String, String)>),
}

/// The nearest file of defaults: in the current folder or in one around it, up to the root of the
/// repository. Outside of repositories only the current folder counts.
pub(crate) fn find_config() -> Option<PathBuf> {
    find_upwards(FILE_NAME, REPOSITORY_MARK)
}

impl Config {
    /// Reads a file and takes the settings of a profile over those above all profiles.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is not TOML, has no such profile, or holds what no flag could take,
    /// also in another profile.
    pub(crate) fn read(path: &Path, profile: Option<&str>) -> Result<Self, Error> {
        let text = decode_text(read_bytes(path)?);
        Reader { path, text: &text }.config(profile)
    }
}

struct Reader<'input> {
    path: &'input Path,
    text: &'input str,
}

impl Reader<'_> {
    fn config(&self, profile: Option<&str>) -> Result<Config, Error> {
        let table = DeTable::parse(self.text).map_err(|error| Error::Syntax {
            place: self.place(error.span().unwrap_or_default()),
            reason: error.message().replace('\n', "; "),
        })?;
        let mut settings = Vec::new();
        let mut profiles: Vec<(String, Vec<Setting>)> = Vec::new();
        for (key, value) in table.into_inner() {
            if key.get_ref() == PROFILES {
                profiles = self.profiles(&key, value)?;
            } else {
                settings.push(self.setting(&key, &value)?);
            }
        }
        let known: Vec<String> = profiles.iter().map(|(name, _)| name.clone()).collect();
        let mut config = Config {
            settings,
            unselected: Vec::new(),
        };
        let mut is_found = profile.is_none();
        for (name, settings) in profiles {
            if profile == Some(name.as_str()) {
                is_found = true;
                config.overlay(settings);
            } else {
                config.unselected.extend(settings);
            }
        }
        match profile {
            Some(profile) if !is_found => Err(Error::UnknownProfile {
                path: self.path.to_owned(),
                profile: profile.to_owned(),
                near: nearest(profile, known.iter().map(String::as_str)).map(str::to_owned),
                known,
            }),
            _ => Ok(config),
        }
    }

    fn profiles(
        &self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: Spanned<DeValue<'_>>,
    ) -> Result<Vec<(String, Vec<Setting>)>, Error> {
        let no_table = |key: &Spanned<std::borrow::Cow<'_, str>>| Error::Value {
            place: self.place(key.span()),
            key: key.get_ref().to_string(),
            reason: "profiles are tables, `[profile.NAME]`".to_owned(),
        };
        let DeValue::Table(profiles) = value.into_inner() else {
            return Err(no_table(key));
        };
        profiles
            .into_iter()
            .map(|(name, settings)| {
                let DeValue::Table(settings) = settings.into_inner() else {
                    return Err(no_table(&name));
                };
                let settings = settings
                    .iter()
                    .map(|(key, value)| self.setting(key, value))
                    .collect::<Result<_, _>>()?;
                Ok((name.into_inner().into_owned(), settings))
            })
            .collect()
    }

    fn setting(
        &self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Setting, Error> {
        let invalid = |span: Range<usize>| Error::Value {
            place: self.place(span),
            key: key.get_ref().to_string(),
            reason: "a text or a number is needed here".to_owned(),
        };
        let single = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::Boolean(value) => Ok(value.to_string()),
            other => text(other).ok_or_else(|| invalid(value.span())),
        };
        let value = match value.get_ref() {
            DeValue::Boolean(is_on) => SettingValue::Switch(*is_on),
            DeValue::Array(list) => {
                SettingValue::List(list.iter().map(single).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => SettingValue::Table(
                table
                    .iter()
                    .map(|(name, value)| Ok((name.get_ref().to_string(), single(value)?)))
                    .collect::<Result<_, Error>>()?,
            ),
            other => SettingValue::Text(text(other).ok_or_else(|| invalid(value.span()))?),
        };
        Ok(Setting {
            key: key.get_ref().to_string(),
            value,
            place: self.place(key.span()),
        })
    }

    fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Place {
            path: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl Config {
    /// Takes settings over those of the same key; tables are merged by the names in them.
    fn overlay(&mut self, settings: Vec<Setting>) {
        let is_table = |setting: &Setting| matches!(setting.value, SettingValue::Table(_));
        self.settings.retain(|old| {
            !settings
                .iter()
                .any(|new| new.key == old.key && !(is_table(new) && is_table(old)))
        });
        self.settings.extend(settings);
    }
}

/// A single value as a flag would have it; numbers as they are written, without `_`.
fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(|number| number.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str, profile: Option<&str>) -> Result<Config, Error> {
        let path = Path::new("postrider.toml");
        Reader { path, text }.config(profile)
    }

    fn settings(text: &str, profile: Option<&str>) -> Vec<(String, SettingValue)> {
        let settings = config(text, profile).unwrap().settings.into_iter();
        settings
            .map(|setting| (setting.key, setting.value))
            .collect()
    }

    fn message(text: &str, profile: Option<&str>) -> String {
        config(text, profile).unwrap_err().to_string()
    }

    #[test]
    fn values_are_kept_as_a_flag_would_have_them() {
        use SettingValue::{List, Switch, Table, Text};
        let text = "a = 'x'\nb = 1_000\nc = true\nd = ['x', 2]\ne = {n = 1.5, m = true}\n";

        let owned = str::to_owned;
        assert_eq!(
            settings(text, None),
            [
                (owned("a"), Text(owned("x"))),
                (owned("b"), Text(owned("1000"))),
                (owned("c"), Switch(true)),
                (owned("d"), List(vec![owned("x"), owned("2")])),
                (
                    owned("e"),
                    Table(vec![
                        (owned("n"), owned("1.5")),
                        (owned("m"), owned("true"))
                    ])
                ),
            ]
        );
    }

    #[test]
    fn a_profile_wins_and_its_tables_are_merged() {
        let text = "a = 1\nv = {x = 1}\n[profile.ci]\na = 2\nv = {y = 2}\n[profile.other]\na = 3\n";

        let keys = |profile| -> Vec<String> {
            let found = settings(text, profile).into_iter();
            found
                .map(|(key, value)| format!("{key} {value:?}"))
                .collect()
        };
        assert_eq!(keys(None), ["a Text(\"1\")", "v Table([(\"x\", \"1\")])"]);
        assert_eq!(
            keys(Some("ci")),
            [
                "v Table([(\"x\", \"1\")])",
                "a Text(\"2\")",
                "v Table([(\"y\", \"2\")])"
            ]
        );
        assert_eq!(config(text, Some("ci")).unwrap().unselected.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(
            message("a = 1\n\u{e4} = 2\n", None).split(':').next(),
            Some("`postrider.toml`, line 2, column 1")
        );
        assert_eq!(
            message("a = [1,\n  [2]]", None),
            "`postrider.toml`, line 2, column 3: the value of `a` does not fit: a text or a number is needed here"
        );
        assert_eq!(
            message("profile = 1", None),
            "`postrider.toml`, line 1, column 1: the value of `profile` does not fit: profiles are tables, `[profile.NAME]`"
        );
        assert_eq!(
            message("[profile.ci]", Some("cy")),
            "`postrider.toml` has no profile `cy`"
        );
    }

    #[test]
    fn nothing_panics_on_what_is_no_toml() {
        for text in [
            "",
            "=",
            "[",
            "a",
            "a = ",
            "[profile",
            "\u{0}",
            "a = 0x",
            "a = 0xffffffffffffffffffff",
            "é = 'x",
        ] {
            let _either = config(text, Some("p"));
        }
    }
}
