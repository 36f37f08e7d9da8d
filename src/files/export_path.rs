//! Where an export goes.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// The folder of reports that nobody named a path for.
const DEFAULT_FOLDER: &str = "postrider";

const STAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]-[hour]-[minute]-[second]-[subsecond digits:3]");

/// The file that an export of this kind (`run-report`, `environment`, ...) is written to.
///
/// A path that names a file is taken as it is. One that names a folder, because it exists or ends with a
/// separator, gets a file name inside it; without a path the file goes to the folder `postrider`. The name
/// is `postrider-<kind>-<UTC time>-<number>.<extension>`, the number being the first that is free. This is
/// newman's rule (6.2.2, `lib/run/export-file.js`), except that newman's folder and names say `newman`
/// and its number is always 0.
pub(crate) fn export_path(
    given: Option<&Path>,
    kind: &str,
    extension: &str,
    at: SystemTime,
) -> PathBuf {
    let folder = match given {
        None => Path::new(DEFAULT_FOLDER),
        Some(path) if names_a_folder(path) => path,
        Some(path) => return path.to_owned(),
    };
    let stamp = stamp(at);
    (0..)
        .map(|number| folder.join(format!("postrider-{kind}-{stamp}-{number}.{extension}")))
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.to_owned())
}

fn names_a_folder(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.ends_with('/')
        || text.ends_with(MAIN_SEPARATOR)
        || fs::metadata(path).is_ok_and(|it| it.is_dir())
}

fn stamp(at: SystemTime) -> String {
    OffsetDateTime::from(at)
        .format(STAMP)
        .expect("the format asks only for what a date has")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn moment() -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(1_795_568_684_304)
    }

    #[test]
    fn a_file_that_was_named_is_used_as_it_is() {
        assert_eq!(
            export_path(
                Some(Path::new("out/report.json")),
                "run-report",
                "json",
                moment()
            ),
            Path::new("out/report.json")
        );
    }

    #[test]
    fn without_a_path_the_name_says_what_and_when() {
        assert_eq!(
            export_path(None, "run-report", "xml", moment()),
            Path::new("postrider/postrider-run-report-2026-11-25-01-04-44-304-0.xml")
        );
    }

    #[test]
    fn an_existing_folder_gets_a_file_inside() {
        let folder = tempfile::tempdir().unwrap();

        let path = export_path(Some(folder.path()), "environment", "json", moment());

        assert_eq!(
            path,
            folder
                .path()
                .join("postrider-environment-2026-11-25-01-04-44-304-0.json")
        );
    }

    #[test]
    fn a_name_that_is_taken_is_counted_up() {
        let folder = tempfile::tempdir().unwrap();
        let first = export_path(Some(folder.path()), "globals", "json", moment());
        fs::write(first, "").unwrap();

        let second = export_path(Some(folder.path()), "globals", "json", moment());

        assert_eq!(
            second,
            folder
                .path()
                .join("postrider-globals-2026-11-25-01-04-44-304-1.json")
        );
    }

    #[test]
    fn a_trailing_slash_names_a_folder() {
        assert_eq!(
            export_path(
                Some(Path::new("not-there/")),
                "run-report",
                "json",
                moment()
            ),
            Path::new("not-there/postrider-run-report-2026-11-25-01-04-44-304-0.json")
        );
    }
}
