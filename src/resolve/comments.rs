//! Removing comments from JSON bodies, which Postman lets people write.

/// The text without `//` and `/* */` comments; line ends stay, and so does everything inside texts.
///
/// Nothing stands in place of a comment (as postman-runtime 7.39.1).
pub(super) fn strip(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find(['"', '/']) {
        output.push_str(&rest[..position]);
        rest = &rest[position..];
        let length = if rest.starts_with('"') {
            let length = string_length(rest);
            output.push_str(&rest[..length]);
            length
        } else if rest.starts_with("//") {
            rest.find(['\r', '\n']).unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("/*") {
            inside.find("*/").map_or(rest.len(), |end| end + 4)
        } else {
            output.push('/');
            1
        };
        rest = &rest[length..];
    }
    output.push_str(rest);
    output
}

/// The length of the text literal that a text begins with; one that is never closed goes to the end.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (position, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return position + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments_go_and_texts_stay() {
        let cases = [
            ("{\"a\": 1} // end", "{\"a\": 1} "),
            (
                "{ /* x */ \"u\": \"http://h/*\" }\n// y\n",
                "{  \"u\": \"http://h/*\" }\n\n",
            ),
            ("\"\\\"//\" 1/2", "\"\\\"//\" 1/2"),
            ("/* never closed", ""),
            ("\"never closed // x", "\"never closed // x"),
        ];

        for (text, expected) in cases {
            assert_eq!(strip(text), expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(\"|\\\\|/|\\*|é|\n|a)*") {
            strip(&text);
        }
    }
}
