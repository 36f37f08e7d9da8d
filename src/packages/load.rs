//! Reading a folder of packages.

use std::collections::BTreeMap;
use std::path::Path;

use super::lock::check_lock;
use super::package::ORIGINS;
use super::{Error, Package, Packages};
use crate::files::{FolderEntry, list_folder, read_bytes};

/// What packages consist of; other files are left alone.
const EXTENSIONS: [&str; 3] = [".js", ".cjs", ".json"];

/// Reads all packages of a folder and compares the vendored ones with the lock file.
///
/// `@team/name.js` and `@team/name/` are the package `@team/name`; `npm/name@1.0.0/` is `npm:name@1.0.0`.
///
/// # Errors
///
/// When something cannot be read, or a vendored package is not the one that was pinned.
pub(crate) fn load_packages(folder: &Path) -> Result<Packages, Error> {
    let packages = read_packages(folder)?;
    check_lock(folder, &packages)?;
    Ok(packages)
}

/// Reads all packages of a folder as they are.
pub(super) fn read_packages(folder: &Path) -> Result<Packages, Error> {
    let mut packages = Vec::new();
    for entry in list_folder(folder)? {
        let name = entry.name.as_str();
        if ORIGINS.contains(&name) && entry.is_folder {
            add_group(&entry, &format!("{name}:"), &mut packages)?;
        } else if name.starts_with('@') && entry.is_folder {
            add_group(&entry, &format!("{name}/"), &mut packages)?;
        } else if !is_left_out(name) {
            packages.extend(package(&entry, "")?);
        }
    }
    Ok(Packages(packages))
}

/// Packages whose names share a beginning; a scope is a group inside of a group.
fn add_group(group: &FolderEntry, prefix: &str, packages: &mut Vec<Package>) -> Result<(), Error> {
    for entry in list_folder(&group.path)? {
        let is_scope = entry.name.starts_with('@') && prefix.ends_with(':');
        if is_scope && entry.is_folder {
            add_group(&entry, &format!("{prefix}{}/", entry.name), packages)?;
        } else if !is_left_out(&entry.name) {
            packages.extend(package(&entry, prefix)?);
        }
    }
    Ok(())
}

/// Hidden files, and the lock file itself.
fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name == super::lock::NAME
}

/// A folder, or a file on its own; any other file is none.
fn package(entry: &FolderEntry, prefix: &str) -> Result<Option<Package>, Error> {
    let mut files = BTreeMap::new();
    if entry.is_folder {
        add_files(&entry.path, "", &mut files)?;
        let name = format!("{prefix}{}", entry.name);
        return Ok(Some(Package { name, files }));
    }
    let Some(stem) = EXTENSIONS
        .iter()
        .find_map(|extension| entry.name.strip_suffix(extension))
    else {
        return Ok(None);
    };
    files.insert(entry.name.clone(), text(&entry.path)?);
    let name = format!("{prefix}{stem}");
    Ok(Some(Package { name, files }))
}

fn add_files(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    for entry in list_folder(folder)? {
        let path = format!("{prefix}{}", entry.name);
        if entry.name.starts_with('.') {
            continue;
        }
        if entry.is_folder {
            add_files(&entry.path, &format!("{path}/"), files)?;
        } else if EXTENSIONS
            .iter()
            .any(|extension| entry.name.ends_with(extension))
        {
            files.insert(path, text(&entry.path)?);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String, Error> {
    String::from_utf8(read_bytes(path)?).map_err(|_| Error::NoText {
        path: path.to_owned(),
    })
}
