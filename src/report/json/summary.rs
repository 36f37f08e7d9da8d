//! Counts and times in newman's form.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::execution::epoch_ms;
use crate::record::{Count, RunEnd, RunSummary};
use crate::report::measure::milliseconds;

/// `run.stats`
pub(super) fn stats_object(summary: &RunSummary) -> Value {
    let stats = &summary.stats;
    json!({
        "iterations": count_object(&stats.iterations),
        "items": count_object(&stats.items),
        "scripts": count_object(&stats.scripts),
        "prerequests": count_object(&stats.prerequests),
        "requests": count_object(&stats.requests),
        "tests": count_object(&stats.tests),
        "assertions": count_object(&stats.assertions),
        "testScripts": count_object(&stats.test_scripts),
        "prerequestScripts": count_object(&stats.prerequest_scripts),
    })
}

fn count_object(count: &Count) -> Value {
    json!({"total": count.total, "pending": count.pending, "failed": count.failed})
}

/// `run.timings`; as in newman without `--verbose`, the phases of a request are 0.
pub(super) fn timings_object(summary: &RunSummary, started: SystemTime) -> Value {
    let times = &summary.response_times;
    json!({
        "responseAverage": number(times.mean_ms()),
        "responseMin": milliseconds(times.minimum).round() as u64,
        "responseMax": milliseconds(times.maximum).round() as u64,
        "responseSd": number(times.deviation_ms()),
        "dnsAverage": 0, "dnsMin": 0, "dnsMax": 0, "dnsSd": 0,
        "firstByteAverage": 0, "firstByteMin": 0, "firstByteMax": 0, "firstByteSd": 0,
        "started": epoch_ms(started),
        "completed": epoch_ms(started + summary.duration),
    })
}

/// Whole numbers without a fraction, as JavaScript writes them.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// `run.error`
pub(super) fn end_object(end: RunEnd) -> Value {
    match end {
        RunEnd::Completed | RunEnd::Bailed => Value::Null,
        RunEnd::Interrupted => json!({"name": "Error", "message": "the run was interrupted"}),
        RunEnd::TimedOut => json!({"name": "Error", "message": "callback timed out"}),
    }
}
