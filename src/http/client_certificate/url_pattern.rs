//! The URL patterns of certificates, as Postman writes them (postman-collection 4.4.0,
//! `lib/url-pattern/url-match-pattern.js`).

use crate::http::RequestUrl;

/// `<all_urls>`, or `PROTOCOLS://HOST[:PORT]/PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UrlPattern {
    /// Matches every URL.
    All,
    /// Matches where each part does.
    Parts {
        /// Whether `https` is among the protocols.
        https: bool,
        /// `*`, `*.suffix` or a name.
        host: String,
        /// `None` for `*`.
        port: Option<u16>,
        /// With `*` for any text and `?` for one character.
        path: String,
    },
}

impl UrlPattern {
    /// Matches every URL.
    pub(crate) const ALL: &str = "<all_urls>";

    /// Reads a pattern; nothing when it is none, which in Postman matches no URL.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text == Self::ALL {
            return Some(Self::All);
        }
        let (protocols, rest) = text.split_once("://")?;
        let protocols: Vec<&str> = protocols.split('+').collect();
        if !protocols
            .iter()
            .all(|name| ["http", "https", "file", "ftp", "*"].contains(name))
        {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find('/')?);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let name = host.strip_prefix("*.").unwrap_or(host);
        if name.is_empty() || host != "*" && name.contains('*') {
            return None;
        }
        let port = match port {
            None => Some(443),
            Some("*") => None,
            Some(digits) => Some(digits.parse().ok()?),
        };
        Some(Self::Parts {
            https: protocols.iter().any(|name| ["https", "*"].contains(name)),
            host: host.to_ascii_lowercase(),
            port,
            path: path.to_owned(),
        })
    }

    /// Whether an HTTPS URL is one of those meant.
    pub(super) fn matches(&self, url: &RequestUrl) -> bool {
        let Self::Parts {
            https,
            host,
            port,
            path,
        } = self
        else {
            return true;
        };
        let own_host = url.host.to_ascii_lowercase();
        let host_fits = match host.strip_prefix("*.") {
            Some(suffix) => {
                own_host == suffix
                    || own_host
                        .strip_suffix(suffix)
                        .is_some_and(|rest| rest.ends_with('.'))
            }
            None => host == "*" || *host == own_host,
        };
        let own_path = url.target.split('?').next().unwrap_or_default();
        *https
            && host_fits
            && port.is_none_or(|port| port == url.effective_port())
            && glob_matches(path.as_bytes(), own_path.as_bytes())
    }
}

/// Goes back to the last `*` only, which is enough and never takes more than the product of both lengths.
fn glob_matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut position) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while position < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                last_star = Some((at, position));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[position] => {
                at += 1;
                position += 1;
            }
            _ => match last_star {
                Some((star, reached)) => {
                    last_star = Some((star, reached + 1));
                    at = star + 1;
                    position = reached + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|&byte| byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, host: &str, port: Option<u16>, target: &str) -> bool {
        let url = RequestUrl {
            scheme: "https".to_owned(),
            host: host.to_owned(),
            port,
            target: target.to_owned(),
        };
        UrlPattern::parse(pattern).is_some_and(|pattern| pattern.matches(&url))
    }

    #[test]
    fn hosts_and_ports_match_as_in_postman() {
        let cases = [
            ("<all_urls>", "a.example", Some(8443), true),
            ("https://a.example/*", "a.example", None, true),
            ("https://a.example/*", "a.example", Some(443), true),
            ("https://a.example/*", "a.example", Some(8443), false),
            ("https://a.example:*/*", "a.example", Some(8443), true),
            ("https://a.example:8443/*", "a.example", Some(8443), true),
            ("https://*.a.example/*", "a.example", None, true),
            ("https://*.a.example/*", "x.a.example", None, true),
            ("https://*.a.example/*", "xa.example", None, false),
            ("*://*/*", "a.example", None, true),
            ("http+https://*/*", "a.example", None, true),
            ("http://*/*", "a.example", None, false),
            ("https://a.example", "a.example", None, false),
            ("a.example/*", "a.example", None, false),
            ("https://a.*/*", "a.example", None, false),
            ("https://[::1]:*/*", "[::1]", Some(8443), true),
        ];

        for (pattern, host, port, expected) in cases {
            assert_eq!(matches(pattern, host, port, "/x"), expected, "{pattern}");
        }
    }

    #[test]
    fn every_star_of_a_path_counts() {
        let cases = [
            ("/", "/", true),
            ("/", "/x", false),
            ("/a/*", "/a/b/c", true),
            ("/*/b/*", "/x/b/y", true),
            ("/*/b/*", "/x/c/y", false),
            ("/a?c", "/abc", true),
            ("/a?c", "/ac", false),
            ("/a", "/a?query=1", true),
            ("/*b*bc", "/bbabcbc", true),
        ];

        for (path, target, expected) in cases {
            let pattern = format!("https://h{path}");
            assert_eq!(matches(&pattern, "h", None, target), expected, "{path}");
        }
    }
}
