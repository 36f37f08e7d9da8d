//! As much of a content as the page shows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::http::{Content, Header, HttpResponse, Piece};
use crate::report::excerpt::excerpt;

/// So many bytes of a content are shown.
pub(super) const SHOWN_BYTES: usize = 64 * 1024;

/// Images up to this size are shown as such.
const IMAGE_BYTES: usize = 100 * 1024;

/// Image types that browsers show and that cannot hold a script.
const IMAGE_TYPES: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
];

/// A content as data: its size and type, and its text, its picture or neither.
///
/// `shown` says how many bytes of a longer text are there, and `inexact` that the text's bytes are not those
/// of the content.
pub(super) fn body(content: &[u8], headers: &[Header]) -> Value {
    let content_type = headers
        .iter()
        .rfind(|header| header.is("content-type"))
        .map_or("", |header| header.value.as_str());
    let mut body = json!({"bytes": content.len(), "type": content_type});
    if content.is_empty() {
        return body;
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if let Some(known) = IMAGE_TYPES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(essence))
        && content.len() <= IMAGE_BYTES
    {
        body["image"] = json!(format!("data:{known};base64,{}", STANDARD.encode(content)));
        return body;
    }
    if let Some((text, is_cut)) = excerpt(content, SHOWN_BYTES) {
        if !content.starts_with(text.as_bytes()) {
            body["inexact"] = json!(true);
        }
        body["text"] = json!(text);
        if is_cut {
            body["shown"] = json!(SHOWN_BYTES);
        }
    }
    body
}

/// The content of a request, with the names of files in place of theirs.
pub(super) fn request_body(content: &Content, headers: &[Header]) -> Value {
    let mut shown = body(&content.preview(), headers);
    let is_file = |piece: &Piece| matches!(piece, Piece::File { .. });
    if content.pieces.iter().any(is_file) {
        shown["bytes"] = json!(content.size_bytes());
        shown["inexact"] = json!(true);
    }
    shown
}

/// The content of a response; `omission` is a word that says why it is to be left out.
///
/// `saved` is the file that holds all of it.
pub(super) fn response_body(response: &HttpResponse, omission: Option<&str>) -> Value {
    let mut shown = match (omission, response.body.whole()) {
        (Some(why), _) => omitted(response.body.size_bytes(), why),
        (None, Ok(content)) => body(content, &response.headers),
        (None, Err(_)) => omitted(response.body.size_bytes(), "large"),
    };
    if let Some(path) = response.body.saved() {
        shown["saved"] = json!(path.display().to_string());
    }
    shown
}

/// A content that is left out; `why` is a word for the page.
pub(super) fn omitted(size_bytes: u64, why: &str) -> Value {
    json!({"bytes": size_bytes, "omitted": why})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(content_type: &str) -> Vec<Header> {
        vec![Header::new("Content-Type", content_type)]
    }

    #[test]
    fn a_text_is_shown_with_its_type_and_size() {
        assert_eq!(
            body("é".as_bytes(), &typed("text/plain")),
            json!({"bytes": 2, "type": "text/plain", "text": "é"})
        );
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let body = body(&vec![b'x'; SHOWN_BYTES + 1], &[]);

        assert_eq!(body["bytes"], json!(SHOWN_BYTES + 1));
        assert_eq!(body["shown"], json!(SHOWN_BYTES));
        assert_eq!(body["text"].as_str().map(str::len), Some(SHOWN_BYTES));
    }

    #[test]
    fn bytes_that_are_no_text_are_only_counted() {
        assert_eq!(body(b"\0\x01", &[]), json!({"bytes": 2, "type": ""}));
    }

    #[test]
    fn a_text_that_had_to_be_decoded_says_so() {
        assert_eq!(
            body(b"\xe9", &[]),
            json!({"bytes": 1, "type": "", "text": "é", "inexact": true})
        );
    }

    #[test]
    fn a_file_in_a_request_counts_with_its_size_and_is_shown_by_its_name() {
        let content = Content {
            pieces: vec![
                Piece::Bytes("a=".into()),
                Piece::File {
                    path: "photo.png".into(),
                    size_bytes: 5000,
                },
            ],
        };

        assert_eq!(
            request_body(&content, &[]),
            json!({"bytes": 5002, "type": "", "text": "a=<file photo.png>", "inexact": true})
        );
    }

    #[test]
    fn a_small_picture_is_shown_under_a_type_of_the_list_only() {
        let picture = |content_type: &str, size: usize| {
            body(&vec![0; size], &typed(content_type))["image"].clone()
        };

        assert_eq!(
            picture("Image/PNG; a=\"b", 1),
            json!("data:image/png;base64,AA==")
        );
        assert_eq!(picture("image/svg+xml", 1), Value::Null);
        assert_eq!(picture("image/png", IMAGE_BYTES + 1), Value::Null);
    }
}
