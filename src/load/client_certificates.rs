//! Loading the list of `--ssl-client-cert-list`.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::error::{Error, Input, JsonError};
use super::text::load_text;
use crate::files::Source;

/// One entry of the list: files, and the URLs that they are for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CertificateEntry {
    /// The name that the user gave it.
    pub(crate) name: Option<String>,
    /// URL patterns as they are written.
    pub(crate) matches: Vec<String>,
    /// The file of the certificate.
    pub(crate) cert: Option<PathBuf>,
    /// The file of its private key.
    pub(crate) key: Option<PathBuf>,
    /// A PKCS#12 file with both.
    pub(crate) pfx: Option<PathBuf>,
    /// What the private key is encrypted with.
    pub(crate) passphrase: Option<String>,
}

/// Reads a list of client certificates, in newman's form.
///
/// # Errors
///
/// When the file cannot be read or is no such list. No error shows a part of the file, because
/// passphrases stand in it.
pub(crate) fn load_client_certificates(source: &Source) -> Result<Vec<CertificateEntry>, Error> {
    let input = Input::ClientCertificates;
    let text = load_text(input, source)?;
    let name = source.to_string();
    let root: Value = serde_json::from_str(&text).map_err(|error| Error::Json {
        input,
        name: name.clone(),
        source: JsonError::without_excerpt(&error),
    })?;
    read(&root).map_err(|reason| Error::ClientCertificates { name, reason })
}

fn read(root: &Value) -> Result<Vec<CertificateEntry>, String> {
    let list = root.as_array().ok_or("it is not a list")?;
    list.iter()
        .enumerate()
        .map(|(position, entry)| {
            let entry = entry
                .as_object()
                .ok_or_else(|| format!("`[{position}]` is not an object"))?;
            read_entry(entry).map_err(|reason| format!("`[{position}]` {reason}"))
        })
        .collect()
}

fn read_entry(entry: &Map<String, Value>) -> Result<CertificateEntry, String> {
    let found = CertificateEntry {
        name: text(entry, "name")?,
        matches: patterns(entry)?,
        cert: file(entry, "cert")?,
        key: file(entry, "key")?,
        pfx: file(entry, "pfx")?,
        passphrase: text(entry, "passphrase")?,
    };
    match found.cert.is_some() || found.pfx.is_some() {
        true => Ok(found),
        false => Err("has neither `cert` nor `pfx`".to_owned()),
    }
}

/// Postman takes patterns as texts and as objects.
fn patterns(entry: &Map<String, Value>) -> Result<Vec<String>, String> {
    let list = match entry.get("matches") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err("has `matches` that are no list".to_owned()),
    };
    list.iter()
        .map(|pattern| {
            pattern
                .get("pattern")
                .unwrap_or(pattern)
                .as_str()
                .map(str::to_owned)
                .ok_or_else(|| "has a pattern in `matches` that is no text".to_owned())
        })
        .collect()
}

/// A file is written as `{"src": PATH}` or as the path alone.
fn file(entry: &Map<String, Value>, key: &str) -> Result<Option<PathBuf>, String> {
    let path = match entry.get(key) {
        Some(Value::Object(object)) => text(object, "src")?,
        _ => text(entry, key)?,
    };
    Ok(path.filter(|path| !path.is_empty()).map(PathBuf::from))
}

fn text(entry: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match entry.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("has a `{key}` that is no text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_are_objects_or_texts() {
        let root = json!([
            {"name": "A", "matches": ["https://a/*"], "key": {"src": "k"}, "cert": {"src": "c"}, "passphrase": "p"},
            {"matches": [{"pattern": "<all_urls>"}], "pfx": "f", "cert": null}
        ]);

        let entries = read(&root).unwrap();

        assert_eq!(entries[0].key, Some(PathBuf::from("k")));
        assert_eq!(entries[0].passphrase.as_deref(), Some("p"));
        assert_eq!(entries[1].pfx, Some(PathBuf::from("f")));
        assert_eq!(entries[1].matches, ["<all_urls>"]);
    }

    #[test]
    fn an_entry_that_is_none_is_named() {
        let cases = [
            (json!({}), "it is not a list"),
            (json!([1]), "`[0]` is not an object"),
            (json!([{"key": "k"}]), "`[0]` has neither `cert` nor `pfx`"),
            (json!([{"cert": 1}]), "`[0]` has a `cert` that is no text"),
            (
                json!([{"cert": "c", "matches": "<all_urls>"}]),
                "`[0]` has `matches` that are no list",
            ),
            (
                json!([{"cert": "c", "matches": [1]}]),
                "`[0]` has a pattern in `matches` that is no text",
            ),
        ];

        for (root, expected) in cases {
            assert_eq!(read(&root).unwrap_err(), expected);
        }
    }
}
