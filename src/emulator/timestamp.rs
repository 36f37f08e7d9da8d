//! The ways in which Azure writes a moment, and the ways in which its clients do.

use time::format_description::well_known::Iso8601;
use time::format_description::{BorrowedFormatItem, FormatItem};
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

const SEVEN_DIGITS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:7]");
const BLANK: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]Z");
const AMERICAN: &[BorrowedFormatItem<'_>] = format_description!(
    "[month padding:none]/[day padding:none]/[year] [hour repr:12 padding:none]:[minute]:[second] [period]"
);

/// How a plane marks UTC at the end of a time.
#[derive(Clone, Copy)]
pub(super) enum Utc {
    /// `2026-01-01T09:00:00.1234567Z`, as pipeline runs and job definitions have it.
    Letter,
    /// `2026-01-01T09:00:00.1234567+00:00`, as Livy has it.
    Offset,
}

impl Utc {
    /// The moment with seven digits after the second.
    pub(super) fn write(self, moment: OffsetDateTime) -> String {
        let end = match self {
            Self::Letter => "Z",
            Self::Offset => "+00:00",
        };
        format!("{}{end}", format(moment, SEVEN_DIGITS))
    }
}

/// The form of the login plane's refusals: `2026-01-01 09:00:00Z`.
pub(super) fn with_blank(moment: OffsetDateTime) -> String {
    format(moment, BLANK)
}

/// The form of the management plane's messages: `1/1/2026 9:00:00 AM`.
pub(super) fn american(moment: OffsetDateTime) -> String {
    format(moment, AMERICAN)
}

/// Reads what clients send: ISO 8601 with or without offset, or a date alone; UTC where they do
/// not say.
pub(super) fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Iso8601::PARSING)
        .or_else(|_| {
            PrimitiveDateTime::parse(text, &Iso8601::PARSING).map(PrimitiveDateTime::assume_utc)
        })
        .or_else(|_| {
            Date::parse(text, &Iso8601::PARSING)
                .map(|date| PrimitiveDateTime::new(date, Time::MIDNIGHT).assume_utc())
        })
        .ok()
}

fn format(moment: OffsetDateTime, description: &[FormatItem<'_>]) -> String {
    moment
        .to_offset(time::UtcOffset::UTC)
        .format(description)
        .expect("the descriptions use only what every moment has")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const MOMENT: OffsetDateTime = datetime!(2026-01-02 15:04:05.123456789 UTC);

    #[test]
    fn a_run_has_seven_digits_and_a_letter() {
        assert_eq!(Utc::Letter.write(MOMENT), "2026-01-02T15:04:05.1234567Z");
    }

    #[test]
    fn livy_has_seven_digits_and_an_offset() {
        assert_eq!(
            Utc::Offset.write(MOMENT),
            "2026-01-02T15:04:05.1234567+00:00"
        );
    }

    #[test]
    fn messages_have_forms_of_their_own() {
        assert_eq!(with_blank(MOMENT), "2026-01-02 15:04:05Z");
        assert_eq!(american(MOMENT), "1/2/2026 3:04:05 PM");
    }

    #[test]
    fn a_time_is_read_in_every_form_that_clients_send() {
        let expected = Some(datetime!(2026-01-02 00:00 UTC));

        for text in [
            "2026-01-02T00:00:00Z",
            "2026-01-02T00:00:00.000000Z",
            "2026-01-02T00:00:00.0000000+00:00",
            "2026-01-02T01:00:00+01:00",
            "2026-01-02T00:00:00",
            "2026-01-02",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn other_text_is_no_time() {
        assert_eq!(parse("yesterday"), None);
        assert_eq!(parse(""), None);
    }
}
