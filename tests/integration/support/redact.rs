//! Making equal what varies between two runs.

/// Replaces versions, folders, ids, dates, ports, durations and sizes by placeholders.
///
/// What has a fixed width keeps it. Durations and sizes do not, so they become `<time>` and `<size>`, and
/// the frame of the summary table, which grows with them, loses its padding.
pub(super) fn redact(text: &str, folder: &str) -> String {
    let text = text
        .replace(folder, "<folder>")
        .replace(env!("CARGO_PKG_VERSION"), "<version>");
    let lines: Vec<String> = text.split('\n').map(line).collect();
    lines.join("\n")
}

fn line(text: &str) -> String {
    let mut output = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let follows_word =
            output.ends_with(|it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '%'));
        let found = if follows_word {
            None
        } else {
            uuid(rest).or_else(|| date(rest)).or_else(|| measure(rest))
        };
        match found.or_else(|| port(&output, rest)) {
            Some((length, placeholder)) => {
                output.push_str(&placeholder);
                rest = &rest[length..];
            }
            None => {
                output.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    if output.starts_with(['│', '┌', '├', '└']) {
        unpadded(&output)
    } else {
        output
    }
}

/// Eight, four, four, four and twelve hexadecimal digits.
fn uuid(rest: &str) -> Option<(usize, String)> {
    let candidate = rest.get(..36)?;
    let fits = candidate
        .char_indices()
        .all(|(position, character)| match position {
            8 | 13 | 18 | 23 => character == '-',
            _ => character.is_ascii_hexdigit(),
        });
    fits.then(|| (36, "00000000-0000-0000-0000-000000000000".to_owned()))
}

/// A date and a time with `T` or a space between them.
fn date(rest: &str) -> Option<(usize, String)> {
    let candidate = rest.get(..19)?;
    let shape: String = candidate
        .chars()
        .map(|it| if it.is_ascii_digit() { '0' } else { it })
        .collect();
    matches!(
        shape.as_str(),
        "0000-00-00T00:00:00" | "0000-00-00 00:00:00"
    )
    .then_some((19, shape))
}

/// A port of the loopback address.
fn port(before: &str, rest: &str) -> Option<(usize, String)> {
    let follows_host = ["127.0.0.1:", "localhost:", ".example:", "[::1]:"];
    if !follows_host.iter().any(|host| before.ends_with(host)) {
        return None;
    }
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    (length >= 4).then(|| (length, "<port>".to_owned()))
}

/// A number with a unit of time or size.
fn measure(rest: &str) -> Option<(usize, String)> {
    let digits = rest
        .bytes()
        .take_while(|it| it.is_ascii_digit() || *it == b'.')
        .count();
    if digits == 0 {
        return None;
    }
    let unit: String = rest[digits..]
        .chars()
        .take_while(|it| it.is_alphabetic())
        .collect();
    let placeholder = match unit.as_str() {
        "µs" | "ms" | "s" => "<time>",
        "B" | "kB" | "MB" => "<size>",
        _ => return None,
    };
    Some((digits + unit.len(), placeholder.to_owned()))
}

fn unpadded(line: &str) -> String {
    let mut output = String::new();
    for character in line.chars() {
        let repeats = matches!(character, ' ' | '─') && output.ends_with(character);
        if !repeats {
            output.push(character);
        }
    }
    output
}
