//! Writing the report while the run goes on.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value, json};
use uuid::Uuid;

use super::execution::Entries;
use super::failure::failure_object;
use super::summary::{end_object, stats_object, timings_object};
use super::writer::JsonWriter;
use crate::files::{self, AtomicFile, Spool, export_path};
use crate::record::{
    CollectionInfo, ExchangeOrigin, Execution, RunEnd, RunEvent, RunSummary, Step,
};
use crate::report::problem::Problem;
use crate::report::{Error, Options, Reporter};

/// The name on the command line.
pub(in crate::report) const NAME: &str = "json";

/// `run.failures` is an array in an object in an object.
const FAILURES_DEPTH: usize = 3;

/// Writes newman's JSON report.
///
/// The members stand in this order: `collection`, `run` (`executions`, then what is known at the end),
/// `environment`, `globals`. Failures are put aside during the run and follow the executions.
pub(in crate::report) struct JsonReporter {
    given_path: Option<PathBuf>,
    as_newman: bool,
    /// From the first event to the end.
    report: Option<Report>,
}

struct Report {
    writer: JsonWriter<AtomicFile>,
    failures: JsonWriter<Spool>,
    path: PathBuf,
    as_newman: bool,
    started: SystemTime,
    /// The end of the last exchange: there is no clock here, and errors need a time.
    last_time: SystemTime,
    /// Counted here too, for a run whose end is never told.
    counted: RunSummary,
    ended: bool,
}

impl JsonReporter {
    pub(in crate::report) fn new(options: &Options) -> Self {
        Self {
            given_path: options.export(NAME).map(Path::to_owned),
            as_newman: options.as_newman,
            report: None,
        }
    }
}

impl Reporter for JsonReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match event {
            RunEvent::RunStarted {
                collection,
                started,
                ..
            } if self.report.is_none() => {
                let path = export_path(self.given_path.as_deref(), "run-report", "json", *started);
                self.report = Some(Report::begin(path, self.as_newman, collection, *started)?);
            }
            RunEvent::ItemFinished(execution) => {
                if let Some(report) = &mut self.report {
                    report
                        .add(execution)
                        .map_err(|source| report.failed(source))?;
                }
            }
            RunEvent::IterationFinished => {
                if let Some(report) = &mut self.report {
                    report.counted.add_iteration();
                }
            }
            RunEvent::RunFinished(summary) => {
                if let Some(report) = &mut self.report {
                    report
                        .end(summary)
                        .map_err(|source| report.failed(source))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        let Some(mut report) = self.report.take() else {
            return Ok(());
        };
        if !report.ended {
            let summary = RunSummary {
                end: RunEnd::Interrupted,
                ..report.counted.clone()
            };
            report
                .end(&summary)
                .map_err(|source| report.failed(source))?;
        }
        let file = report.writer.into_output();
        file.commit().map_err(|source| Error::Export {
            reporter: NAME,
            source,
        })
    }
}

impl Report {
    fn begin(
        path: PathBuf,
        as_newman: bool,
        collection: &CollectionInfo,
        started: SystemTime,
    ) -> Result<Self, Error> {
        let file = AtomicFile::create(&path).map_err(|source| Error::Export {
            reporter: NAME,
            source,
        })?;
        let mut report = Self {
            writer: JsonWriter::new(file),
            failures: JsonWriter::nested(Spool::new(&path), FAILURES_DEPTH),
            path,
            as_newman,
            started,
            last_time: started,
            counted: RunSummary::default(),
            ended: false,
        };
        report
            .write_beginning(collection)
            .map_err(|source| report.failed(source))?;
        Ok(report)
    }

    fn write_beginning(&mut self, collection: &CollectionInfo) -> io::Result<()> {
        self.writer.begin_object(None)?;
        self.writer.member("collection", &collection.definition)?;
        self.writer.begin_object(Some("run"))?;
        self.writer.begin_array(Some("executions"))
    }

    fn add(&mut self, execution: &Execution) -> io::Result<()> {
        self.counted.add(execution);
        for sent in execution.requests() {
            self.last_time = sent.exchange.timings.started + sent.exchange.timings.total;
            self.counted.duration = self
                .last_time
                .duration_since(self.started)
                .unwrap_or(self.counted.duration);
        }
        let request_id = Uuid::new_v4().to_string();
        let entries = Entries {
            execution,
            request_id: &request_id,
            at: self.last_time,
        };
        match self.as_newman {
            true => entries.write_as_newman(&mut self.writer)?,
            false => entries.write(&mut self.writer)?,
        }
        for step in &execution.steps {
            let Some(problem) = Problem::of(step) else {
                continue;
            };
            let mut failure = failure_object(&problem, execution, &request_id, self.last_time);
            // newman does not say which item has a script whose request failed.
            if self.as_newman && is_of_script(step) {
                failure
                    .as_object_mut()
                    .map(|members| members.remove("source"));
            }
            self.failures.element(&failure)?;
        }
        Ok(())
    }

    /// Writes everything that follows the executions.
    fn end(&mut self, summary: &RunSummary) -> io::Result<()> {
        self.ended = true;
        let writer = &mut self.writer;
        writer.end_array()?;
        writer.member("stats", &stats_object(summary))?;
        writer.member(
            "timings",
            &timings_object(summary, summary.started.unwrap_or(self.started)),
        )?;
        writer.member(
            "transfers",
            &json!({"responseTotal": summary.received_bytes}),
        )?;
        writer.begin_array(Some("failures"))?;
        writer.append_elements(self.failures.has_elements(), |output| {
            self.failures.output().drain_into(output)
        })?;
        writer.end_array()?;
        writer.member("error", &end_object(summary.end))?;
        writer.end_object()?;
        writer.member("environment", &scope_or_empty(&summary.environment))?;
        writer.member("globals", &scope_or_empty(&summary.globals))?;
        writer.end_object()
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.path.clone();
        Error::Export {
            reporter: NAME,
            source: files::Error::Write { path, source },
        }
    }
}

fn is_of_script(step: &Step) -> bool {
    match step {
        Step::Request(sent) => sent.origin == ExchangeOrigin::Script,
        Step::Unsendable { origin, .. } => *origin == ExchangeOrigin::Script,
        _ => false,
    }
}

/// Tools read `values` without asking whether there is a scope.
fn scope_or_empty(scope: &Value) -> Cow<'_, Value> {
    if scope.is_object() {
        Cow::Borrowed(scope)
    } else {
        Cow::Owned(json!({"id": Uuid::new_v4().to_string(), "values": []}))
    }
}
