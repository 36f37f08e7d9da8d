//! What a credential looks like.

/// Shorter values are words as a rule.
const LEAST_LENGTH: usize = 20;

/// Bits for each character, above which a value is no text that people write.
const LEAST_ENTROPY: f64 = 3.4;

/// What kind of credential a text holds, whatever its name.
pub(super) fn credential_in(text: &str) -> Option<&'static str> {
    if has_private_key(text) {
        Some("a private key")
    } else if has_aws_key_id(text) {
        Some("an AWS access key id")
    } else if has_web_token(text) {
        Some("a JSON Web Token")
    } else if has_bearer_token(text) {
        Some("a bearer token")
    } else {
        None
    }
}

/// As [`credential_in`], and also a random value under a name that says secret.
pub(super) fn credential_under(name: &str, value: &str) -> Option<&'static str> {
    credential_in(value)
        .or_else(|| (is_secret_name(name) && is_random(value)).then_some("a credential"))
}

/// In PEM, or as the data URI of Atlassian's keys.
fn has_private_key(text: &str) -> bool {
    let mut uris = text.match_indices("data:application/pkcs8;");
    if uris.any(|(start, _)| text[start..].contains(";base64,")) {
        return true;
    }
    text.match_indices("-----BEGIN ").any(|(start, _)| {
        let label = text[start..].split('\n').next().unwrap_or_default();
        label.contains("PRIVATE KEY-----")
    })
}

/// The ids in AWS's documentation end in `EXAMPLE`.
fn has_aws_key_id(text: &str) -> bool {
    words(text, |it| it.is_ascii_alphanumeric()).any(|word| {
        word.len() == 20
            && (word.starts_with("AKIA") || word.starts_with("ASIA"))
            && word
                .bytes()
                .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
            && !word.ends_with("EXAMPLE")
    })
}

/// Two parts in base64url, of which the first is a JSON object, and a signature.
fn has_web_token(text: &str) -> bool {
    words(text, |it| is_base64_url(it) || it == '.').any(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() >= 3
            && parts[0].starts_with("eyJ")
            && parts[0].len() >= 10
            && parts[1].len() >= 8
    })
}

fn has_bearer_token(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("bearer ey").any(|(start, found)| {
        let rest = &text[start + found.len()..];
        rest.chars().take_while(|it| is_base64_url(*it)).count() >= 12
    })
}

fn is_base64_url(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn words(text: &str, is_part: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |character| !is_part(character))
}

fn is_secret_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    [
        "secret",
        "token",
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "apikey",
        "authkey",
        "accesskey",
        "accountkey",
        "privatekey",
        "sharedkey",
        "credential",
        "authorization",
    ]
    .iter()
    .any(|word| plain.contains(word))
}

/// One long word, perhaps after the name of a scheme, in which hardly any character repeats.
fn is_random(value: &str) -> bool {
    if value.contains("{{") || value.contains("<<") || value.contains("://") {
        return false;
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let ([word] | [_, word]) = words.as_slice() else {
        return false;
    };
    word.chars().count() >= LEAST_LENGTH
        && word.chars().any(|it| it.is_ascii_digit())
        && word.chars().any(char::is_alphabetic)
        && entropy(word) >= LEAST_ENTROPY
}

/// Shannon's entropy of a text by its own characters, in bits for each.
fn entropy(text: &str) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    for character in text.chars() {
        *counts.entry(character).or_insert(0_u32) += 1;
    }
    let length: u32 = counts.values().sum();
    let share = |count: &u32| f64::from(*count) / f64::from(length);
    counts
        .values()
        .map(|count| -share(count) * share(count).log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Put together here, so that no scanner takes this file for a leak.
    fn web_token() -> String {
        format!(
            "ey{}.ey{}.sIgNaTuRe",
            "JhbGciOiJIUzI1NiJ9", "JzdWIiOiIxMjM0In0"
        )
    }

    #[test]
    fn credentials_are_known_by_their_form() {
        let key = format!("-----BEGIN RSA {} KEY-----\nMII", "PRIVATE");
        let cases = [
            (web_token(), Some("a JSON Web Token")),
            (format!("x={};", web_token()), Some("a JSON Web Token")),
            (
                format!("Bearer ey{}", "A1b2C3d4E5f6G7h8"),
                Some("a bearer token"),
            ),
            (
                format!("AKIA{}", "Q3EGRT7NB2LPZX4K"),
                Some("an AWS access key id"),
            ),
            (format!("AKIA{}", "IOSFODNN7EXAMPLE"), None),
            (key, Some("a private key")),
            (
                "data:application/pkcs8;kid=i%2Fk;base64,MII".to_owned(),
                Some("a private key"),
            ),
            ("Bearer {{token}}".to_owned(), None),
            ("eyJ is the beginning of a token".to_owned(), None),
            ("-----BEGIN PUBLIC KEY-----".to_owned(), None),
        ];

        for (text, expected) in cases {
            assert_eq!(credential_in(&text), expected, "{text}");
        }
    }

    #[test]
    fn a_random_value_counts_under_a_name_that_says_secret() {
        let random = "q8R~z3Xk1_pWv7Ls0Td9";
        let cases = [
            ("clientSecret", random, true),
            ("authKey", random, true),
            ("X-API-Key", random, true),
            ("Authorization", "Basic q8Rz3Xk1pWv7Ls0Td9==", true),
            ("runId", random, false),
            ("clientSecret", "{{fromVault}}", false),
            (
                "tokenUrl",
                "https://login.example.com/oauth2/v2.0/token",
                false,
            ),
            ("password", "put-your-password-here", false),
            ("token", "short1", false),
            ("tokenId", "11111111-1111-4111-8111-111111111111", false),
        ];

        for (name, value, expected) in cases {
            assert_eq!(credential_under(name, value).is_some(), expected, "{name}");
        }
    }
}
