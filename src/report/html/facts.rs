//! What a page says about the run as a whole.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::figures::{duration_text, size_text};
use super::phases::rounded;
use super::row::{ListedFailure, Row};
use crate::record::{Count, Execution, RunEnd, RunSummary};
use crate::report::measure::milliseconds;

/// So many failures are part of the page itself, for readers without scripts.
const FIRST_FAILURES: usize = 50;

const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");

/// The first failures of a run.
#[derive(Debug, Default)]
pub(super) struct FirstFailures {
    failures: Vec<FirstFailure>,
}

#[derive(Debug, Serialize)]
struct FirstFailure {
    /// Folder names and the item's own.
    path: String,
    /// Counted from 1.
    iteration: usize,
    test: Option<String>,
    message: String,
    at: String,
}

impl FirstFailures {
    pub(super) fn add(&mut self, execution: &Execution, row: &Row) {
        let room = FIRST_FAILURES - self.failures.len();
        let failures = row.failures.iter().take(room);
        self.failures.extend(failures.map(|failure| {
            let ListedFailure { test, message, at } = failure;
            FirstFailure {
                path: printable(&execution.item.path()),
                iteration: row.iteration + 1,
                test: test.as_deref().map(printable),
                message: printable(message),
                at: at.clone(),
            }
        }));
    }
}

/// Everything about the run that is not about one item.
pub(super) struct Facts<'run> {
    pub(super) title: &'run str,
    pub(super) collection_name: &'run str,
    pub(super) started: SystemTime,
    pub(super) summary: &'run RunSummary,
    pub(super) first_failures: &'run FirstFailures,
}

impl Facts<'_> {
    /// As templates see them.
    pub(super) fn to_json(&self) -> Value {
        let summary = self.summary;
        let times = &summary.response_times;
        let (verdict, word) = self.verdict();
        let shown = self.first_failures.failures.len() as u64;
        json!({
            "title": printable(self.title),
            "collection": printable(self.collection_name),
            "environment": environment(summary),
            "version": env!("CARGO_PKG_VERSION"),
            "verdict": verdict,
            "verdict_word": word,
            "started": moment_text(self.started),
            "duration": duration_text(milliseconds(summary.duration)),
            "duration_ms": rounded(milliseconds(summary.duration)),
            "iterations": count(&summary.stats.iterations),
            "items": count(&summary.stats.items),
            "requests": count(&summary.stats.requests),
            "prerequest_scripts": count(&summary.stats.prerequest_scripts),
            "test_scripts": count(&summary.stats.test_scripts),
            "assertions": count(&summary.stats.assertions),
            "received": size_text(summary.received_bytes),
            "response_times": {
                "count": times.count,
                "average": duration_text(times.mean_ms()),
                "minimum": duration_text(milliseconds(times.minimum)),
                "maximum": duration_text(milliseconds(times.maximum)),
                "average_ms": rounded(times.mean_ms()),
                "minimum_ms": rounded(milliseconds(times.minimum)),
                "maximum_ms": rounded(milliseconds(times.maximum)),
                "deviation_ms": rounded(times.deviation_ms()),
            },
            "failure_count": summary.failure_count,
            "failures": self.first_failures.failures,
            "more_failures": summary.failure_count.saturating_sub(shown),
        })
    }

    fn verdict(&self) -> (&'static str, &'static str) {
        match (self.summary.end, self.summary.failure_count) {
            (RunEnd::Interrupted, _) => ("failed", "interrupted"),
            (RunEnd::TimedOut, _) => ("failed", "ran out of time"),
            (_, 0) => ("passed", "passed"),
            _ => ("failed", "failed"),
        }
    }
}

/// The name of the environment; a run without one has one without values.
fn environment(summary: &RunSummary) -> Option<String> {
    let values = summary.environment["values"].as_array()?;
    let name = summary.environment["name"].as_str()?;
    (!values.is_empty()).then(|| printable(name))
}

fn count(count: &Count) -> Value {
    json!({"total": count.total, "failed": count.failed})
}

/// HTML has no way to write control characters, and a raw one makes a file binary in the eyes of tools.
fn printable(text: &str) -> String {
    text.replace(
        |character: char| character.is_control() && !matches!(character, '\n' | '\t'),
        "\u{fffd}",
    )
}

fn moment_text(moment: SystemTime) -> String {
    OffsetDateTime::from(moment)
        .format(MOMENT)
        .expect("the format asks only for what a date has")
}
