//! Which of the three formats a data file has.

use std::path::Path;

/// A format of data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A header line and rows of cells.
    Csv,
    /// One list of objects.
    Json,
    /// One object on each line.
    JsonLines,
}

impl Format {
    /// Decides by the ending of the name; where that says nothing, by the first character. A list of
    /// objects is JSON even in a file that is called `.csv`, as in newman 6.2.2.
    ///
    /// newman tries JSON first and takes everything that is not valid JSON for CSV, so that a comma too
    /// many turns a JSON file into rows of nonsense.
    pub(super) fn of(name: &Path, start: &[u8]) -> Self {
        let extension = name.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("csv") if !is_list_of_objects(start) => Self::Csv,
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            _ => match start.trim_ascii_start().first() {
                Some(b'[' | b'{') => Self::Json,
                _ => Self::Csv,
            },
        }
    }
}

fn is_list_of_objects(start: &[u8]) -> bool {
    let inner = start.trim_ascii_start().strip_prefix(b"[");
    inner.is_some_and(|inner| inner.trim_ascii_start().starts_with(b"{"))
}
