//! What a folder holds.

use std::fs;
use std::path::{Path, PathBuf};

use super::Error;

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderEntry {
    /// Its path, with the folder's as the user wrote it.
    pub(crate) path: PathBuf,
    /// Its name, with signs in place of what is no Unicode.
    pub(crate) name: String,
    /// Whether it is a folder, or a symbolic link to one.
    pub(crate) is_folder: bool,
}

/// Lists a folder in the order of the names, without symbolic links that lead back to it or to a folder
/// around it: what they hold is there already.
///
/// # Errors
/// When it is missing, no folder, not allowed or not readable.
pub(crate) fn list_folder(path: &Path) -> Result<Vec<FolderEntry>, Error> {
    let listing = fs::read_dir(path).map_err(|source| Error::reading(path, source))?;
    let mut entries = Vec::new();
    for entry in listing {
        let entry = entry.map_err(|source| Error::reading(path, source))?;
        let path = entry.path();
        if leads_back(&path) {
            continue;
        }
        entries.push(FolderEntry {
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder: is_folder(&path),
            path,
        });
    }
    entries.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(entries)
}

fn leads_back(path: &Path) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return false;
    }
    let folder = path
        .parent()
        .and_then(|folder| fs::canonicalize(folder).ok());
    let target = fs::canonicalize(path).ok();
    folder
        .zip(target)
        .is_some_and(|(folder, target)| folder.starts_with(target))
}

/// Whether the path is a folder, or a symbolic link to one.
pub(crate) fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Looks for a file in the current folder and in those around it, up to the one that has the border in it;
/// without a border only the current folder counts, because the folders around may be anybody's.
///
/// The path is relative to the current folder.
pub(crate) fn find_upwards(name: &str, border: &str) -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    let depth = current
        .ancestors()
        .position(|folder| exists(&folder.join(border)))
        .unwrap_or_default();
    (0..=depth)
        .map(|level| Path::new(&"../".repeat(level)).join(name))
        .find(|path| path.is_file())
}

/// Whether there is something at the path.
pub(crate) fn exists(path: &Path) -> bool {
    fs::metadata(path).is_ok()
}

/// The name of a folder, also of one that is written as `.` or `..`.
pub(crate) fn folder_name(path: &Path) -> Option<String> {
    let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
    name(path).or_else(|| name(&fs::canonicalize(path).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_listed_in_the_order_of_the_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("c"), "").unwrap();
        fs::write(folder.path().join("a"), "").unwrap();

        let entries = list_folder(folder.path()).unwrap();
        let found: Vec<_> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.is_folder))
            .collect();
        assert_eq!(found, [("a", false), ("b", true), ("c", false)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_back_is_left_out_and_any_other_is_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        let other = folder.path().join("other");
        fs::create_dir(&inner).unwrap();
        fs::create_dir(&other).unwrap();
        symlink("..", inner.join("back")).unwrap();
        symlink(".", inner.join("self")).unwrap();
        symlink(&other, inner.join("other")).unwrap();

        let entries = list_folder(&inner).unwrap();
        let found: Vec<_> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.is_folder))
            .collect();
        assert_eq!(found, [("other", true)]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let error = list_folder(Path::new("no/such/folder")).unwrap_err();

        assert_eq!(
            error.to_string(),
            "cannot read `no/such/folder`: there is no such file"
        );
    }

    #[test]
    fn the_folder_that_is_written_as_a_dot_has_a_name() {
        assert_eq!(folder_name(Path::new("a/b/")).as_deref(), Some("b"));
        assert!(folder_name(Path::new(".")).is_some());
    }
}
