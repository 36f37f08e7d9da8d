//! Reading CSV as newman's reader does: cell by cell, knowing which cells stood in quotes.
//!
//! The csv crate does not tell that, and the type of a cell depends on it.

use std::io::{self, BufRead};

use super::cell;
use crate::variables::{Dialect, Value, Variable, VariableScope};

/// Why a text is not CSV.
#[derive(Debug, thiserror::Error)]
pub(super) enum CsvError {
    #[error("line {line}: the quote that begins here is never closed")]
    OpenQuote { line: usize },
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
}

struct Cell {
    text: String,
    quoted: bool,
}

/// The rows of a CSV text, each as a scope.
pub(super) struct CsvRows<R> {
    reader: R,
    line_end: u8,
    line: usize,
    names: Vec<String>,
    dialect: Dialect,
}

impl<R: BufRead> CsvRows<R> {
    /// Reads the header line.
    pub(super) fn new(mut reader: R, dialect: Dialect) -> Result<Self, CsvError> {
        let line_end = line_end(reader.fill_buf()?);
        let mut rows = Self {
            reader,
            line_end,
            line: 0,
            names: Vec::new(),
            dialect,
        };
        let names = rows.next_cells()?.unwrap_or_default();
        rows.names = names.into_iter().map(|cell| cell.text).collect();
        Ok(rows)
    }

    /// The next row. Missing cells are absent, surplus ones are dropped, the last of two columns of the
    /// same name wins, and an empty line is a row whose first column is empty (as newman 6.2.2).
    pub(super) fn next_row(&mut self) -> Result<Option<VariableScope>, CsvError> {
        let Some(cells) = self.next_cells()? else {
            return Ok(None);
        };
        let mut scope = VariableScope::default();
        for (name, cell) in self.names.iter().zip(cells) {
            let value = match cell.quoted {
                true => Value::String(cell.text),
                false => cell::value(&cell.text, self.dialect),
            };
            scope.push(Variable::new(name.clone(), value));
        }
        Ok(Some(scope))
    }

    /// The cells up to a line end that is not in quotes; nothing at the end of the file.
    fn next_cells(&mut self) -> Result<Option<Vec<Cell>>, CsvError> {
        let mut text = Vec::new();
        let first_line = self.line + 1;
        loop {
            let start = text.len();
            if self.reader.read_until(self.line_end, &mut text)? == 0 {
                if start == 0 {
                    return Ok(None);
                }
                return Err(CsvError::OpenQuote { line: first_line });
            }
            self.line += 1;
            if let Some(cells) = cells(&text) {
                return Ok(Some(cells));
            }
        }
    }
}

/// The byte that ends a line: a carriage return where the first line ends with one alone, as some
/// programs still write it (as newman 6.2.2).
fn line_end(start: &[u8]) -> u8 {
    let mut in_quotes = false;
    let end = start.iter().position(|byte| {
        in_quotes ^= *byte == b'"';
        !in_quotes && matches!(byte, b'\r' | b'\n')
    });
    let end = end.map(|end| (start[end], start.get(end + 1)));
    match end {
        Some((b'\r', Some(next))) if *next != b'\n' => b'\r',
        _ => b'\n',
    }
}

/// Takes a record apart; nothing when a quote is still open at its end.
fn cells(record: &[u8]) -> Option<Vec<Cell>> {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    let record = record.strip_suffix(b"\r").unwrap_or(record);
    let mut cells = Vec::new();
    let mut rest = record;
    loop {
        let trimmed = rest.trim_ascii_start();
        let (cell, after) = match trimmed.strip_prefix(b"\"") {
            Some(inner) => quoted_cell(inner)?,
            None => plain_cell(rest),
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return Some(cells),
        }
    }
}

/// A cell that begins with a quote: two quotes stand for one; text after the closing quote is taken along.
fn quoted_cell(inner: &[u8]) -> Option<(Cell, Option<&[u8]>)> {
    let mut bytes = Vec::new();
    let mut position = 0;
    loop {
        match (inner.get(position)?, inner.get(position + 1)) {
            (b'"', Some(b'"')) => {
                bytes.push(b'"');
                position += 2;
            }
            (b'"', _) => break,
            (byte, _) => {
                bytes.push(*byte);
                position += 1;
            }
        }
    }
    let (tail, after) = up_to_comma(&inner[position + 1..]);
    bytes.extend_from_slice(tail.trim_ascii());
    Some((
        Cell {
            text: text_of(bytes),
            quoted: true,
        },
        after,
    ))
}

fn plain_cell(rest: &[u8]) -> (Cell, Option<&[u8]>) {
    let (bytes, after) = up_to_comma(rest);
    let text = text_of(bytes.trim_ascii().to_vec());
    (
        Cell {
            text,
            quoted: false,
        },
        after,
    )
}

/// UTF-8, else Latin-1; the mark at the beginning of the file is gone already.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        error
            .as_bytes()
            .iter()
            .map(|&byte| char::from(byte))
            .collect()
    })
}

fn up_to_comma(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    match bytes.iter().position(|&byte| byte == b',') {
        Some(comma) => (&bytes[..comma], Some(&bytes[comma + 1..])),
        None => (bytes, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    fn rows(text: &str) -> Vec<Json> {
        let mut reader = CsvRows::new(text.as_bytes(), Dialect::Postrider).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = reader.next_row().unwrap() {
            let members = row
                .entries()
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json().unwrap()));
            rows.push(Json::Object(members.collect()));
        }
        rows
    }

    #[test]
    fn cells_are_read_as_newman_reads_them() {
        let cases = [
            ("a,b\n1,x\n", json!([{"a": 1, "b": "x"}])),
            ("a,b\r\n1,\"1\"\r\n", json!([{"a": 1, "b": "1"}])),
            ("a,b\r1,\"x\ry\"\r", json!([{"a": 1, "b": "x\ry"}])),
            ("\"a\rb\"\n1\n", json!([{"a\rb": 1}])),
            ("a,b\n 1 , \" x \" \n", json!([{"a": 1, "b": " x "}])),
            (
                "a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n",
                json!([{"a": "x\ny", "b": "say \"hi\""}]),
            ),
            (
                "a\nin \"quotes\" here\n",
                json!([{"a": "in \"quotes\" here"}]),
            ),
            ("a,b\n1\n1,2,3\n", json!([{"a": 1}, {"a": 1, "b": 2}])),
            (
                "a,b\n1,2\n\n3,4",
                json!([{"a": 1, "b": 2}, {"a": ""}, {"a": 3, "b": 4}]),
            ),
            ("a,,a\n1,2,3\n", json!([{"a": 3, "": 2}])),
            ("a,b\n", json!([])),
            ("", json!([])),
        ];

        for (text, expected) in cases {
            assert_eq!(Json::from(rows(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn an_open_quote_is_told_with_its_line() {
        let mut reader = CsvRows::new("a\nx\n\"y\nz\n".as_bytes(), Dialect::Postrider).unwrap();
        reader.next_row().unwrap();

        let error = reader.next_row().unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3: the quote that begins here is never closed"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(mut reader) = CsvRows::new(bytes.as_slice(), Dialect::Postrider) {
                while let Ok(Some(_)) = reader.next_row() {}
            }
        }

        #[test]
        fn quoted_cells_come_back_as_they_were(cells in proptest::collection::vec(".*", 1..5)) {
            let quoted: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let names: Vec<String> = (0..cells.len()).map(|column| format!("c{column}")).collect();
            let text = format!("{}\n{}\n", names.join(","), quoted.join(","));

            let mut reader = CsvRows::new(text.as_bytes(), Dialect::Postrider).unwrap();
            let row = reader.next_row().unwrap().unwrap();

            let read: Vec<String> = row.entries().iter().map(|entry| entry.value.to_text()).collect();
            prop_assert_eq!(read, cells);
        }
    }
}
