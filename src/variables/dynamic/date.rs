//! The time now, and dates near it.

use std::time::SystemTime;

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime, UtcOffset};

use super::Random;

const ISO: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// What `Date.prototype.toString` writes before the name of the zone (ECMA-262, 21.4.4.41).
const JAVASCRIPT: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short] [month repr:short] [day] [year] [hour]:[minute]:[second] \
    GMT[offset_hour sign:mandatory][offset_minute]"
);

const DAY_SECONDS: u64 = 24 * 60 * 60;
const YEAR_SECONDS: u64 = 365 * DAY_SECONDS;

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Unix seconds, rounded to the nearest as Postman does.
pub(super) fn timestamp() -> String {
    rounded_seconds(now()).to_string()
}

/// The time now in UTC, with milliseconds.
pub(super) fn iso_timestamp() -> String {
    text(now(), ISO)
}

/// Within the last year.
pub(super) fn past(random: &mut Random) -> String {
    in_javascript(now() - up_to(YEAR_SECONDS, random))
}

/// Within the next year.
pub(super) fn future(random: &mut Random) -> String {
    in_javascript(now() + up_to(YEAR_SECONDS, random))
}

/// Within the last day.
pub(super) fn recent(random: &mut Random) -> String {
    in_javascript(now() - up_to(DAY_SECONDS, random))
}

pub(super) fn month(random: &mut Random) -> String {
    random.pick(MONTHS).to_owned()
}

pub(super) fn weekday(random: &mut Random) -> String {
    random.pick(WEEKDAYS).to_owned()
}

fn up_to(seconds: u64, random: &mut Random) -> Duration {
    Duration::seconds(random.integer(1..=seconds) as i64)
}

fn rounded_seconds(moment: OffsetDateTime) -> i64 {
    (moment + Duration::milliseconds(500)).unix_timestamp()
}

/// The text of a date in the zone of the machine, or in UTC where that is not known.
fn in_javascript(moment: OffsetDateTime) -> String {
    let offset = UtcOffset::local_offset_at(moment).unwrap_or(UtcOffset::UTC);
    with_zone(moment.to_offset(offset))
}

/// JavaScript leaves the name of a zone to the engine; only that of UTC is the same everywhere, so another
/// zone has its offset and no name.
fn with_zone(moment: OffsetDateTime) -> String {
    let mut text = text(moment, JAVASCRIPT);
    if moment.offset().is_utc() {
        text.push_str(" (Coordinated Universal Time)");
    }
    text
}

fn text(moment: OffsetDateTime, format: &[BorrowedFormatItem<'_>]) -> String {
    moment
        .format(format)
        .expect("a moment has every part that the formats name")
}

#[expect(
    clippy::disallowed_methods,
    reason = "`$timestamp` is the wall clock by definition"
)]
fn now() -> OffsetDateTime {
    OffsetDateTime::from(SystemTime::now())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn seconds_are_rounded_to_the_nearest() {
        assert_eq!(rounded_seconds(datetime!(1970-01-01 0:00:07.499 UTC)), 7);
        assert_eq!(rounded_seconds(datetime!(1970-01-01 0:00:07.5 UTC)), 8);
    }

    #[test]
    fn dates_are_written_as_javascript_writes_them() {
        assert_eq!(
            with_zone(datetime!(2026-08-09 15:43:10 UTC)),
            "Sun Aug 09 2026 15:43:10 GMT+0000 (Coordinated Universal Time)"
        );
        assert_eq!(
            with_zone(datetime!(2026-08-09 15:43:10 -3:30)),
            "Sun Aug 09 2026 15:43:10 GMT-0330"
        );
    }

    #[test]
    fn dates_in_iso_form_have_milliseconds() {
        assert_eq!(
            text(datetime!(2026-08-09 5:03:01.007_9 UTC), ISO),
            "2026-08-09T05:03:01.007Z"
        );
    }
}
