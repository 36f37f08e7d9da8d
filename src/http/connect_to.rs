//! `--connect-to`: another address for the connections to some hosts, in curl's syntax.

use std::str::FromStr;

/// One rule: connections to host and port go to another address; URL, `Host`, SNI and the check of the
/// certificate keep the original name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConnectTo {
    host: HostPattern,
    port: Option<u16>,
    to_host: Option<String>,
    to_port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum HostPattern {
    Any,
    /// Every name below this one; begins with a dot.
    Below(String),
    Exactly(String),
}

/// Why a text is not a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not of the form HOST:PORT:ADDRESS:PORT")]
pub(crate) struct ParseError {
    text: String,
}

impl ConnectTo {
    /// Sends a host (or `*.suffix`) on its HTTPS port to a local address.
    pub(crate) fn for_host(host: &str, address: std::net::SocketAddr) -> Self {
        Self {
            host: HostPattern::from_text(host),
            port: Some(443),
            to_host: Some(address.ip().to_string()),
            to_port: Some(address.port()),
        }
    }

    /// The first rule that fits, as the address to connect to.
    pub(crate) fn target(rules: &[Self], host: &str, port: u16) -> Option<(String, u16)> {
        let rule = rules
            .iter()
            .find(|rule| rule.host.matches(host) && rule.port.is_none_or(|own| own == port))?;
        Some((
            rule.to_host.clone().unwrap_or_else(|| host.to_owned()),
            rule.to_port.unwrap_or(port),
        ))
    }
}

impl HostPattern {
    fn from_text(text: &str) -> Self {
        match text {
            "" | "*" => Self::Any,
            _ => match text.strip_prefix('*') {
                Some(suffix) => Self::Below(suffix.to_ascii_lowercase()),
                None => Self::Exactly(text.to_ascii_lowercase()),
            },
        }
    }

    fn matches(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        match self {
            Self::Any => true,
            Self::Below(suffix) => host.len() > suffix.len() && host.ends_with(suffix.as_str()),
            Self::Exactly(name) => host == *name,
        }
    }
}

impl FromStr for ConnectTo {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = || ParseError {
            text: text.to_owned(),
        };
        let parts = split_outside_brackets(text);
        let [host, port, to_host, to_port] = parts.as_slice() else {
            return Err(error());
        };
        let number = |text: &str| match text {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| error()),
        };
        Ok(Self {
            host: HostPattern::from_text(host),
            port: number(port)?,
            to_host: (!to_host.is_empty()).then(|| to_host.trim_matches(['[', ']']).to_owned()),
            to_port: number(to_port)?,
        })
    }
}

/// The colons of an IPv6 address in brackets separate nothing.
fn split_outside_brackets(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut inside = false;
    for character in text.chars() {
        match character {
            ':' if !inside => parts.push(String::new()),
            _ => {
                inside = match character {
                    '[' => true,
                    ']' => false,
                    _ => inside,
                };
                if let Some(part) = parts.last_mut() {
                    part.push(character);
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(rules: &[&str], host: &str, port: u16) -> Option<(String, u16)> {
        let rules: Vec<ConnectTo> = rules.iter().map(|rule| rule.parse().unwrap()).collect();
        ConnectTo::target(&rules, host, port)
    }

    #[test]
    fn rules_follow_curls_syntax() {
        let address = Some(("127.0.0.1".to_owned(), 9));
        let cases = [
            (
                "a.example:443:127.0.0.1:9",
                "A.example",
                443,
                address.clone(),
            ),
            ("a.example:443:127.0.0.1:9", "a.example", 444, None),
            ("a.example::127.0.0.1:9", "a.example", 444, address.clone()),
            ("::127.0.0.1:9", "any.example", 1, address.clone()),
            ("*::127.0.0.1:9", "any.example", 1, address.clone()),
            ("*.example:443:127.0.0.1:9", "a.b.example", 443, address),
            ("*.example:443:127.0.0.1:9", "example", 443, None),
            ("a:1::9", "a", 1, Some(("a".to_owned(), 9))),
            ("a:1:[::1]:", "a", 1, Some(("::1".to_owned(), 1))),
        ];

        for (rule, host, port, expected) in cases {
            assert_eq!(target(&[rule], host, port), expected, "{rule}");
        }
    }

    #[test]
    fn the_first_rule_that_fits_wins() {
        let rules = ["a:1:127.0.0.1:2", "*:1:127.0.0.1:3"];

        assert_eq!(target(&rules, "a", 1), Some(("127.0.0.1".to_owned(), 2)));
        assert_eq!(target(&rules, "b", 1), Some(("127.0.0.1".to_owned(), 3)));
    }

    #[test]
    fn a_text_without_four_parts_is_refused() {
        for text in ["", "a", "a:1:b", "a:1:b:2:c", "a:x:b:2", "a:1:b:99999"] {
            assert!(text.parse::<ConnectTo>().is_err(), "{text}");
        }
    }
}
