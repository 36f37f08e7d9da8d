//! Names, times and durations as JUnit's grammars want them.

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::report::cases::name_text;

const TIMESTAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");

/// A date and time in UTC, to the second.
pub(super) fn timestamp(time: std::time::SystemTime) -> String {
    OffsetDateTime::from(time)
        .to_offset(time::UtcOffset::UTC)
        .format(TIMESTAMP)
        .expect("the format asks only for what a date has")
}

/// Seconds with three decimals; more, a sign or an exponent are refused by some grammars.
pub(super) fn seconds(duration: std::time::Duration) -> String {
    format!("{:.3}", duration.as_secs_f64())
}

/// A part of a class name. Consumers split class names at dots and make folders of slashes.
pub(super) fn class_part(name: &str, fallback: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|character| {
            if matches!(character, '.' | '/' | '\\' | ':') {
                ' '
            } else {
                character
            }
        })
        .collect();
    name_text(&spaced, fallback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_have_no_dots_but_those_between_their_parts() {
        assert_eq!(
            class_part("v1.2 / GET http://x:80", "x"),
            "v1 2 GET http x 80"
        );
        assert_eq!(class_part("..", "Request"), "Request");
    }
}
