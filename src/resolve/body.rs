//! The content of a request and the media type that goes with it.

use std::path::Path;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Error, comments, encode, form_data};
use crate::collection::{Body, BodyContent, GraphQl, Parameter};
use crate::files::{self, WorkingDir};
use crate::http::{Content, Piece};
use crate::variables::Dialect;

/// The last digit of a text that was cut may hold bits that mean nothing.
const STANDARD_NO_PAD_LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Methods whose body is left out unless `disableBodyPruning` is on (as postman-runtime 7.39.1).
const BODYLESS_METHODS: [&str; 5] = ["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

/// What is sent as content.
pub(super) struct MadeContent {
    pub(super) content: Content,
    /// The media type to declare.
    pub(super) media_type: MediaType,
}

/// Where a declared media type goes among the header fields.
#[derive(Clone)]
pub(super) enum MediaType {
    /// Before the system fields, unless the user declared one.
    Implicit(&'static str),
    /// After the system fields and before the length, in place of a user's that is of another kind.
    Form {
        /// The type without its parameters.
        kind: &'static str,
        /// The whole value.
        value: String,
    },
    /// After the length, unless the user declared one.
    File(String),
    /// Nowhere: nothing is known of the content.
    None,
}

/// What a body is made from, besides what stands in it.
pub(super) struct BodyOptions<'options> {
    /// The request's method.
    pub(super) method: &'options str,
    /// The `Content-Type` that the user declared.
    pub(super) user_media_type: Option<&'options str>,
    /// Whether every method sends its body.
    pub(super) keep_always: bool,
    /// Whether a file that cannot be read is left out, as newman does.
    pub(super) dialect: Dialect,
    /// Where files are looked up.
    pub(super) files: &'options WorkingDir,
}

/// The content of a body whose variables are replaced; none when nothing is to be sent.
///
/// What is left out in newman's dialect is told in its words in `warnings`.
pub(super) fn content(
    body: Option<&Body>,
    options: &BodyOptions<'_>,
    warnings: &mut Vec<String>,
) -> Result<Option<MadeContent>, Error> {
    let Some(body) = body.filter(|body| !body.disabled) else {
        return Ok(None);
    };
    if !options.keep_always && BODYLESS_METHODS.contains(&options.method) {
        return Ok(None);
    }
    let (bytes, media_type): (Bytes, MediaType) = match &body.content {
        BodyContent::Raw(text) => {
            let text = match is_json(body, text, options.user_media_type) {
                true => comments::strip(text),
                false => text.clone(),
            };
            (text.into(), MediaType::Implicit(raw_media_type(body)))
        }
        BodyContent::UrlEncoded(fields) => {
            let kind = "application/x-www-form-urlencoded";
            (
                form_text(fields).into(),
                MediaType::Form {
                    kind,
                    value: kind.to_owned(),
                },
            )
        }
        BodyContent::GraphQl(graphql) => (
            graphql_text(graphql).into(),
            MediaType::Implicit("application/json"),
        ),
        BodyContent::FormData(parts) => return form_data::content(parts, options, warnings),
        BodyContent::Inline(base64) => (inline(base64).into(), MediaType::None),
        BodyContent::File(source) => {
            let Some(path) = source.as_deref().filter(|path| !path.is_empty()) else {
                return Ok(None);
            };
            let path = Path::new(path);
            let piece = match file(path, options) {
                Err(error) if options.dialect == Dialect::Newman => {
                    warnings.push(format!(
                        "Binary file load error: {}",
                        in_newmans_words(&error)
                    ));
                    return Ok(None);
                }
                piece => piece?,
            };
            return Ok(Some(MadeContent {
                content: Content {
                    pieces: vec![piece],
                },
                media_type: MediaType::File(media_type_of(path)),
            }));
        }
    };
    Ok((!bytes.is_empty()).then(|| MadeContent {
        content: bytes.into(),
        media_type,
    }))
}

/// The bytes of a base64 text; what is no base64 in it is skipped, as Node's `Buffer` does.
pub(super) fn inline(base64: &str) -> Vec<u8> {
    let digits: Vec<u8> = base64
        .bytes()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    let whole = digits.len() - usize::from(digits.len() % 4 == 1);
    STANDARD_NO_PAD_LENIENT
        .decode(&digits[..whole])
        .unwrap_or_default()
}

/// Why a file cannot be read, as newman 6.2.2 says it.
pub(super) fn in_newmans_words(error: &Error) -> String {
    match error {
        Error::File(files::Error::Outside { .. }) => {
            "PPERM: insecure file access outside working directory".to_owned()
        }
        Error::File(files::Error::Missing { path }) => {
            format!("\"{}\", no such file", path.display())
        }
        Error::File(files::Error::IsFolder { path }) => {
            format!("\"{}\", is not a file", path.display())
        }
        Error::File(files::Error::NotAllowed { path }) => {
            format!("\"{}\", read permission denied", path.display())
        }
        other => other.to_string(),
    }
}

/// A file that can be opened now; it is read when it is sent.
pub(super) fn file(path: &Path, options: &BodyOptions<'_>) -> Result<Piece, Error> {
    let (path, size_bytes) = options.files.find(path).map_err(Error::File)?;
    Ok(Piece::File { path, size_bytes })
}

pub(super) fn media_type_of(path: &Path) -> String {
    mime_guess::from_path(path)
        .first_or_octet_stream()
        .to_string()
}

/// Whether comments have to go: the language says JSON, or the user's own field does and the language
/// says nothing.
fn is_json(body: &Body, text: &str, user_media_type: Option<&str>) -> bool {
    match body.language() {
        Some(language) => language == "json",
        None => {
            let kind = user_media_type.unwrap_or_default().to_ascii_lowercase();
            let kind = kind.split([';', ' ']).next().unwrap_or_default();
            let is_json = kind
                .strip_prefix("application/")
                .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"));
            is_json && (text.contains("//") || text.contains("/*"))
        }
    }
}

fn raw_media_type(body: &Body) -> &'static str {
    match body.language() {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("html") => "text/html",
        Some("javascript") => "application/javascript",
        _ => "text/plain",
    }
}

fn form_text(fields: &[Parameter]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .filter(|field| !field.disabled)
        .map(|field| {
            format!(
                "{}={}",
                encode::form(field.key()),
                encode::form(field.value())
            )
        })
        .collect();
    pairs.join("&")
}

/// Variables that are a text are inserted as they stand, without a check (as newman 6.2.2).
fn graphql_text(graphql: &GraphQl) -> String {
    let mut members = Vec::new();
    let text = |value: &str| json!(value).to_string();
    if let Some(query) = &graphql.query {
        members.push(format!("\"query\":{}", text(query)));
    }
    if let Some(name) = &graphql.operation_name {
        members.push(format!("\"operationName\":{}", text(name)));
    }
    match &graphql.variables {
        Some(Value::String(variables)) if variables.is_empty() => {}
        Some(Value::String(variables)) => members.push(format!("\"variables\":{variables}")),
        Some(other) => members.push(format!("\"variables\":{other}")),
        None => {}
    }
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests have files of their own")]
mod tests {
    use super::*;

    fn sent(body: Value, method: &str) -> Option<String> {
        let body = Body::from_json(Some(&body));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.json"), "{}").unwrap();
        let files = WorkingDir::new(folder.path(), false).unwrap();
        let user_media_type = Some("multipart/form-data; boundary=B");
        let options = BodyOptions {
            method,
            user_media_type,
            keep_always: false,
            dialect: Dialect::Postrider,
            files: &files,
        };
        let content = content(body.as_ref(), &options, &mut Vec::new()).unwrap()?;
        let mut text = Vec::new();
        for piece in content.content.pieces {
            match piece {
                Piece::Bytes(bytes) => text.extend_from_slice(&bytes),
                Piece::File { path, .. } => text.extend_from_slice(&std::fs::read(path).unwrap()),
            }
        }
        Some(String::from_utf8(text).unwrap())
    }

    #[test]
    fn form_fields_are_encoded_strictly() {
        let body = json!({"mode": "urlencoded", "urlencoded": [
            {"key": "secret", "value": "a~b.c d!'()*%20"}, {"key": "off", "value": "x", "disabled": true},
            {"key": "empty"}, {"key": "n", "value": 5}
        ]});

        assert_eq!(
            sent(body, "POST").unwrap(),
            "secret=a~b.c%20d%21%27%28%29%2A%2520&empty=&n=5"
        );
    }

    #[test]
    fn some_methods_leave_the_body_out() {
        let body = json!({"mode": "raw", "raw": "x"});

        assert_eq!(sent(body.clone(), "GET"), None);
        assert_eq!(sent(body.clone(), "DELETE").as_deref(), Some("x"));
        assert_eq!(sent(json!({"mode": "raw", "raw": ""}), "POST"), None);
    }

    #[test]
    fn graphql_variables_are_inserted_as_they_stand() {
        let body =
            json!({"mode": "graphql", "graphql": {"query": "q\"", "variables": "{\"a\": 1}"}});

        assert_eq!(
            sent(body, "POST").unwrap(),
            r#"{"query":"q\"","variables":{"a": 1}}"#
        );
    }

    #[test]
    fn a_multipart_form_holds_texts_and_files() {
        let body = json!({"mode": "formdata", "formdata": [
            {"key": "text", "value": "é", "type": "text"},
            {"key": "off", "value": "x", "disabled": true},
            {"key": "typed", "value": "1", "contentType": "text/csv"},
            {"key": "file", "type": "file", "src": ["a.json", "./a.json"]}
        ]});

        assert_eq!(
            sent(body, "POST").unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\né\r\n\
             --B\r\nContent-Disposition: form-data; name=\"typed\"\r\nContent-Type: text/csv\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn content_in_base64_is_sent_decoded() {
        let body = json!({"mode": "file", "file": {"content": "aGkh\nCg"}});
        let form = json!({"mode": "formdata", "formdata": [
            {"key": "f", "type": "file", "value": "aGk=", "fileName": "a.txt"}
        ]});

        assert_eq!(sent(body, "POST").unwrap(), "hi!\n");
        assert_eq!(
            sent(form, "POST").unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\
             Content-Type: application/octet-stream\r\n\r\nhi\r\n--B--\r\n"
        );
    }
}
