//! The fields of a multipart form and the files in them.

use std::path::Path;

use super::Error;
use super::body::{
    BodyOptions, MadeContent, MediaType, file, in_newmans_words, inline, media_type_of,
};
use super::multipart::Multipart;
use crate::collection::FormDataPart;
use crate::http::Piece;
use crate::variables::Dialect;

/// The content of a form; none when all its fields are switched off.
///
/// A boundary that the user declared is kept.
pub(super) fn content(
    parts: &[FormDataPart],
    options: &BodyOptions<'_>,
    warnings: &mut Vec<String>,
) -> Result<Option<MadeContent>, Error> {
    let mut enabled = parts
        .iter()
        .filter(|part| !part.parameter.disabled)
        .peekable();
    if enabled.peek().is_none() {
        return Ok(None);
    }
    let mut form = Form {
        multipart: Multipart::new(options.user_media_type),
        options,
        warnings,
        is_past_list: false,
    };
    for part in enabled {
        form.add(part)?;
    }
    let kind = "multipart/form-data";
    let value = format!("{kind}; boundary={}", form.multipart.boundary());
    Ok(Some(MadeContent {
        content: form.multipart.finish(),
        media_type: MediaType::Form { kind, value },
    }))
}

/// A form that is being written.
struct Form<'options> {
    multipart: Multipart,
    options: &'options BodyOptions<'options>,
    warnings: &'options mut Vec<String>,
    /// newman looks for files only up to the first field with a list of them, and sends the later ones
    /// empty (6.2.2).
    is_past_list: bool,
}

impl Form<'_> {
    fn add(&mut self, part: &FormDataPart) -> Result<(), Error> {
        let name = part.parameter.key();
        let value = part.parameter.value();
        let content_type = part.content_type.as_deref();
        match &part.files {
            None => self.multipart.add_text(name, value, content_type),
            Some(_) if self.is_past_list => self.add_unread(part),
            // A field without a path may hold the content itself, in base64 (as newman 6.2.2).
            Some(paths) if paths.is_empty() && !value.is_empty() => self.add_inline(part),
            Some(paths) if self.has_no_path(part, paths) => {
                self.warn(name, "missing file source");
                self.multipart.add_no_file(name, content_type);
            }
            Some(paths) => {
                self.is_past_list = part.is_list && self.options.dialect == Dialect::Newman;
                for path in paths {
                    self.add_file(part, path)?;
                }
            }
        }
        Ok(())
    }

    fn add_file(&mut self, part: &FormDataPart, path: &str) -> Result<(), Error> {
        let name = part.parameter.key();
        if path.is_empty() {
            if self.options.dialect == Dialect::Newman {
                self.warn(name, "invalid or missing file source");
            }
            return Ok(());
        }
        let path = Path::new(path);
        let own_name = path.file_name().unwrap_or_default().to_string_lossy();
        let file_name = part.file_name.as_deref().unwrap_or(&own_name);
        let content_type = match &part.content_type {
            Some(content_type) => content_type.clone(),
            None => media_type_of(path),
        };
        match file(path, self.options) {
            Err(error) if self.options.dialect == Dialect::Newman => {
                self.warn(name, &in_newmans_words(&error));
            }
            piece => self
                .multipart
                .add_file(name, file_name, &content_type, piece?),
        }
        Ok(())
    }

    fn add_inline(&mut self, part: &FormDataPart) {
        let name = part.parameter.key();
        let content = Piece::Bytes(inline(part.parameter.value()).into());
        let content_type = part.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        match &part.file_name {
            Some(file_name) => self
                .multipart
                .add_file(name, file_name, content_type, content),
            None => self.multipart.add_bytes(name, content_type, content),
        }
    }

    /// A field of files that newman does not look at any more: its text as it stands, or nothing.
    fn add_unread(&mut self, part: &FormDataPart) {
        let name = part.parameter.key();
        let text = part.parameter.value();
        let content_type = part.content_type.as_deref();
        match &part.file_name {
            Some(file_name) => {
                let own = media_type_of(Path::new(file_name));
                let content = Piece::Bytes(text.to_owned().into());
                let content_type = content_type.unwrap_or(&own);
                self.multipart
                    .add_file(name, file_name, content_type, content);
            }
            None if text.is_empty() => self.multipart.add_no_file(name, content_type),
            None => self.multipart.add_text(name, text, content_type),
        }
    }

    /// In a list, newman looks at empty paths as well.
    fn has_no_path(&self, part: &FormDataPart, paths: &[String]) -> bool {
        let looks_at_each = part.is_list && self.options.dialect == Dialect::Newman;
        paths.is_empty() || !looks_at_each && paths.iter().all(String::is_empty)
    }

    fn warn(&mut self, name: &str, reason: &str) {
        self.warnings
            .push(format!("Form param `{name}`, file load error: {reason}"));
    }
}
