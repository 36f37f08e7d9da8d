//! Header fields between our types and those of the HTTP library.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Error, Header};

/// Names whose usual spelling is not one capital letter a word.
const USUAL_SPELLINGS: [&str; 6] = [
    "ETag",
    "WWW-Authenticate",
    "X-XSS-Protection",
    "Content-MD5",
    "DNT",
    "TE",
];

/// The fields for a request.
///
/// # Errors
///
/// When a name is no token or a value holds what cannot be sent, in Node's words.
pub(super) fn to_map(headers: &[Header]) -> Result<HeaderMap, Error> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for field in headers {
        let name =
            HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| Error::InvalidRequest {
                code: Some("ERR_INVALID_HTTP_TOKEN"),
                reason: format!(
                    "Header name must be a valid HTTP token [\"{}\"]",
                    field.name
                ),
            })?;
        let value = latin1(&field.value).and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
        let value = value.ok_or_else(|| Error::InvalidRequest {
            code: Some("ERR_INVALID_CHAR"),
            reason: format!("Invalid character in header content [\"{}\"]", field.name),
        })?;
        map.append(name, value);
    }
    Ok(map)
}

/// The fields of a response, in order; their values are Latin-1 on demand, as Node always reads them.
///
/// The HTTP library keeps names in lower case only, so they are spelled as servers usually do.
pub(super) fn from_map(map: &HeaderMap, as_latin1: bool) -> Vec<Header> {
    let value = |bytes: &[u8]| match as_latin1 {
        true => from_latin1(bytes),
        false => text(bytes),
    };
    map.iter()
        .map(|(name, field)| Header::new(usual_spelling(name.as_str()), value(field.as_bytes())))
        .collect()
}

/// Bytes as text: UTF-8 where they are that, else Latin-1.
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => from_latin1(bytes),
    }
}

fn from_latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn usual_spelling(name: &str) -> String {
    if let Some(usual) = USUAL_SPELLINGS
        .iter()
        .find(|usual| usual.eq_ignore_ascii_case(name))
    {
        return (*usual).to_owned();
    }
    let words: Vec<String> = name.split('-').map(capitalized).collect();
    words.join("-")
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) => format!("{}{}", first.to_ascii_uppercase(), characters.as_str()),
        None => String::new(),
    }
}

/// Node sends field values as Latin-1 and refuses what does not fit.
fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_servers_do() {
        let cases = [
            ("content-type", "Content-Type"),
            ("etag", "ETag"),
            ("x-ms-request-id", "X-Ms-Request-Id"),
            ("-", "-"),
        ];

        for (name, usual) in cases {
            assert_eq!(usual_spelling(name), usual);
        }
    }

    #[test]
    fn what_cannot_be_sent_is_refused_in_nodes_words() {
        let message =
            |name: &str, value: &str| to_map(&[Header::new(name, value)]).unwrap_err().to_string();

        assert_eq!(
            message("a b", "x"),
            "Header name must be a valid HTTP token [\"a b\"]"
        );
        assert_eq!(
            message("a", "x\ny"),
            "Invalid character in header content [\"a\"]"
        );
        assert_eq!(
            message("a", "☃"),
            "Invalid character in header content [\"a\"]"
        );
    }
}
