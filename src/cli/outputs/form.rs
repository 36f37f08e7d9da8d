//! How outputs are written.

use serde_json::{Map, Value};

use super::found::Output;
use crate::cli::output_args::OutputsFormat;

/// What ends a value of several lines in GitHub's form, lengthened until no value holds it.
const GITHUB_END: &str = "POSTRIDER_END";

/// Whether a name can be written in a form; why not, if not.
pub(super) fn check_name(name: &str, format: OutputsFormat) -> Result<(), &'static str> {
    let (also, reason) = match format {
        OutputsFormat::Json => return Ok(()),
        OutputsFormat::Dotenv => (
            "_",
            "a name in this file is letters, digits and `_`, and begins with no digit",
        ),
        OutputsFormat::Github => (
            "_-",
            "a name in this file is letters, digits, `_` and `-`, and begins with a letter or `_`",
        ),
    };
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let goes_on = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || also.contains(it));
    if begins && goes_on {
        Ok(())
    } else {
        Err(reason)
    }
}

/// Values alone, and an empty line for what is not set.
pub(super) fn bare<'out>(outputs: impl Iterator<Item = Option<&'out Output>>) -> String {
    outputs
        .map(|output| format!("{}\n", output.map_or("", |output| output.text.as_str())))
        .collect()
}

/// Names and values, for people.
pub(super) fn named<'out>(outputs: impl Iterator<Item = (&'out str, &'out Output)>) -> String {
    outputs
        .map(|(name, output)| format!("{name}={}\n", output.text))
        .collect()
}

/// One object, in which values keep their types.
pub(super) fn json<'out>(outputs: impl Iterator<Item = (&'out str, &'out Output)>) -> String {
    let object: Map<String, Value> = outputs
        .map(|(name, output)| (name.to_owned(), output.value.clone()))
        .collect();
    format!("{:#}\n", Value::Object(object))
}

/// Lines that a shell reads as assignments, and readers of dotenv files as well.
pub(super) fn dotenv<'out>(outputs: impl Iterator<Item = (&'out str, &'out Output)>) -> String {
    outputs
        .map(|(name, output)| format!("{name}={}\n", quoted(&output.text)))
        .collect()
}

/// Single quotes where they do, because all readers agree on what stands in them; but not about a backslash.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_-./:@%+,".contains(it);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    if !text.contains(['\'', '\\']) {
        return format!("'{text}'");
    }
    let mut escaped = String::with_capacity(text.len() + 2);
    for it in text.chars() {
        if matches!(it, '"' | '\\' | '$' | '`') {
            escaped.push('\\');
        }
        escaped.push(it);
    }
    format!("\"{escaped}\"")
}

/// `NAME=VALUE`, or with a value of several lines `NAME<<END`, its lines, and `END`.
pub(super) fn github<'out>(outputs: impl Iterator<Item = (&'out str, &'out Output)>) -> String {
    outputs
        .map(|(name, output)| {
            let text = &output.text;
            if !text.contains(['\n', '\r']) {
                return format!("{name}={text}\n");
            }
            // A value that could end itself could add outputs of its own.
            let mut end = GITHUB_END.to_owned();
            while text.contains(&end) {
                end.push('_');
            }
            format!("{name}<<{end}\n{text}\n{end}\n")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(text: &str) -> Output {
        Output {
            value: Value::from(text),
            text: text.to_owned(),
            is_masked: false,
        }
    }

    #[test]
    fn a_value_in_a_dotenv_file_is_quoted_where_it_has_to_be() {
        let cases = [
            ("", ""),
            ("a1-2_3.b/c:d", "a1-2_3.b/c:d"),
            ("two words", "'two words'"),
            ("$HOME #`x`\"", "'$HOME #`x`\"'"),
            ("a\nb", "'a\nb'"),
            ("it's $1", "\"it's \\$1\""),
            ("a\\", "\"a\\\\\""),
        ];

        for (text, expected) in cases {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn a_value_of_several_lines_cannot_end_itself() {
        let text = "x\nPOSTRIDER_END\nother=1\nPOSTRIDER_END_";
        let output = output(text);

        assert_eq!(
            github([("a", &output)].into_iter()),
            format!("a<<POSTRIDER_END__\n{text}\nPOSTRIDER_END__\n")
        );
    }

    #[test]
    fn a_single_line_with_marks_stays_one_output_for_github() {
        let output = output("b<<END");

        assert_eq!(github([("a", &output)].into_iter()), "a=b<<END\n");
    }

    #[test]
    fn names_are_refused_where_the_form_has_no_room_for_them() {
        use OutputsFormat::{Dotenv, Github, Json};
        let cases = [
            ("runId", [true, true, true]),
            ("_1", [true, true, true]),
            ("run-id", [true, false, true]),
            ("1st", [true, false, false]),
            ("-a", [true, false, false]),
            ("a=b", [true, false, false]),
            ("a\nb", [true, false, false]),
            ("", [true, false, false]),
        ];

        for (name, expected) in cases {
            let fits = [Json, Dotenv, Github].map(|format| check_name(name, format).is_ok());
            assert_eq!(fits, expected, "{name}");
        }
    }
}
