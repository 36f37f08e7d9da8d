//! Packages as scripts find them.

use std::collections::BTreeMap;

/// The origins whose packages are written by others; their names begin so.
pub(super) const ORIGINS: [&str; 2] = ["npm", "jsr"];

/// A package with the text of all its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// The name that scripts give to `pm.require`.
    pub(crate) name: String,
    /// The files by their path in the package, with slashes.
    pub(crate) files: BTreeMap<String, String>,
}

impl Package {
    /// Whether somebody else wrote it, so that it gets no `pm`.
    pub(crate) fn is_external(&self) -> bool {
        self.name.contains(':')
    }

    /// The file that `require` of the package runs.
    pub(crate) fn main(&self) -> Option<&str> {
        let stated = self.files.get("package.json").and_then(|manifest| {
            let manifest: serde_json::Value = serde_json::from_str(manifest).ok()?;
            Some(manifest.get("main")?.as_str()?.to_owned())
        });
        let main = stated.as_deref().unwrap_or("index.js");
        self.find(main).or_else(|| match self.files.len() {
            1 => self.files.keys().next().map(String::as_str),
            _ => None,
        })
    }

    /// The file that a path means, as Node completes it.
    pub(crate) fn find(&self, path: &str) -> Option<&str> {
        let path = normal(path)?;
        let candidates = [
            path.clone(),
            format!("{path}.js"),
            format!("{path}.json"),
            format!("{path}/index.js"),
        ];
        candidates.iter().find_map(|candidate| {
            let candidate = candidate.trim_start_matches('/');
            self.files
                .get_key_value(candidate)
                .map(|(path, _)| path.as_str())
        })
    }
}

/// A path without `.` and `..`; `None` when it leads out of the package.
fn normal(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// All packages of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Packages(pub(super) Vec<Package>);

impl Packages {
    /// The package of that name; the version may be left out where there is one only.
    pub(crate) fn find(&self, name: &str) -> Option<&Package> {
        let exact = self.0.iter().find(|package| package.name == name);
        exact.or_else(|| {
            let mut found = self
                .0
                .iter()
                .filter(|package| package.is_external() && without_version(&package.name) == name);
            let only = found.next()?;
            found.next().is_none().then_some(only)
        })
    }

    /// The names of all packages.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|package| package.name.as_str())
    }
}

fn without_version(name: &str) -> &str {
    match name.rfind('@') {
        Some(at) if !name[..at].ends_with(':') => &name[..at],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, files: &[(&str, &str)]) -> Package {
        Package {
            name: name.to_owned(),
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn the_main_file_is_the_stated_one_or_the_index_or_the_only_one() {
        let stated = package(
            "a",
            &[("package.json", r#"{"main": "./lib/a"}"#), ("lib/a.js", "")],
        );
        let index = package("a", &[("b.js", ""), ("index.js", "")]);
        let only = package("a", &[("a.js", "")]);
        let none = package("a", &[("b.js", ""), ("c.js", "")]);

        assert_eq!(stated.main(), Some("lib/a.js"));
        assert_eq!(index.main(), Some("index.js"));
        assert_eq!(only.main(), Some("a.js"));
        assert_eq!(none.main(), None);
    }

    #[test]
    fn no_path_leads_out_of_a_package() {
        let package = package("a", &[("lib/a.js", ""), ("b.json", "")]);

        assert_eq!(package.find("lib/../lib/./a"), Some("lib/a.js"));
        assert_eq!(package.find("b"), Some("b.json"));
        assert_eq!(package.find("../b"), None);
    }

    #[test]
    fn a_version_may_be_left_out_where_there_is_one_only() {
        let packages = Packages(vec![
            package("npm:one@1.0.0", &[]),
            package("npm:two@1.0.0", &[]),
            package("npm:two@2.0.0", &[]),
            package("npm:@scope/three@1.0.0", &[]),
            package("@team/own", &[]),
        ]);
        let found = |name| packages.find(name).map(|package| package.name.as_str());

        assert_eq!(found("npm:one"), Some("npm:one@1.0.0"));
        assert_eq!(found("npm:two"), None);
        assert_eq!(found("npm:two@2.0.0"), Some("npm:two@2.0.0"));
        assert_eq!(found("npm:@scope/three"), Some("npm:@scope/three@1.0.0"));
        assert_eq!(found("@team/own"), Some("@team/own"));
        assert_eq!(found("own"), None);
    }
}
