//! Loading a data file, whatever its format.

use std::io::BufRead;
use std::path::Path;

use serde::de::IgnoredAny;

use super::csv::{CsvError, CsvRows};
use super::format::Format;
use super::input::Input as Bytes;
use super::json_list::{JsonMembers, count_members, row};
use crate::files::Source;
use crate::load::error::{Error, Input, JsonError};
use crate::variables::{Dialect, RowError, Rows, VariableScope};

type Reader = Box<dyn BufRead + Send>;

/// A checked data file.
pub(crate) struct IterationData {
    /// How many rows it has.
    pub(crate) row_count: usize,
    /// The rows in order.
    pub(crate) rows: Rows,
}

/// Checks a data file and counts its rows.
///
/// # Errors
///
/// When the file cannot be read or is not valid in its format.
pub(crate) fn load_iteration_data(
    source: &Source,
    dialect: Dialect,
) -> Result<IterationData, Error> {
    let name = source.to_string();
    let bytes = Bytes::new(source).map_err(|source| Error::File {
        input: Input::IterationData,
        name: name.clone(),
        source,
    })?;
    let reader = || {
        bytes.reader().map_err(|source| Error::DataFile {
            name: name.clone(),
            source,
        })
    };
    let (format, found) = {
        let mut reader = reader()?;
        let start = reader.fill_buf().map_err(|source| Error::DataFile {
            name: name.clone(),
            source,
        })?;
        (Format::of(Path::new(&name), start), kind_of(start))
    };
    let format = match dialect {
        Dialect::Postrider => format,
        // newman takes whatever is JSON for JSON, and everything else for CSV.
        Dialect::Newman => match serde_json::from_reader::<_, IgnoredAny>(reader()?) {
            Ok(_) if count_members(reader()?).is_err() => {
                let rows = std::iter::once(Ok(VariableScope::default()));
                return Ok(IterationData {
                    row_count: 1,
                    rows: Box::new(rows),
                });
            }
            Ok(_) => Format::Json,
            Err(_) => Format::Csv,
        },
    };
    if let (Dialect::Postrider, Format::Json, Some(found)) = (dialect, format, found) {
        return Err(Error::NoRows { name, found });
    }
    let json_error = |source: serde_json::Error| Error::Json {
        input: Input::IterationData,
        name: name.clone(),
        source: JsonError::without_excerpt(&source),
    };
    match format {
        Format::Json => {
            let row_count = count_members(reader()?).map_err(json_error)?;
            let members = JsonMembers::new(reader()?).map_err(|source| Error::DataFile {
                name: name.clone(),
                source,
            })?;
            Ok(IterationData {
                row_count,
                rows: json_rows(members),
            })
        }
        Format::JsonLines => {
            let row_count = count_lines(reader()?, &name)?;
            Ok(IterationData {
                row_count,
                rows: json_lines(reader()?),
            })
        }
        Format::Csv => {
            let csv_error = |error: CsvError| Error::Csv {
                name: name.clone(),
                reason: error.to_string(),
            };
            let mut checked = CsvRows::new(reader()?, dialect).map_err(csv_error)?;
            let mut row_count = 0;
            while checked.next_row().map_err(csv_error)?.is_some() {
                row_count += 1;
            }
            let rows = csv_rows(CsvRows::new(reader()?, dialect).map_err(csv_error)?);
            Ok(IterationData { row_count, rows })
        }
    }
}

/// What a JSON text begins with, as far as that is no list.
fn kind_of(start: &[u8]) -> Option<&'static str> {
    match start.trim_ascii_start().first()? {
        b'{' => Some("an object"),
        b'"' => Some("a text"),
        _ => None,
    }
}

fn json_rows(mut members: JsonMembers<Reader>) -> Rows {
    Box::new(std::iter::from_fn(move || {
        let member = members.next_member().map_err(RowError::new).transpose()?;
        Some(member.and_then(|member| row(&member).map_err(RowError::new)))
    }))
}

fn csv_rows(mut reader: CsvRows<Reader>) -> Rows {
    Box::new(std::iter::from_fn(move || {
        reader.next_row().map_err(RowError::new).transpose()
    }))
}

/// Blank lines are no rows.
fn json_lines(reader: Reader) -> Rows {
    Box::new(reader.split(b'\n').filter_map(|line| match line {
        Ok(line) if line.trim_ascii().is_empty() => None,
        Ok(line) => Some(row(&line).map_err(RowError::new)),
        Err(error) => Some(Err(RowError::new(error))),
    }))
}

fn count_lines(reader: Reader, name: &str) -> Result<usize, Error> {
    let mut count = 0;
    for (position, line) in reader.split(b'\n').enumerate() {
        let line = line.map_err(|source| Error::DataFile {
            name: name.to_owned(),
            source,
        })?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let checked: Result<VariableScope, serde_json::Error> = row(&line);
        checked.map_err(|error| Error::Json {
            input: Input::IterationData,
            name: name.to_owned(),
            source: JsonError {
                line: position + 1,
                ..JsonError::without_excerpt(&error)
            },
        })?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests have files of their own")]
mod tests {
    use super::*;

    fn load(file_name: &str, content: &[u8]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name);
        std::fs::write(&path, content).unwrap();
        let data =
            load_iteration_data(&Source::Path(path), Dialect::Postrider).map_err(|error| {
                std::error::Error::source(&error).map_or(error.to_string(), ToString::to_string)
            })?;
        let rows: Vec<String> = data
            .rows
            .map(|row| {
                row.unwrap()
                    .get("v")
                    .map(crate::variables::Value::to_text)
                    .unwrap_or_default()
            })
            .collect();
        assert_eq!(rows.len(), data.row_count);
        Ok(rows)
    }

    #[test]
    fn each_format_is_read() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("v\n1\n".bytes().flat_map(|byte| [byte, 0]))
            .collect();
        let cases: [(&str, &[u8], &[&str]); 8] = [
            ("a.csv", b"v\n1\n02\n", &["1", "02"]),
            ("a.json", br#"[{"v": 1}, {"v": "2"}]"#, &["1", "2"]),
            ("a.jsonl", b"{\"v\": 1}\n\n{\"v\": 2}", &["1", "2"]),
            ("a.txt", br#"[{"v": 1}]"#, &["1"]),
            ("a.csv", b"[\n  {\"v\": 1}]", &["1"]),
            ("a.txt", b"v\n1", &["1"]),
            ("a.csv", b"\xef\xbb\xbfv\n1", &["1"]),
            ("a.csv", &utf16, &["1"]),
        ];

        for (name, content, expected) in cases {
            assert_eq!(load(name, content).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn broken_data_is_an_error_with_its_place() {
        let cases: [(&str, &[u8], &str); 4] = [
            (
                "a.json",
                b"[{\"v\": 1},\n]",
                "line 2, column 1: trailing comma",
            ),
            (
                "a.json",
                b"{}",
                "it holds an object, where a list of rows belongs",
            ),
            (
                "a.jsonl",
                b"{}\n{\n",
                "line 2, column 1: EOF while parsing an object",
            ),
            (
                "a.csv",
                b"v\n\"x",
                "line 2: the quote that begins here is never closed",
            ),
        ];

        for (name, content, message) in cases {
            let error = load(name, content).unwrap_err();
            assert!(error.ends_with(message), "{error}");
        }
    }
}
