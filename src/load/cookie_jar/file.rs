//! Telling the two forms of a cookie jar apart.

use super::{netscape, tough};
use crate::files::Source;
use crate::http::JarCookie;
use crate::load::error::{Error, Input, JsonError};
use crate::load::text::load_text;

/// Reads a cookie jar.
///
/// # Errors
///
/// When the file cannot be read or holds no cookies in a form that is known. No error shows a part of the
/// file, because values of cookies are secret.
pub(crate) fn load_cookie_jar(source: &Source) -> Result<Vec<JarCookie>, Error> {
    let text = load_text(Input::CookieJar, source)?;
    let name = source.to_string();
    let refused = |reason: String| Error::CookieJar {
        name: name.clone(),
        reason,
    };
    if !text.trim_start().starts_with(['{', '[']) {
        return netscape::read(&text).map_err(refused);
    }
    let root = serde_json::from_str(&text).map_err(|error| Error::Json {
        input: Input::CookieJar,
        name: name.clone(),
        source: JsonError::without_excerpt(&error),
    })?;
    tough::read(&root).map_err(refused)
}
