//! Encodings that several schemes share.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// RFC 3986's unreserved characters stay.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Encodes everything but unreserved characters (RFC 3986, 2.3).
pub(super) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Undoes percent-encoding; what is no UTF-8 is replaced.
pub(super) fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Reads a query or form as a server does: `+` is a space, empty parts are no parameters. The value is
/// `None` where there is no `=`.
pub(super) fn form_pairs(text: &str) -> Vec<(String, Option<String>)> {
    let decode = |text: &str| percent_decode(&text.replace('+', " "));
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.split_once('=') {
            Some((key, value)) => (decode(key), Some(decode(value))),
            None => (decode(pair), None),
        })
        .collect()
}

/// The path and the query of a request target.
pub(super) fn split_target(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Adds parameters, already encoded, to the query of a request target.
pub(super) fn add_to_query(target: &mut String, pairs: &[String]) {
    if pairs.is_empty() {
        return;
    }
    let separator = match split_target(target) {
        (_, "") if target.ends_with('?') => "",
        (_, "") => "?",
        _ => "&",
    };
    target.push_str(separator);
    target.push_str(&pairs.join("&"));
}

/// Removes parameters from the query of a request target by name; the rest stays as it is encoded.
pub(super) fn remove_from_query(target: &mut String, is_removed: impl Fn(&str) -> bool) {
    let (path, query) = split_target(target);
    let name = |pair: &str| percent_decode(pair.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| pair.is_empty() || !is_removed(&name(pair)))
        .collect();
    if kept.len() == query.split('&').count() {
        return;
    }
    let query = kept.join("&");
    *target = match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{query}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_taken_out_of_a_query_and_put_into_it() {
        let mut target = "/a?x=1&oauth_token=t&y=%20".to_owned();

        remove_from_query(&mut target, |name| name == "oauth_token");
        assert_eq!(target, "/a?x=1&y=%20");
        remove_from_query(&mut target, |_| true);
        assert_eq!(target, "/a");
        add_to_query(&mut target, &["a=1".to_owned(), "b=2".to_owned()]);
        assert_eq!(target, "/a?a=1&b=2");
        add_to_query(&mut target, &["c=3".to_owned()]);
        assert_eq!(target, "/a?a=1&b=2&c=3");
    }

    #[test]
    fn a_form_is_read_as_a_server_reads_it() {
        let pairs = form_pairs("a=b+c&d&e=&&%26=%3D");

        let expected = [
            ("a", Some("b c")),
            ("d", None),
            ("e", Some("")),
            ("&", Some("=")),
        ]
        .map(|(key, value)| (key.to_owned(), value.map(str::to_owned)));
        assert_eq!(pairs, expected);
    }
}
