//! A file that comes into being as a whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Error, read_bytes};

/// How many names are tried for the temporary file before giving up.
const ATTEMPTS: u32 = 100;

/// Writes bytes to a file as a whole, making its folders if needed.
///
/// # Errors
/// When that is not possible; an existing file is then as it was before.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })?;
    file.commit()
}

/// Adds lines to the end of a file; the longer file takes the place of the old one as a whole.
///
/// # Errors
/// As [`write_atomically`], or when the file is there and cannot be read.
pub(crate) fn append_atomically(path: &Path, lines: &[u8]) -> Result<(), Error> {
    // What is no file, such as a pipe, may never come to an end.
    let mut content = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => read_bytes(path)?,
        _ => Vec::new(),
    };
    if content.last().is_some_and(|last| *last != b'\n') {
        content.push(b'\n');
    }
    content.extend_from_slice(lines);
    write_atomically(path, &content)
}

/// Writes beside the target and takes its place on [`AtomicFile::commit`].
///
/// Dropped without a commit, it leaves nothing behind. A target that is no regular file, such as
/// `/dev/stdout` or a named pipe, is written directly: taking its place would destroy it. A symbolic link
/// stays, and the file that it names is replaced.
#[derive(Debug)]
pub(crate) struct AtomicFile {
    /// As the user wrote it, for messages.
    path: PathBuf,
    /// `None` after the commit.
    writer: Option<BufWriter<File>>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Beside { temporary: PathBuf, target: PathBuf },
    Direct,
}

impl AtomicFile {
    /// Starts writing; makes the folders around the target.
    ///
    /// # Errors
    /// When the folders or the temporary file cannot be made.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Write {
            path: path.to_owned(),
            source,
        };
        let (file, place) = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            Ok(metadata) if !metadata.is_file() => {
                let file = File::options().write(true).open(path).map_err(failed)?;
                (file, Place::Direct)
            }
            Ok(metadata) => {
                let target = fs::canonicalize(path).map_err(failed)?;
                let (file, temporary) = create_beside(&target).map_err(failed)?;
                // Best effort: some file systems know no permissions, and the content matters more.
                let _ = fs::set_permissions(&temporary, metadata.permissions());
                (file, Place::Beside { temporary, target })
            }
            Err(_) => {
                make_parents(path)?;
                let (file, temporary) = create_beside(path).map_err(failed)?;
                (
                    file,
                    Place::Beside {
                        temporary,
                        target: path.to_owned(),
                    },
                )
            }
        };
        Ok(Self {
            path: path.to_owned(),
            writer: Some(BufWriter::new(file)),
            place,
        })
    }

    /// Finishes the file: only now does it appear under its name.
    ///
    /// # Errors
    /// When the rest cannot be written or the name cannot be taken; nothing is left behind then.
    pub(crate) fn commit(mut self) -> Result<(), Error> {
        let failed = |source| Error::Write {
            path: self.path.clone(),
            source,
        };
        if let Some(mut writer) = self.writer.take() {
            writer.flush().map_err(failed)?;
        }
        let Place::Beside { temporary, target } = &self.place else {
            return Ok(());
        };
        match fs::rename(temporary, target) {
            Ok(()) => {
                self.place = Place::Direct;
                Ok(())
            }
            // A single file mounted into a container cannot be replaced, only overwritten.
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
                fs::copy(temporary, target).map(drop).map_err(failed)
            }
            Err(error) => Err(failed(error)),
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(writer) => writer.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Some(writer) => writer.flush(),
            None => Ok(()),
        }
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // Taken apart first, since a file that is open cannot be removed on every system; what is still
        // buffered is not wanted any more.
        if let Some(writer) = self.writer.take() {
            drop(writer.into_parts());
        }
        if let Place::Beside { temporary, .. } = &self.place {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Makes the folders around a file.
pub(super) fn make_parents(path: &Path) -> Result<(), Error> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|source| Error::MakeFolder {
        path: folder.to_owned(),
        source,
    })
}

/// Makes a hidden file in the target's folder, where a rename cannot cross file systems.
pub(super) fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);

    let name = target
        .file_name()
        .ok_or(io::ErrorKind::InvalidInput)?
        .to_string_lossy();
    // A long name plus the suffix must stay within the 255 bytes that most file systems allow.
    let short: String = name.chars().take(40).collect();
    let mut last = io::ErrorKind::AlreadyExists.into();
    for _ in 0..ATTEMPTS {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let temporary = target.with_file_name(format!(".{short}.{}-{number}.part", process::id()));
        match File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_with_its_folders_on_commit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/report.json");

        write_atomically(&path, b"whole").unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(names(path.parent().unwrap()), ["report.json"]);
    }

    #[test]
    fn a_file_that_is_not_committed_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "before").unwrap();

        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        file.flush().unwrap();
        drop(file);

        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn an_existing_file_is_replaced_on_commit_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "before").unwrap();

        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"after").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"before");
        file.commit().unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"after");
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn a_folder_cannot_be_replaced() {
        let folder = tempfile::tempdir().unwrap();

        let error = AtomicFile::create(folder.path()).unwrap_err();

        assert_eq!(
            error.to_string(),
            format!("cannot write `{}`", folder.path().display())
        );
    }

    #[test]
    fn a_file_in_the_way_of_a_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let blocker = folder.path().join("reports");
        fs::write(&blocker, "").unwrap();

        let error = AtomicFile::create(&blocker.join("report.json")).unwrap_err();

        assert_eq!(
            error.to_string(),
            format!("cannot make the folder `{}`", blocker.display())
        );
    }

    #[test]
    fn a_very_long_name_is_no_problem() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(255));

        write_atomically(&path, b"x").unwrap();

        assert_eq!(names(folder.path()), ["n".repeat(255)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_directly() {
        use std::os::unix::fs::FileTypeExt as _;

        write_atomically(Path::new("/dev/null"), b"gone").unwrap();

        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target.json");
        let link = folder.path().join("link.json");
        fs::write(&target, "before").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();

        write_atomically(&link, b"after").unwrap();

        assert_eq!(fs::read(&target).unwrap(), b"after");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn the_permissions_of_an_existing_file_stay() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.json");
        fs::write(&path, "before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();

        write_atomically(&path, b"after").unwrap();

        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn lines_are_added_to_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/lines");

        append_atomically(&path, b"a\n").unwrap();
        append_atomically(&path, b"b").unwrap();
        append_atomically(&path, b"c\n").unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"a\nb\nc\n");
    }
}
