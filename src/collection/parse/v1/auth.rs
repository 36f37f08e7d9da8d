//! The authorization of a v1 request, which older files call a helper.

use serde_json::{Map, Value};

use crate::collection::Auth;
use crate::collection::json::text;

/// The helpers whose names differ from the type's.
const HELPERS: [(&str, &str); 9] = [
    ("basicAuth", "basic"),
    ("bearerAuth", "bearer"),
    ("digestAuth", "digest"),
    ("hawkAuth", "hawk"),
    ("ntlmAuth", "ntlm"),
    ("apikeyAuth", "apikey"),
    ("awsSigV4", "awsv4"),
    ("oAuth1", "oauth1"),
    ("oAuth2", "oauth2"),
];

/// Attributes that a type calls otherwise.
const RENAMED: [(&str, &str, &str); 8] = [
    ("hawk", "hawk_id", "authId"),
    ("hawk", "hawk_key", "authKey"),
    ("hawk", "ext", "extraData"),
    ("hawk", "dlg", "delegation"),
    ("oauth1", "header", "addParamsToHeader"),
    ("oauth1", "auto", "autoAddParam"),
    ("oauth1", "includeEmpty", "addEmptyParamsToSign"),
    ("oauth1", "timeStamp", "timestamp"),
];

/// Reads `auth`, else `currentHelper` with `helperAttributes`; without either the request inherits.
///
/// The attributes are an object or its JSON text; what is no object (`"undefined"` occurs) makes the
/// helper count as absent (as newman 6.2.2). What the app keeps in them for itself is left out.
pub(super) fn read(object: &Map<String, Value>) -> Option<Auth> {
    if let Some(auth) = Auth::from_json(object.get("auth")) {
        return Some(auth);
    }
    let helper = text(object, "currentHelper").filter(|helper| !helper.is_empty())?;
    if helper == "normal" {
        return None;
    }
    let kind = HELPERS
        .iter()
        .find(|(name, _)| *name == helper)
        .map_or(helper.as_str(), |(_, kind)| kind)
        .to_owned();
    let attributes = match object.get("helperAttributes") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(attributes)) => attributes.clone(),
        Some(Value::String(text)) => serde_json::from_str(text).ok()?,
        Some(_) => return None,
    };
    let parameters = attributes
        .into_iter()
        .filter(|(key, _)| !["id", "time"].contains(&key.as_str()))
        .map(|(key, value)| (renamed(&kind, key), value))
        .collect();
    Some(Auth { kind, parameters })
}

fn renamed(kind: &str, key: String) -> String {
    RENAMED
        .iter()
        .find(|(of, from, _)| *of == kind && *from == key)
        .map_or(key, |(_, _, to)| (*to).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_json(object: &Value) -> Option<Auth> {
        read(object.as_object().unwrap())
    }

    #[test]
    fn a_helper_becomes_the_type_with_its_names() {
        let cases = [
            (
                json!({"currentHelper": "basicAuth", "helperAttributes": {"username": "u"}}),
                ("basic", "username", json!("u")),
            ),
            (
                json!({"currentHelper": "bearerAuth", "helperAttributes": "{\"token\":\"t\"}"}),
                ("bearer", "token", json!("t")),
            ),
            (
                json!({"currentHelper": "hawkAuth", "helperAttributes": {"hawk_key": "k"}}),
                ("hawk", "authKey", json!("k")),
            ),
            (
                json!({"currentHelper": "oAuth1", "helperAttributes": {"header": true}}),
                ("oauth1", "addParamsToHeader", json!(true)),
            ),
            (
                json!({"currentHelper": "awsSigV4", "helperAttributes": {"region": "r"}}),
                ("awsv4", "region", json!("r")),
            ),
            (
                json!({"auth": {"type": "apikey", "apikey": {"key": "k"}}, "currentHelper": "basicAuth"}),
                ("apikey", "key", json!("k")),
            ),
        ];

        for (object, (kind, key, value)) in cases {
            let auth = read_json(&object).unwrap();
            assert_eq!(auth.kind, kind);
            assert_eq!(auth.parameters, [(key.to_owned(), value)]);
        }
    }

    #[test]
    fn no_helper_inherits() {
        let cases = [
            json!({}),
            json!({"currentHelper": null, "helperAttributes": null}),
            json!({"currentHelper": "normal", "helperAttributes": {}}),
            json!({"currentHelper": "basicAuth", "helperAttributes": "undefined"}),
            json!({"auth": null}),
        ];

        for object in cases {
            assert_eq!(read_json(&object), None, "{object}");
        }
    }
}
