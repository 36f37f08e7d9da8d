//! `cookies.txt`, as Netscape's browser wrote it and curl, wget and browser extensions still do.
//!
//! Each line holds seven fields with tabs between them: domain, whether names below it count, path,
//! whether TLS is needed, the end in seconds since 1970 or 0, name, value. `#HttpOnly_` before the domain
//! hides the cookie from scripts; every other line that begins with `#` is a comment.

use std::time::{Duration, SystemTime};

use crate::http::{JarCookie, StoredCookie};

/// Reads a jar; the error names the line at which it stops being one.
pub(super) fn read(text: &str) -> Result<Vec<JarCookie>, String> {
    let mut cookies = Vec::new();
    for (position, line) in text.lines().enumerate() {
        let (http_only, line) = match line.strip_prefix("#HttpOnly_") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cookie =
            cookie(line, http_only).map_err(|reason| format!("line {}: {reason}", position + 1))?;
        cookies.push(cookie);
    }
    Ok(cookies)
}

fn cookie(line: &str, http_only: bool) -> Result<JarCookie, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (domain, below, path, secure, expires, name, value) = match fields.as_slice() {
        [domain, below, path, secure, expires, name] => {
            (domain, below, path, secure, expires, name, "")
        }
        [domain, below, path, secure, expires, name, value] => {
            (domain, below, path, secure, expires, name, *value)
        }
        fields => {
            return Err(format!(
                "expected 7 fields with tabs between them, found {}",
                fields.len()
            ));
        }
    };
    if domain.trim_start_matches('.').is_empty() {
        return Err("the domain is empty".to_owned());
    }
    let seconds: f64 = expires
        .parse()
        .map_err(|_| "the fifth field is not a number of seconds".to_owned())?;
    let end = Duration::try_from_secs_f64(seconds.max(0.0))
        .ok()
        .and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    Ok(JarCookie {
        cookie: StoredCookie {
            name: (*name).to_owned(),
            value: value.to_owned(),
            domain: domain.trim_start_matches('.').to_ascii_lowercase(),
            host_only: !flag(below, "second")?,
            path: (*path).to_owned(),
            expires: end.filter(|_| seconds != 0.0),
            secure: flag(secure, "fourth")?,
            http_only,
        },
        // The file does not say; its order is that in which the cookies were set.
        created: SystemTime::UNIX_EPOCH,
    })
}

fn flag(text: &str, position: &str) -> Result<bool, String> {
    match text.to_ascii_uppercase().as_str() {
        "TRUE" => Ok(true),
        "FALSE" => Ok(false),
        _ => Err(format!("the {position} field is neither TRUE nor FALSE")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read() {
        let text = "# Netscape HTTP Cookie File\n\n\
            #HttpOnly_.a.example\tTRUE\t/x\tTRUE\t120\tname\tvalue\n\
            b.example\tFALSE\t/\tFALSE\t0\tbare\n";

        let cookies = read(text).unwrap();

        let first = &cookies[0].cookie;
        assert_eq!(first.domain, "a.example");
        assert_eq!(
            (first.name.as_str(), first.value.as_str()),
            ("name", "value")
        );
        assert_eq!(
            (first.host_only, first.secure, first.http_only),
            (false, true, true)
        );
        assert_eq!(
            first.expires,
            Some(SystemTime::UNIX_EPOCH + Duration::from_secs(120))
        );
        let second = &cookies[1].cookie;
        assert_eq!((second.host_only, second.value.as_str()), (true, ""));
        assert_eq!(second.expires, None);
    }

    #[test]
    fn a_line_that_is_no_cookie_is_named() {
        let cases = [
            (
                "x",
                "line 1: expected 7 fields with tabs between them, found 1",
            ),
            (
                "#\na\tTRUE\t/\tno\t0\tn\tv",
                "line 2: the fourth field is neither TRUE nor FALSE",
            ),
            (
                "a\tTRUE\t/\tTRUE\tsoon\tn\tv",
                "line 1: the fifth field is not a number of seconds",
            ),
            (".\tTRUE\t/\tTRUE\t0\tn\tv", "line 1: the domain is empty"),
        ];

        for (text, expected) in cases {
            assert_eq!(read(text).unwrap_err(), expected);
        }
    }
}
