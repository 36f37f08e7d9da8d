//! Replacing `{{name}}` and `<<name>>` in text.
//!
//! This is not a template language: a token is two braces, a name without braces and two braces;
//! spaces belong to the name; a name that is not known stays as it is written.

use std::collections::BTreeSet;

/// Postman gives up after this many passes, which ends values that hold themselves
/// (postman-collection 4.4.0).
const PASS_LIMIT: usize = 19;

/// The outcome of a replacement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Substitution {
    /// The text with every known name replaced.
    pub(crate) text: String,
    /// The names that nobody knew; they stand in the text as written.
    pub(crate) unknown: BTreeSet<String>,
}

/// Replaces known names until none is left or the limit of passes is reached.
///
/// A replaced value is scanned again, so values may hold further names.
pub(crate) fn substitute(
    text: &str,
    angle_variables: bool,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Substitution {
    let mut result = Substitution {
        text: text.to_owned(),
        unknown: BTreeSet::new(),
    };
    for _ in 0..PASS_LIMIT {
        result.unknown.clear();
        let (next, replaced) =
            replace_once(&result.text, angle_variables, lookup, &mut result.unknown);
        if !replaced {
            break;
        }
        result.text = next;
    }
    result
}

fn replace_once(
    text: &str,
    angle_variables: bool,
    lookup: &dyn Fn(&str) -> Option<String>,
    unknown: &mut BTreeSet<String>,
) -> (String, bool) {
    let mut output = String::with_capacity(text.len());
    let mut replaced = false;
    let mut rest = text;
    while let Some(start) = next_opening(rest, angle_variables) {
        output.push_str(&rest[..start]);
        rest = &rest[start..];
        match token(rest) {
            Some((name, length)) => {
                match lookup(name) {
                    Some(value) => {
                        output.push_str(&value);
                        replaced = true;
                    }
                    None => {
                        if rest.starts_with("{{") {
                            unknown.insert(name.to_owned());
                        }
                        output.push_str(&rest[..length]);
                    }
                }
                rest = &rest[length..];
            }
            None => {
                output.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    output.push_str(rest);
    (output, replaced)
}

fn next_opening(text: &str, angle_variables: bool) -> Option<usize> {
    let braces = text.find("{{");
    let angles = if angle_variables {
        text.find("<<")
    } else {
        None
    };
    match (braces, angles) {
        (Some(brace), Some(angle)) => Some(brace.min(angle)),
        (brace, angle) => brace.or(angle),
    }
}

/// The name and the whole length of the token that a text begins with.
fn token(text: &str) -> Option<(&str, usize)> {
    let (stops, closing): (&[char], &str) = if text.starts_with("{{") {
        (&['{', '}'], "}}")
    } else {
        (&['<', '>'], ">>")
    };
    let inner = &text[2..];
    let end = inner.find(stops)?;
    inner[end..]
        .starts_with(closing)
        .then(|| (&inner[..end], end + 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(text: &str) -> String {
        substitute(text, true, &|name| {
            Some(match name {
                "num" => "5".to_owned(),
                "outer" => "{{num}}".to_owned(),
                "inner" => "m}}".to_owned(),
                "grow" => "x{{grow}}".to_owned(),
                "my var" => "spaced".to_owned(),
                "self" => "{{self}}".to_owned(),
                _ => return None,
            })
        })
        .text
    }

    #[test]
    fn tokens_follow_postmans_grammar() {
        let cases = [
            ("a{{num}}b{{num}}", "a5b5"),
            ("{{{num}}}", "{5}"),
            ("{{outer}}", "5"),
            ("{{ num }}", "{{ num }}"),
            ("{{my var}}", "spaced"),
            ("{{missing}}", "{{missing}}"),
            ("{{}}", "{{}}"),
            ("{{#if x}} {{num}} {{", "{{#if x}} 5 {{"),
            ("{{nu{{inner}}", "5"),
            ("{{self}}", "{{self}}"),
        ];

        for (text, expected) in cases {
            assert_eq!(run(text), expected, "{text}");
        }
    }

    #[test]
    fn a_value_that_grows_stops_after_nineteen_passes() {
        assert_eq!(run("{{grow}}"), format!("{}{{{{grow}}}}", "x".repeat(19)));
    }

    #[test]
    fn angle_names_are_replaced_only_when_they_are_defined() {
        let cases = [
            ("<<num>>", "5"),
            ("<<missing>>", "<<missing>>"),
            ("a << b >> c", "a << b >> c"),
            ("<<<num>>>", "<5>"),
            ("cat <<EOF", "cat <<EOF"),
        ];

        for (text, expected) in cases {
            assert_eq!(run(text), expected, "{text}");
        }
    }

    #[test]
    fn angle_names_can_be_switched_off() {
        let lookup = |_: &str| Some("x".to_owned());

        assert_eq!(
            substitute("<<num>> {{num}}", false, &lookup).text,
            "<<num>> x"
        );
    }

    #[test]
    fn unknown_names_are_told_but_not_angle_ones() {
        let found = substitute("{{a}} <<b>> {{c}}", true, &|_| None);

        assert_eq!(found.unknown.into_iter().collect::<Vec<_>>(), ["a", "c"]);
    }

    proptest! {
        #[test]
        fn text_without_tokens_is_unchanged(text in "[^{<]*") {
            prop_assert_eq!(run(&text), text);
        }

        #[test]
        fn no_text_makes_it_panic(text in "([{}<> a-zµ]|num|\\{\\{|\\}\\}|<<|>>)*") {
            run(&text);
        }
    }
}
