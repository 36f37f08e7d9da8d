//! Multipart forms (RFC 7578), framed as newman frames them.

use bytes::Bytes;
use uuid::Uuid;

use crate::http::{Content, Piece};

/// A form that is being written.
pub(super) struct Multipart {
    boundary: String,
    content: Content,
}

impl Multipart {
    /// An empty form with the boundary of a declared media type, or a fresh one.
    pub(super) fn new(declared: Option<&str>) -> Self {
        let boundary = declared
            .and_then(declared_boundary)
            .unwrap_or_else(fresh_boundary);
        Self {
            boundary,
            content: Content::default(),
        }
    }

    /// What separates the parts.
    pub(super) fn boundary(&self) -> &str {
        &self.boundary
    }

    /// Adds a text; quotes in names are not escaped (as newman 6.2.2).
    pub(super) fn add_text(&mut self, name: &str, text: &str, content_type: Option<&str>) {
        let text = Piece::Bytes(text.to_owned().into());
        self.add(&format!("name=\"{name}\""), content_type, text);
    }

    /// Adds a file.
    pub(super) fn add_file(
        &mut self,
        name: &str,
        file_name: &str,
        content_type: &str,
        file: Piece,
    ) {
        let disposition = format!("name=\"{name}\"; filename=\"{file_name}\"");
        self.add(&disposition, Some(content_type), file);
    }

    /// Adds content that has no file name.
    pub(super) fn add_bytes(&mut self, name: &str, content_type: &str, content: Piece) {
        self.add(&format!("name=\"{name}\""), Some(content_type), content);
    }

    /// Adds a field of files in which none is selected, as browsers and newman 6.2.2 send it.
    pub(super) fn add_no_file(&mut self, name: &str, content_type: Option<&str>) {
        let disposition = format!("name=\"{name}\"; filename=\"\"");
        self.add(&disposition, content_type, Piece::Bytes(Bytes::new()));
    }

    fn add(&mut self, disposition: &str, content_type: Option<&str>, piece: Piece) {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; {disposition}\r\n",
            self.boundary
        );
        if let Some(content_type) = content_type {
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        head.push_str("\r\n");
        self.push_text(head);
        self.content.pieces.push(piece);
        self.push_text("\r\n".to_owned());
    }

    fn push_text(&mut self, text: String) {
        self.content.pieces.push(Piece::Bytes(text.into()));
    }

    /// The whole form.
    pub(super) fn finish(mut self) -> Content {
        self.push_text(format!("--{}--\r\n", self.boundary));
        self.content
    }
}

fn declared_boundary(media_type: &str) -> Option<String> {
    let (kind, parameters) = media_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("boundary") && !value.is_empty())
            .then(|| value.to_owned())
    })
}

/// 26 dashes and 24 digits, as Node's form-data makes them.
fn fresh_boundary() -> String {
    let digits = Uuid::new_v4().as_u128() % 10_u128.pow(24);
    format!("{}{digits:024}", "-".repeat(26))
}
