//! A URL for reqwest whose request target is sent as it stands.
//!
//! reqwest takes `url::Url`, whose parser removes dot segments and encodes characters that Postman
//! sends as they are. A `Url` made through its serde representation keeps path and query exactly; the
//! crate checks that representation only with debug assertions, which `Cargo.toml` switches off for it.

use serde_json::Value;
use url::Url;

use super::RequestUrl;

/// Positions in the list that `Url::serialize_internal` writes.
const SERIALIZATION: usize = 0;
const QUERY_START: usize = 8;

/// Makes a URL with exactly this target; nothing when host or target cannot be sent.
pub(super) fn exact_url(url: &RequestUrl, keep_port: bool) -> Option<Url> {
    let authority = if keep_port {
        url.authority()
    } else {
        url.host.clone()
    };
    let origin = Url::parse(&format!("{}://{authority}/", url.scheme)).ok()?;
    let parsed = origin.join(&url.target).ok();
    let text = format!("{}{}", origin.as_str().trim_end_matches('/'), url.target);
    if let Some(parsed) = parsed.filter(|parsed| parsed.as_str() == text) {
        return Some(parsed);
    }
    let mut parts = origin
        .serialize_internal(serde_json::value::Serializer)
        .ok()?;
    let path_start = text.len() - url.target.len();
    parts[QUERY_START] = match url.target.find('?') {
        Some(position) => Value::from(path_start + position),
        None => Value::Null,
    };
    parts[SERIALIZATION] = Value::from(text);
    Url::deserialize_internal(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(target: &str) -> String {
        let url = RequestUrl {
            scheme: "http".to_owned(),
            host: "example.com".to_owned(),
            port: Some(8080),
            target: target.to_owned(),
        };
        exact_url(&url, true).unwrap().to_string()
    }

    #[test]
    fn the_target_is_kept_to_the_letter() {
        for target in [
            "/",
            "/a?b=c",
            "/../a/./b/..?x=/../y",
            "//double//x",
            "/^|;,:@&=+$!*()'[]",
            "/a%2fb?q={{x}}|`\\^[]&'",
            "/a?",
            "/%2e%2e/x",
        ] {
            assert_eq!(made(target), format!("http://example.com:8080{target}"));
        }
    }

    proptest! {
        #[test]
        fn every_target_of_printable_characters_is_kept(target in "/[!-~&&[^#<>\"`]]*") {
            prop_assert_eq!(made(&target), format!("http://example.com:8080{target}"));
        }
    }
}
