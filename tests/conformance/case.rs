//! A case: a collection and what goes with it.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

const COLLECTION: &str = ".postman_collection.json";

/// Files beside a collection that become flags, in the order of the flags.
const COMPANIONS: [(&str, &str); 4] = [
    (".postman_environment.json", "--environment"),
    (".postman_globals.json", "--globals"),
    (".postman_data.json", "--iteration-data"),
    (".postman_data.csv", "--iteration-data"),
];

#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// `AREA/NAME`.
    pub(crate) name: String,
    /// Where it lies; programs run here.
    pub(crate) folder: PathBuf,
    pub(crate) collection: PathBuf,
    /// Further flags; `{case}`, `{certificates}` and `{out}` stand for folders.
    pub(crate) flags: Vec<String>,
}

impl Case {
    /// The cases of an area, by name.
    pub(crate) fn all_of(area: &str) -> Vec<Self> {
        let folder = folder().join(area);
        let mut names: Vec<String> = names_in(&folder)
            .iter()
            .filter_map(|name| name.strip_suffix(COLLECTION).map(str::to_owned))
            .collect();
        names.sort();
        names
            .iter()
            .map(|name| Self::read(&folder, area, name))
            .collect()
    }

    pub(crate) fn read(folder: &Path, area: &str, name: &str) -> Self {
        let file = |suffix: &str| folder.join(format!("{name}{suffix}"));
        let mut flags = Vec::new();
        for (suffix, flag) in COMPANIONS {
            let file = file(suffix);
            if file.exists() {
                flags.extend([flag.to_owned(), file.to_string_lossy().into_owned()]);
            }
        }
        let more = fs::read_to_string(file(".args")).unwrap_or_default();
        let more = more.lines().filter(|line| !line.is_empty());
        flags.extend(more.map(str::to_owned));
        Self {
            name: format!("{area}/{name}"),
            folder: folder.to_owned(),
            collection: file(COLLECTION),
            flags,
        }
    }

    /// What newman did, as it is stored, if it is.
    pub(crate) fn facts(&self) -> Option<String> {
        fs::read_to_string(folder().join(format!("{}.newman.json", self.name))).ok()
    }
}

/// The names of all areas.
pub(crate) fn areas() -> Vec<String> {
    let mut areas = names_in(&folder());
    areas.sort();
    areas
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/cases")
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// A pattern for names of cases: `*` and `?` stay within a part of the name, `**` does not. Without a slash
/// it is for any part.
pub(crate) fn glob(pattern: &str) -> Regex {
    let mut source = regex::escape(pattern);
    for (from, to) in [
        (r"\*\*", "\0"),
        (r"\*", "[^/]*"),
        (r"\?", "[^/]"),
        ("\0", ".*"),
    ] {
        source = source.replace(from, to);
    }
    let whole = if pattern.contains('/') {
        format!("^{source}$")
    } else {
        format!("(^|/){source}(/|$)")
    };
    Regex::new(&whole).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_a_part_of_the_name() {
        assert!(glob("auth/*").is_match("auth/digest"));
        assert!(glob("auth/digest*").is_match("auth/digest"));
        assert!(!glob("auth/*").is_match("auth/more/digest"));
        assert!(glob("auth/**").is_match("auth/more/digest"));
        assert!(!glob("auth/dig").is_match("auth/digest"));
        assert!(glob("auth/d?gest").is_match("auth/digest"));
    }

    #[test]
    fn a_pattern_without_a_slash_is_for_any_part() {
        assert!(glob("auth").is_match("auth/digest"));
        assert!(glob("digest").is_match("auth/digest"));
        assert!(!glob("dig").is_match("auth/digest"));
    }
}
