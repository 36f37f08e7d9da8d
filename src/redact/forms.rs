//! The written forms that one secret value takes in requests and reports.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986's unreserved characters stay; form encoding in Postman uses the same set.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What `encodeURIComponent` leaves alone.
const COMPONENT: &AsciiSet = &UNRESERVED
    .remove(b'!')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// What a browser's form leaves alone (URL standard, 5.2).
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// What Postman encodes in the path of a URL, and what in its query: the separators of a URL stay, so a
/// value with a space and a slash looks different there than in a form.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'?')
    .add(b'{')
    .add(b'}');
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>');

/// Every text by which the value could be recognised: as it is, URL-encoded, in JSON and XML escapes,
/// and in base64.
pub(super) fn of(value: &str) -> Vec<String> {
    let mut forms = vec![
        value.to_owned(),
        utf8_percent_encode(value, UNRESERVED).to_string(),
        utf8_percent_encode(value, UNRESERVED)
            .to_string()
            .to_lowercase(),
        utf8_percent_encode(value, COMPONENT).to_string(),
        utf8_percent_encode(value, PATH).to_string(),
        utf8_percent_encode(value, QUERY).to_string(),
        utf8_percent_encode(value, UNRESERVED)
            .to_string()
            .replace("%20", "+"),
        utf8_percent_encode(value, FORM)
            .to_string()
            .replace("%20", "+"),
        utf8_percent_encode(value, FORM).to_string(),
        json_escaped(value),
        xml_escaped(value),
        STANDARD.encode(value),
        STANDARD_NO_PAD.encode(value),
        URL_SAFE.encode(value),
        URL_SAFE_NO_PAD.encode(value),
    ];
    forms.sort();
    forms.dedup();
    forms
}

fn json_escaped(value: &str) -> String {
    let quoted = serde_json::Value::from(value).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn xml_escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
