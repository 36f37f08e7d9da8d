//! The JSON that tough-cookie writes (4.1.3, `lib/cookie.js`), and so newman's `--export-cookie-jar`.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::http::{JarCookie, StoredCookie};

/// Reads a jar; the error says where it stops being one.
pub(super) fn read(root: &Value) -> Result<Vec<JarCookie>, String> {
    let list = root
        .get("cookies")
        .and_then(Value::as_array)
        .ok_or("the object has no list `cookies`")?;
    list.iter()
        .enumerate()
        .map(|(position, entry)| {
            cookie(entry).map_err(|reason| format!("`cookies[{position}]` {reason}"))
        })
        .collect()
}

fn cookie(entry: &Value) -> Result<JarCookie, String> {
    let entry = entry.as_object().ok_or("is not an object")?;
    let text = |key: &str| member(entry, key, "text", Value::as_str);
    let flag = |key: &str| member(entry, key, "boolean", Value::as_bool);
    let domain = text("domain")?
        .filter(|domain| !domain.is_empty())
        .ok_or("has no `domain`")?;
    // tough-cookie leaves out what is at its default, and keeps a cookie without a name.
    let name = text("key")?.unwrap_or_default();
    let created = moment(entry, "creation")?.unwrap_or(SystemTime::UNIX_EPOCH);
    let age_ends = match entry.get("maxAge") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text == "Infinity" => None,
        Some(Value::String(text)) if text == "-Infinity" => Some(SystemTime::UNIX_EPOCH),
        Some(age) => {
            let seconds = age.as_f64().ok_or("has a `maxAge` that is no number")?;
            let age = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::ZERO);
            created.checked_add(age)
        }
    };
    Ok(JarCookie {
        cookie: StoredCookie {
            name: name.to_owned(),
            value: text("value")?.unwrap_or_default().to_owned(),
            domain: domain.trim_start_matches('.').to_ascii_lowercase(),
            host_only: flag("hostOnly")?.unwrap_or(false),
            path: text("path")?.unwrap_or("/").to_owned(),
            // An age counts before a date (RFC 6265, 5.3).
            expires: age_ends.or(moment(entry, "expires")?),
            secure: flag("secure")?.unwrap_or(false),
            http_only: flag("httpOnly")?.unwrap_or(false),
        },
        created,
    })
}

/// A member of one kind, or nothing.
fn member<'entry, T>(
    entry: &'entry Map<String, Value>,
    key: &str,
    kind: &str,
    read: impl Fn(&'entry Value) -> Option<T>,
) -> Result<Option<T>, String> {
    match entry.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(format!("has a `{key}` that is no {kind}")),
        },
    }
}

fn moment(entry: &Map<String, Value>, key: &str) -> Result<Option<SystemTime>, String> {
    match member(entry, key, "text", Value::as_str)? {
        None | Some("Infinity") => Ok(None),
        Some(text) => OffsetDateTime::parse(text, &Rfc3339)
            .map(|moment| Some(moment.into()))
            .map_err(|_| format!("has a `{key}` that is no date such as 2030-01-31T12:00:00Z")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reason(entry: Value) -> String {
        read(&json!({"cookies": [entry]})).unwrap_err()
    }

    #[test]
    fn an_age_counts_from_the_creation_and_before_a_date() {
        let entry = json!({
            "key": "a", "value": "1", "domain": "h", "maxAge": 60,
            "creation": "1970-01-01T00:01:00.000Z", "expires": "2030-01-01T00:00:00.000Z"
        });

        let cookies = read(&json!({"cookies": [entry]})).unwrap();

        let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(120);
        assert_eq!(cookies[0].cookie.expires, Some(expected));
    }

    #[test]
    fn what_is_missing_is_at_its_default() {
        let cookies = read(&json!({"cookies": [{"value": "bare", "domain": "h"}]})).unwrap();

        let cookie = &cookies[0].cookie;
        assert_eq!((cookie.name.as_str(), cookie.path.as_str()), ("", "/"));
        assert_eq!((cookie.expires, cookie.host_only), (None, false));
    }

    #[test]
    fn an_entry_that_is_none_is_named() {
        let cases = [
            (json!(1), "`cookies[0]` is not an object"),
            (json!({"key": "a"}), "`cookies[0]` has no `domain`"),
            (
                json!({"key": 1, "domain": "h"}),
                "`cookies[0]` has a `key` that is no text",
            ),
            (
                json!({"key": "a", "domain": "h", "expires": "soon"}),
                "`cookies[0]` has a `expires` that is no date such as 2030-01-31T12:00:00Z",
            ),
            (
                json!({"key": "a", "domain": "h", "maxAge": "long"}),
                "`cookies[0]` has a `maxAge` that is no number",
            ),
        ];

        for (entry, expected) in cases {
            assert_eq!(reason(entry), expected);
        }
    }
}
