//! The parts of an exchange's time, for the waterfall.

use std::time::Duration;

use serde_json::{Value, json};

use crate::http::Timings;
use crate::report::measure::milliseconds;

/// Name and duration in milliseconds of each phase, in order; together they are the whole time.
///
/// The page draws whatever is listed here, and has a colour of its own for the names `dns`, `connect`,
/// `tls`, `wait` and `receive`.
pub(super) fn phases(timings: &Timings) -> Value {
    let listed: Vec<(&str, Duration)> = match timings.first_byte {
        Some(first_byte) => vec![
            ("wait", first_byte),
            ("receive", timings.total.saturating_sub(first_byte)),
        ],
        None => vec![("wait", timings.total)],
    };
    listed
        .into_iter()
        .map(|(name, duration)| json!([name, rounded(milliseconds(duration))]))
        .collect()
}

/// Milliseconds with at most two decimals, which is all that a drawing shows.
pub(super) fn rounded(milliseconds: f64) -> f64 {
    (milliseconds * 100.0).round() / 100.0
}
