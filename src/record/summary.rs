//! Counts and times of a whole run, in newman's terms.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::{Execution, ScriptKind, Step};

/// How many of a kind there were and how many of those failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Count {
    /// All of them.
    pub(crate) total: u64,
    /// Those that were started but not ended.
    pub(crate) pending: u64,
    /// Those that failed.
    pub(crate) failed: u64,
}

impl Count {
    fn add(&mut self, failed: bool) {
        self.total += 1;
        self.failed += u64::from(failed);
    }
}

/// What was counted, under newman's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RunStats {
    /// Iterations that ended.
    pub(crate) iterations: Count,
    /// Items that ended.
    pub(crate) items: Count,
    /// Scripts of both kinds.
    pub(crate) scripts: Count,
    /// Items whose prerequest event took place, with or without a script.
    pub(crate) prerequests: Count,
    /// Requests, those of scripts and of challenge rounds included.
    pub(crate) requests: Count,
    /// Items whose test event took place, with or without a script.
    pub(crate) tests: Count,
    /// Assertions, skipped ones included.
    pub(crate) assertions: Count,
    /// Test scripts.
    pub(crate) test_scripts: Count,
    /// Prerequest scripts.
    pub(crate) prerequest_scripts: Count,
}

/// Response times of all requests that got an answer, without keeping each one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ResponseTimes {
    /// How many.
    pub(crate) count: u64,
    /// The shortest.
    pub(crate) minimum: Duration,
    /// The longest.
    pub(crate) maximum: Duration,
    sum_ms: f64,
    sum_of_squares_ms: f64,
}

impl ResponseTimes {
    fn add(&mut self, time: Duration) {
        let milliseconds = time.as_secs_f64() * 1000.0;
        self.minimum = if self.count == 0 {
            time
        } else {
            self.minimum.min(time)
        };
        self.maximum = self.maximum.max(time);
        self.count += 1;
        self.sum_ms += milliseconds;
        self.sum_of_squares_ms += milliseconds * milliseconds;
    }

    /// The mean in milliseconds; 0 when nothing was measured.
    pub(crate) fn mean_ms(&self) -> f64 {
        if self.count == 0 {
            0.0
        } else {
            self.sum_ms / self.count as f64
        }
    }

    /// The standard deviation of the whole population in milliseconds.
    pub(crate) fn deviation_ms(&self) -> f64 {
        if self.count == 0 {
            return 0.0;
        }
        let variance = self.sum_of_squares_ms / self.count as f64 - self.mean_ms().powi(2);
        variance.max(0.0).sqrt()
    }
}

/// Why a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RunEnd {
    /// Everything that was planned ran.
    #[default]
    Completed,
    /// `--bail` stopped it at a failure.
    Bailed,
    /// The user stopped it.
    Interrupted,
    /// Its time was over.
    TimedOut,
}

/// The whole run, without its single executions.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunSummary {
    /// What was counted.
    pub(crate) stats: RunStats,
    /// Response times of all requests.
    pub(crate) response_times: ResponseTimes,
    /// Bytes of all response contents, codings undone.
    pub(crate) received_bytes: u64,
    /// How many failures of any kind there were.
    pub(crate) failure_count: u64,
    /// When the run began.
    pub(crate) started: Option<SystemTime>,
    /// How long it took.
    pub(crate) duration: Duration,
    /// Why it ended.
    pub(crate) end: RunEnd,
    /// The environment at the end, as newman's JSON report prints it.
    pub(crate) environment: Arc<Value>,
    /// The globals at the end, as newman's JSON report prints them.
    pub(crate) globals: Arc<Value>,
}

impl RunSummary {
    /// Adds what happened to one item.
    pub(crate) fn add(&mut self, execution: &Execution) {
        let failures = execution.failures();
        self.failure_count += failures.len() as u64;
        self.stats.items.add(false);
        self.stats.prerequests.add(false);
        if !execution.skipped {
            self.stats.tests.add(false);
        }
        for step in &execution.steps {
            self.add_step(step);
        }
    }

    /// Counts an iteration that ended.
    pub(crate) fn add_iteration(&mut self) {
        self.stats.iterations.add(false);
    }

    fn add_step(&mut self, step: &Step) {
        match step {
            Step::Script(run) => {
                let failed = run.error.is_some();
                self.stats.scripts.add(failed);
                match run.kind {
                    ScriptKind::Prerequest => self.stats.prerequest_scripts.add(failed),
                    ScriptKind::Test => self.stats.test_scripts.add(failed),
                }
            }
            Step::Request(sent) => {
                let response = sent.exchange.response();
                self.stats.requests.add(response.is_none());
                if let Some(response) = response {
                    self.response_times.add(sent.exchange.timings.total);
                    self.received_bytes += response.body.size_bytes();
                }
            }
            Step::Unsendable { .. } => self.stats.requests.add(true),
            Step::Assertion(assertion) => self.stats.assertions.add(assertion.has_failed()),
            Step::Console(_) => {}
        }
    }
}
