//! The lock file, which pins the content of vendored packages.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::load::read_packages;
use super::{Error, Package, Packages};
use crate::files::{read_bytes, write_atomically};

/// The name of the lock file in the folder of packages.
pub(super) const NAME: &str = "packages.lock.json";

/// Hashes by the name of the package.
type Lock = BTreeMap<String, String>;

/// Pins the vendored packages as they are; gives their names and hashes.
///
/// # Errors
///
/// When something cannot be read, or the lock file cannot be written.
pub(crate) fn lock_packages(folder: &Path) -> Result<Lock, Error> {
    let packages = read_packages(folder)?;
    let lock: Lock = packages
        .0
        .iter()
        .filter(|package| package.is_external())
        .map(|package| (package.name.clone(), integrity(package)))
        .collect();
    let text = serde_json::to_string_pretty(&lock).unwrap_or_default() + "\n";
    write_atomically(&folder.join(NAME), text.as_bytes())?;
    Ok(lock)
}

/// Compares every vendored package with what was pinned.
pub(super) fn check_lock(folder: &Path, packages: &Packages) -> Result<(), Error> {
    let path = folder.join(NAME);
    let mut lock = None;
    for package in packages.0.iter().filter(|package| package.is_external()) {
        let lock = match &lock {
            Some(lock) => lock,
            None => lock.insert(read(&path, package)?),
        };
        let Some(pinned) = lock.get(&package.name) else {
            return Err(unpinned(&path, package));
        };
        let found = integrity(package);
        if *pinned != found {
            return Err(Error::Changed {
                package: package.name.clone(),
                path,
                pinned: pinned.clone(),
                found,
            });
        }
    }
    Ok(())
}

fn read(path: &Path, package: &Package) -> Result<Lock, Error> {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return Err(unpinned(path, package)),
        Err(error) => return Err(error.into()),
    };
    serde_json::from_slice(&bytes).map_err(|error| Error::Lock {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

fn unpinned(path: &Path, package: &Package) -> Error {
    Error::Unpinned {
        package: package.name.clone(),
        path: path.to_owned(),
    }
}

/// Names and contents go in with their lengths, so that nothing can move from one to the other.
fn integrity(package: &Package) -> String {
    let mut hash = Sha256::new();
    for (path, text) in &package.files {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    format!("sha256-{}", STANDARD.encode(hash.finalize()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use super::super::load_packages;
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn error(folder: &tempfile::TempDir) -> String {
        let error = load_packages(folder.path()).unwrap_err().to_string();
        error.replace(&folder.path().display().to_string(), "DIR")
    }

    #[test]
    fn own_packages_need_no_lock() {
        let folder = folder(&[
            ("@team/one.js", "1"),
            ("@team/two/index.js", "2"),
            ("three.js", "3"),
            ("README.md", "no package"),
        ]);

        let packages = load_packages(folder.path()).unwrap();
        let names: Vec<_> = packages.names().collect();
        assert_eq!(names, ["@team/one", "@team/two", "three"]);
    }

    #[test]
    fn a_vendored_package_is_used_as_it_was_pinned_only() {
        let folder = folder(&[
            ("npm/one@1.0.0/index.js", "1"),
            ("npm/@scope/two@2.0.0.js", "2"),
        ]);
        assert_eq!(
            error(&folder),
            "`npm:@scope/two@2.0.0` is not pinned in `DIR/packages.lock.json`"
        );

        let lock = lock_packages(folder.path()).unwrap();
        assert_eq!(
            lock.keys().collect::<Vec<_>>(),
            ["npm:@scope/two@2.0.0", "npm:one@1.0.0"]
        );
        assert!(load_packages(folder.path()).is_ok());

        std::fs::write(folder.path().join("npm/one@1.0.0/index.js"), "other").unwrap();
        assert!(error(&folder).starts_with("`npm:one@1.0.0` has changed since it was pinned"));
    }

    #[test]
    fn a_lock_file_of_another_form_is_an_error() {
        let folder = folder(&[
            ("npm/one@1.0.0/index.js", "1"),
            ("packages.lock.json", "[]"),
        ]);

        assert!(error(&folder).starts_with("`DIR/packages.lock.json` is not a lock file"));
    }
}
