//! The folder that a collection's files are looked up in.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Error;

/// Finds the files that a collection names and refuses those that it may not have.
///
/// newman compares the texts of the paths (6.2.2; a link inside the folder leads out, and a relative
/// working directory refuses everything); here the places that the paths really lead to are compared.
#[derive(Debug, Clone)]
pub(crate) struct WorkingDir {
    /// Where files are looked up, first match first; all links are resolved.
    roots: Vec<PathBuf>,
    outside_allowed: bool,
    refuses_all: bool,
}

impl WorkingDir {
    /// A working directory; `outside_allowed` lets files anywhere be used.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(crate) fn new(root: &Path, outside_allowed: bool) -> Result<Self, Error> {
        let working_dir = Self {
            roots: Vec::new(),
            outside_allowed,
            refuses_all: false,
        };
        working_dir.or_in(root)
    }

    /// Looks up files in another folder as well when they are not in the folders before.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(crate) fn or_in(mut self, root: &Path) -> Result<Self, Error> {
        let canonical = fs::canonicalize(root).map_err(|source| Error::reading(root, source))?;
        if !canonical.is_dir() {
            let source = io::ErrorKind::NotADirectory.into();
            return Err(Error::Read {
                path: root.to_owned(),
                source,
            });
        }
        self.roots.push(canonical);
        Ok(self)
    }

    /// Takes every file for one outside, as newman does where the working directory is a relative path.
    pub(crate) fn refusing_all(mut self) -> Self {
        self.refuses_all = true;
        self
    }

    /// The place that a path of the collection leads to: relative ones start at the working directory.
    ///
    /// # Errors
    /// When it leads outside and that is not allowed, or to nothing. Whether a file outside exists is not
    /// told when it may not be used.
    pub(crate) fn resolve(&self, path: &Path) -> Result<PathBuf, Error> {
        let mut first_error = None;
        for root in &self.roots {
            match self.resolve_in(root, path) {
                Ok(place) => return Ok(place),
                Err(error) => {
                    first_error.get_or_insert(error);
                }
            }
        }
        Err(first_error.unwrap_or_else(|| Error::Missing {
            path: path.to_owned(),
        }))
    }

    fn resolve_in(&self, root: &Path, path: &Path) -> Result<PathBuf, Error> {
        let joined = root.join(path);
        match fs::canonicalize(&joined) {
            Ok(place) if self.may_use(&place) => Ok(place),
            Ok(_) => Err(outside(root, path)),
            Err(_) if !self.may_use(&without_dots(&joined)) => Err(outside(root, path)),
            Err(source) => Err(Error::reading(path, source)),
        }
    }

    /// The place and the size in bytes of a file that the collection names and that can be read.
    ///
    /// # Errors
    /// As [`WorkingDir::resolve`], and when it cannot be read.
    pub(crate) fn find(&self, path: &Path) -> Result<(PathBuf, u64), Error> {
        let place = self.resolve(path)?;
        let file = fs::File::open(&place).map_err(|source| Error::reading(path, source))?;
        let metadata = file
            .metadata()
            .map_err(|source| Error::reading(path, source))?;
        if metadata.is_dir() {
            return Err(Error::IsFolder {
                path: path.to_owned(),
            });
        }
        Ok((place, metadata.len()))
    }

    fn may_use(&self, place: &Path) -> bool {
        let is_inside = || self.roots.iter().any(|root| place.starts_with(root));
        !self.refuses_all && (self.outside_allowed || is_inside())
    }
}

fn outside(root: &Path, path: &Path) -> Error {
    Error::Outside {
        path: path.to_owned(),
        root: root.to_owned(),
    }
}

/// Takes `.` and `..` out of a path that cannot be resolved because it leads to nothing.
fn without_dots(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `outer/secret.txt` and `outer/inside/body.txt`.
    fn folders() -> tempfile::TempDir {
        let outer = tempfile::tempdir().unwrap();
        fs::create_dir(outer.path().join("inside")).unwrap();
        fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        fs::write(outer.path().join("inside/body.txt"), "body").unwrap();
        outer
    }

    fn guarded(outer: &tempfile::TempDir) -> WorkingDir {
        WorkingDir::new(&outer.path().join("inside"), false).unwrap()
    }

    #[test]
    fn relative_paths_start_at_the_working_directory() {
        let outer = folders();

        assert_eq!(guarded(&outer).find(Path::new("./body.txt")).unwrap().1, 4);
        assert_eq!(
            guarded(&outer)
                .find(Path::new("../inside/body.txt"))
                .unwrap()
                .1,
            4
        );
    }

    #[test]
    fn paths_that_lead_outside_are_refused() {
        let outer = folders();
        let working_dir = guarded(&outer);

        for path in [Path::new("../secret.txt"), &outer.path().join("secret.txt")] {
            let error = working_dir.resolve(path).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "cannot use `{}`: it is outside the working directory `{}`",
                    path.display(),
                    working_dir.roots[0].display()
                )
            );
        }
    }

    #[test]
    fn a_second_folder_is_looked_into_when_the_first_has_no_such_file() {
        let outer = folders();
        let empty = tempfile::tempdir().unwrap();
        let working_dir = WorkingDir::new(empty.path(), false).unwrap();

        let working_dir = working_dir.or_in(&outer.path().join("inside")).unwrap();

        assert_eq!(working_dir.find(Path::new("body.txt")).unwrap().1, 4);
        assert!(working_dir.find(Path::new("../secret.txt")).is_err());
    }

    #[test]
    fn outside_is_fine_when_it_is_allowed() {
        let outer = folders();
        let working_dir = WorkingDir::new(&outer.path().join("inside"), true).unwrap();

        assert_eq!(working_dir.find(Path::new("../secret.txt")).unwrap().1, 6);
    }

    #[test]
    fn a_missing_file_outside_looks_like_any_file_outside() {
        let outer = folders();

        let error = guarded(&outer)
            .resolve(Path::new("../nothing.txt"))
            .unwrap_err();

        assert!(matches!(error, Error::Outside { .. }));
    }

    #[test]
    fn a_missing_file_inside_is_missing() {
        let outer = folders();

        let error = guarded(&outer)
            .resolve(Path::new("nothing.txt"))
            .unwrap_err();

        assert_eq!(
            error.to_string(),
            "cannot read `nothing.txt`: there is no such file"
        );
    }

    #[test]
    fn a_folder_with_a_longer_name_is_outside() {
        let outer = folders();
        fs::create_dir(outer.path().join("inside-not")).unwrap();
        fs::write(outer.path().join("inside-not/body.txt"), "").unwrap();

        let error = guarded(&outer)
            .resolve(Path::new("../inside-not/body.txt"))
            .unwrap_err();

        assert!(matches!(error, Error::Outside { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_inside_that_leads_out_is_refused() {
        let outer = folders();
        std::os::unix::fs::symlink(
            outer.path().join("secret.txt"),
            outer.path().join("inside/link"),
        )
        .unwrap();

        let error = guarded(&outer).resolve(Path::new("link")).unwrap_err();

        assert!(matches!(error, Error::Outside { .. }));
    }

    #[test]
    fn a_working_directory_that_is_not_there_is_named() {
        let error = WorkingDir::new(Path::new("no/such/folder"), false).unwrap_err();

        assert_eq!(
            error.to_string(),
            "cannot read `no/such/folder`: there is no such file"
        );
    }
}
