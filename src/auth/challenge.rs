//! What servers ask for in `WWW-Authenticate` (RFC 9110, 11.6.1).

use crate::http::HttpResponse;

/// One scheme that a server accepts, with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The name of the scheme, in lowercase.
    pub(super) scheme: String,
    /// What stands after the name when it is no list of parameters, as in NTLM.
    pub(super) token: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// All challenges of a response in order; one field may hold several.
    pub(super) fn all_of(response: &HttpResponse) -> Vec<Self> {
        response
            .headers
            .iter()
            .filter(|field| field.is("www-authenticate"))
            .flat_map(|field| Self::parse(&field.value))
            .collect()
    }

    /// The value of a parameter; names have no case.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    fn parse(value: &str) -> Vec<Self> {
        let mut challenges: Vec<Self> = Vec::new();
        for part in parts(value) {
            let (before, rest) = match part.split_once(char::is_whitespace) {
                // A parameter may have spaces around its equals sign.
                Some((word, rest))
                    if !word.contains('=') && !rest.trim_start().starts_with('=') =>
                {
                    (Some(word), rest.trim())
                }
                None if !part.contains('=') => (Some(part), ""),
                _ => (None, part),
            };
            if let Some(scheme) = before {
                challenges.push(Self {
                    scheme: scheme.to_ascii_lowercase(),
                    token: None,
                    parameters: Vec::new(),
                });
            }
            if let Some(challenge) = challenges.last_mut() {
                challenge.add(rest);
            }
        }
        challenges
    }

    fn add(&mut self, text: &str) {
        match text.split_once('=') {
            Some((name, value)) if is_token(name.trim()) && !value.trim_matches('=').is_empty() => {
                let (name, value) = (name.trim().to_owned(), unquoted(value.trim()));
                self.parameters.push((name, value));
            }
            _ if !text.is_empty() => self.token = Some(text.to_owned()),
            _ => {}
        }
    }
}

/// The parts between commas that stand outside of quotes.
fn parts(value: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (position, character) in value.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                parts.push(&value[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    parts.push(&value[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts.iter().map(|part| part.trim()).collect()
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}

fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else {
        return text.to_owned();
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut plain = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        plain.extend(match character {
            '\\' => characters.next(),
            other => Some(other),
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(scheme: &str, token: Option<&str>, parameters: &[(&str, &str)]) -> Challenge {
        Challenge {
            scheme: scheme.to_owned(),
            token: token.map(str::to_owned),
            parameters: parameters
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn one_field_may_hold_several_challenges() {
        let text = r#"Basic realm="a, b", Digest realm = "x\"y",nonce=n, qop="auth,auth-int", NTLM, Negotiate TlRMTVNTUAA=="#;

        let expected = [
            challenge("basic", None, &[("realm", "a, b")]),
            challenge(
                "digest",
                None,
                &[("realm", "x\"y"), ("nonce", "n"), ("qop", "auth,auth-int")],
            ),
            challenge("ntlm", None, &[]),
            challenge("negotiate", Some("TlRMTVNTUAA=="), &[]),
        ];
        assert_eq!(Challenge::parse(text), expected);
    }

    #[test]
    fn nonsense_is_no_challenge_and_no_panic() {
        for text in ["", ",,,", "=", "\"", "a=\"", "\\\"é,", "Digest \"\\"] {
            Challenge::parse(text);
        }
    }
}
