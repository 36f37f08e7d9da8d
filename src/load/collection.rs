//! Loading a collection.

use std::path::{Path, PathBuf};

use super::error::{Error, Input};
use super::json::{error_at, parse_json};
use super::newman;
use super::notice::Notice;
use super::text::load_text;
use super::v3;
use crate::collection::{self, Collection};
use crate::files::Source;
use crate::variables::Dialect;

/// Reads a collection: JSON of format v1, v2.0 or v2.1, or a folder in Postman's YAML format, which its
/// definition file may stand for.
///
/// # Errors
///
/// When something cannot be read, is neither JSON nor YAML, or is no collection.
pub(crate) fn load_collection(
    source: &Source,
    dialect: Dialect,
) -> Result<(Collection, Vec<Notice>), Error> {
    if let Some(folder) = v3::root_of(source)? {
        return v3::load_folder(&folder);
    }
    let text = load_text(Input::Collection, source)?;
    let mut root = parse_json(Input::Collection, source, &text)?;
    if dialect == Dialect::Newman {
        root = newman::as_read(root);
    }
    let collection =
        collection::parse(&root).map_err(|error| refused(&text, source.to_string(), error))?;
    Ok((collection, Vec::new()))
}

/// The reader of collections knows paths, which the text gives lines.
fn refused(text: &str, name: String, error: collection::Error) -> Error {
    let found = error
        .place()
        .and_then(|path| error_at(text, path, error.to_string()));
    match found {
        Some(source) => Error::CollectionMember {
            name,
            source,
            hint: error.hint(),
        },
        None => Error::Collection {
            name,
            source: error,
        },
    }
}

/// The folder that a collection is or stands in; nothing where that is the folder of the process.
pub(crate) fn collection_folder(source: &Source) -> Option<PathBuf> {
    if let Ok(Some(folder)) = v3::root_of(source) {
        return Some(folder);
    }
    let Source::Path(path) = source else {
        return None;
    };
    path.parent()
        .filter(|folder| *folder != Path::new(""))
        .map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_atomically;

    const TEXT: &str = r#"{"info": {"name": "Gr\u00fc\u00df Gott ü"}, "item": []}"#;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    }

    #[test]
    fn marks_and_utf_16_are_understood() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.json");
        let forms = [
            TEXT.as_bytes().to_vec(),
            ["\u{feff}".as_bytes(), TEXT.as_bytes()].concat(),
            utf16(TEXT, u16::to_le_bytes),
            utf16(TEXT, u16::to_be_bytes),
        ];

        for bytes in forms {
            write_atomically(&path, &bytes).unwrap();
            let (collection, _) =
                load_collection(&Source::Path(path.clone()), Dialect::Postrider).unwrap();
            assert_eq!(collection.name, "Grüß Gott ü");
        }
    }

    #[test]
    fn a_file_that_is_no_collection_is_an_error_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.json");
        let cases = [
            ("", "the file is empty"),
            (" \n", "the file is empty"),
            ("{\"item\": [],}", "it is not valid JSON"),
        ];

        for (text, message) in cases {
            write_atomically(&path, text.as_bytes()).unwrap();
            let error =
                load_collection(&Source::Path(path.clone()), Dialect::Postrider).unwrap_err();
            let expected = format!("cannot load the collection `{}`: {message}", path.display());
            assert_eq!(error.to_string(), expected);
        }
    }
}
