//! Durations and sizes as newman writes them, and what reports for programs need of both.

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A duration as newman writes it (6.2.2, `lib/util.js`): `412µs`, `86ms`, from two seconds on `2.5s`,
/// `5m 18.2s`.
pub(super) fn duration_text(milliseconds: f64) -> String {
    if milliseconds < 1.0 {
        return format!("{}µs", (milliseconds * 1000.0).max(0.0) as u64);
    }
    if milliseconds < 1998.0 {
        return format!("{}ms", milliseconds as u64);
    }
    let total_seconds = milliseconds / 1000.0;
    let whole = total_seconds as u64;
    let mut parts = Vec::new();
    for (count, unit) in [
        (whole / (365 * 86_400), "y"),
        (whole / 86_400 % 365, "d"),
        (whole / 3600 % 24, "h"),
        (whole / 60 % 60, "m"),
    ] {
        if count > 0 {
            parts.push(format!("{count}{unit}"));
        }
    }
    let tenths = (total_seconds % 60.0 * 10.0 + 1e-7).floor() as u64;
    match (tenths / 10, tenths % 10) {
        (0, 0) => {}
        (seconds, 0) => parts.push(format!("{seconds}s")),
        (seconds, tenth) => parts.push(format!("{seconds}.{tenth}s")),
    }
    parts.join(" ")
}

/// A duration in milliseconds.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// To the microsecond: more is noise.
pub(super) fn rounded_ms(duration: Duration) -> f64 {
    to_microseconds(milliseconds(duration))
}

/// Milliseconds with three decimals.
pub(super) fn to_microseconds(milliseconds: f64) -> f64 {
    (milliseconds * 1000.0).round() / 1000.0
}

/// A moment in UTC as RFC 3339 writes it.
pub(super) fn rfc3339(moment: SystemTime) -> String {
    OffsetDateTime::from(moment)
        .format(&Rfc3339)
        .unwrap_or_default()
}

/// A size in decimal units with at most two decimals: `440B`, `1.02kB`.
pub(super) fn size_text(bytes: u64) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    let mut unit = 0;
    let mut value = bytes as f64;
    // A value that rounds up to 1000 belongs to the next unit.
    while unit + 1 < UNITS.len() && rounded(value, unit) >= 1000.0 {
        value /= 1000.0;
        unit += 1;
    }
    format!("{}{}", rounded(value, unit), UNITS[unit])
}

fn rounded(value: f64, unit: usize) -> f64 {
    if unit == 0 {
        value
    } else {
        (value * 100.0).round() / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_in_newman() {
        for (milliseconds, text) in [
            (0.0, "0µs"),
            (0.4129, "412µs"),
            (1.0, "1ms"),
            (86.9, "86ms"),
            (1997.9, "1997ms"),
            (1998.0, "1.9s"),
            (2000.0, "2s"),
            (2540.0, "2.5s"),
            (60_000.0, "1m"),
            (318_200.0, "5m 18.2s"),
            (3_600_000.0, "1h"),
            (90_061_000.0, "1d 1h 1m 1s"),
        ] {
            assert_eq!(duration_text(milliseconds), text);
        }
    }

    #[test]
    fn sizes_are_written_as_in_newman() {
        for (bytes, text) in [
            (0, "0B"),
            (999, "999B"),
            (1000, "1kB"),
            (1020, "1.02kB"),
            (2048, "2.05kB"),
            (999_994, "999.99kB"),
            (999_999, "1MB"),
            (12_345_678, "12.35MB"),
        ] {
            assert_eq!(size_text(bytes), text);
        }
    }
}
