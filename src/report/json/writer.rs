//! JSON that is written piece by piece.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;

/// Writes objects and arrays as their members become known, indented by two spaces.
pub(super) struct JsonWriter<W> {
    output: W,
    /// For each open object or array, whether it has a member already.
    open: Vec<bool>,
}

impl<W: Write> JsonWriter<W> {
    pub(super) fn new(output: W) -> Self {
        Self::nested(output, 0)
    }

    /// A writer for members that will stand inside so many objects and arrays.
    pub(super) fn nested(output: W, depth: usize) -> Self {
        Self {
            output,
            open: vec![false; depth],
        }
    }

    pub(super) fn output(&mut self) -> &mut W {
        &mut self.output
    }

    pub(super) fn into_output(self) -> W {
        self.output
    }

    /// Opens an object: as a value, or as the member of an object if a key is given.
    pub(super) fn begin_object(&mut self, key: Option<&str>) -> io::Result<()> {
        self.begin(key, b"{")
    }

    pub(super) fn end_object(&mut self) -> io::Result<()> {
        self.end(b"}")
    }

    /// Opens an array, as [`JsonWriter::begin_object`].
    pub(super) fn begin_array(&mut self, key: Option<&str>) -> io::Result<()> {
        self.begin(key, b"[")
    }

    pub(super) fn end_array(&mut self) -> io::Result<()> {
        self.end(b"]")
    }

    /// Writes a member of an object.
    pub(super) fn member(&mut self, key: &str, value: &Value) -> io::Result<()> {
        self.separate(Some(key))?;
        self.write_value(value)
    }

    /// Writes an element of an array.
    pub(super) fn element(&mut self, value: &Value) -> io::Result<()> {
        self.separate(None)?;
        self.write_value(value)
    }

    /// Writes an array of byte values on one line: on lines of their own they would take twenty times
    /// the space.
    pub(super) fn bytes(&mut self, key: &str, bytes: &[u8]) -> io::Result<()> {
        const AT_ONCE: usize = 4096;

        self.separate(Some(key))?;
        self.output.write_all(b"[")?;
        let mut text = String::with_capacity(AT_ONCE * 4);
        for (position, chunk) in bytes.chunks(AT_ONCE).enumerate() {
            text.clear();
            for (index, byte) in chunk.iter().enumerate() {
                if position > 0 || index > 0 {
                    text.push(',');
                }
                // Writing to a text cannot fail.
                let _ = write!(text, "{byte}");
            }
            self.output.write_all(text.as_bytes())?;
        }
        self.output.write_all(b"]")
    }

    /// Whether the innermost object or array has a member.
    pub(super) fn has_elements(&self) -> bool {
        self.open.last().copied().unwrap_or(false)
    }

    /// Puts elements that a [nested](JsonWriter::nested) writer wrote into the array just opened.
    pub(super) fn append_elements(
        &mut self,
        any: bool,
        write: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(has_members) = self.open.last_mut() {
            *has_members |= any;
        }
        write(&mut self.output)
    }

    fn begin(&mut self, key: Option<&str>, bracket: &[u8]) -> io::Result<()> {
        self.separate(key)?;
        self.open.push(false);
        self.output.write_all(bracket)
    }

    fn end(&mut self, bracket: &[u8]) -> io::Result<()> {
        if self.open.pop().unwrap_or(false) {
            self.line_break()?;
        }
        self.output.write_all(bracket)
    }

    /// Comma, line break and indentation, and the key.
    fn separate(&mut self, key: Option<&str>) -> io::Result<()> {
        if let Some(has_members) = self.open.last_mut() {
            let comma = std::mem::replace(has_members, true);
            if comma {
                self.output.write_all(b",")?;
            }
            self.line_break()?;
        }
        if let Some(key) = key {
            serde_json::to_writer(&mut self.output, key)?;
            self.output.write_all(b": ")?;
        }
        Ok(())
    }

    fn line_break(&mut self) -> io::Result<()> {
        write!(self.output, "\n{:1$}", "", self.open.len() * 2)
    }

    fn write_value(&mut self, value: &Value) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        // A line feed inside a text is escaped, so these are the ones between members only.
        let indented = text.replace('\n', &format!("\n{:1$}", "", self.open.len() * 2));
        self.output.write_all(indented.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_written_one_by_one_look_like_a_value_written_at_once() {
        let mut writer = JsonWriter::new(Vec::new());
        writer.begin_object(None).unwrap();
        writer
            .member("a", &json!({"text": "line\nbreak", "list": [1, {}]}))
            .unwrap();
        writer.begin_array(Some("empty")).unwrap();
        writer.end_array().unwrap();
        writer.begin_array(Some("two")).unwrap();
        writer.element(&json!(null)).unwrap();
        writer.element(&json!({"b": true})).unwrap();
        writer.end_array().unwrap();
        writer.end_object().unwrap();
        let text = String::from_utf8(writer.into_output()).unwrap();

        let whole = json!({
            "a": {"text": "line\nbreak", "list": [1, {}]}, "empty": [], "two": [null, {"b": true}],
        });
        assert_eq!(text, serde_json::to_string_pretty(&whole).unwrap());
    }

    #[test]
    fn bytes_are_an_array_of_numbers_on_one_line() {
        let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        let mut writer = JsonWriter::new(Vec::new());
        writer.begin_object(None).unwrap();
        writer.bytes("data", &bytes).unwrap();
        writer.bytes("none", b"").unwrap();
        writer.end_object().unwrap();
        let text = String::from_utf8(writer.into_output()).unwrap();

        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value, json!({"data": bytes, "none": []}));
        assert_eq!(text.lines().count(), 4);
    }
}
