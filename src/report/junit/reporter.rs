//! Collecting the suites.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::suite::{Heading, Suite, Tally};
use super::text::{class_part, seconds};
use super::xml::Xml;
use crate::files::{self, AtomicFile, Spool, export_path};
use crate::record::{CollectionInfo, Execution, RunEnd, RunEvent, RunSummary};
use crate::report::cases::{name_text, unique};
use crate::report::{Error, Options, Reporter};

/// The name on the command line.
pub(in crate::report) const NAME: &str = "junit";

/// Writes a JUnit report.
///
/// The counts stand before everything else, so the suites are put aside until the end.
pub(in crate::report) struct JunitReporter {
    given_path: Option<PathBuf>,
    report: Option<Report>,
}

struct Report {
    file: AtomicFile,
    suites: Spool,
    path: PathBuf,
    collection_name: String,
    several_iterations: bool,
    planned: usize,
    executed: usize,
    next_id: u64,
    tally: Tally,
    measured: Duration,
    /// The class names of this iteration.
    used: HashSet<String>,
    last_time: SystemTime,
    ended: bool,
}

impl JunitReporter {
    pub(in crate::report) fn new(options: &Options) -> Self {
        Self {
            given_path: options.export(NAME).map(Path::to_owned),
            report: None,
        }
    }
}

impl Reporter for JunitReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match (event, &mut self.report) {
            (
                RunEvent::RunStarted {
                    collection,
                    iteration_count,
                    item_count,
                    started,
                },
                None,
            ) => {
                let path = export_path(self.given_path.as_deref(), "run-report", "xml", *started);
                let planned = iteration_count * item_count;
                let mut report = Report::begin(path, collection, *started)?;
                report.several_iterations = *iteration_count > 1;
                report.planned = planned;
                self.report = Some(report);
            }
            (RunEvent::IterationStarted { .. }, Some(report)) => report.used.clear(),
            (RunEvent::ItemFinished(execution), Some(report)) => {
                report
                    .add(execution)
                    .map_err(|source| report.failed(source))?;
            }
            (RunEvent::RunFinished(summary), Some(report)) => {
                report
                    .end(summary)
                    .map_err(|source| report.failed(source))?;
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
            let duration = report.measured;
            let summary = RunSummary {
                end: RunEnd::Interrupted,
                duration,
                ..RunSummary::default()
            };
            report
                .end(&summary)
                .map_err(|source| report.failed(source))?;
        }
        report.file.commit().map_err(|source| Error::Export {
            reporter: NAME,
            source,
        })
    }
}

impl Report {
    fn begin(
        path: PathBuf,
        collection: &CollectionInfo,
        started: SystemTime,
    ) -> Result<Self, Error> {
        let file = AtomicFile::create(&path).map_err(|source| Error::Export {
            reporter: NAME,
            source,
        })?;
        Ok(Self {
            file,
            suites: Spool::new(&path),
            path,
            collection_name: name_text(&collection.name, "Collection"),
            several_iterations: false,
            planned: 0,
            executed: 0,
            next_id: 0,
            tally: Tally::default(),
            measured: Duration::ZERO,
            used: HashSet::new(),
            last_time: started,
            ended: false,
        })
    }

    fn add(&mut self, execution: &Execution) -> io::Result<()> {
        for sent in execution.requests() {
            self.last_time = sent.exchange.timings.started + sent.exchange.timings.total;
            self.measured += sent.exchange.timings.total;
        }
        self.executed += 1;
        let heading = self.heading(execution);
        self.add_suite(&Suite::of(execution, heading))
    }

    fn heading(&mut self, execution: &Execution) -> Heading {
        let item = &execution.item;
        let parts = [class_part(&self.collection_name, "Collection")]
            .into_iter()
            .chain(
                item.folders
                    .iter()
                    .map(|folder| class_part(folder, "Folder")),
            )
            .chain([class_part(&item.name, "Request")]);
        let class_name = parts.collect::<Vec<_>>().join(".");
        let unique_name = unique(class_name.clone(), &mut self.used);
        let number = &unique_name[class_name.len()..];
        let iteration = self
            .several_iterations
            .then_some(execution.cursor.iteration + 1);
        let position = iteration.map_or(String::new(), |iteration| format!(" [{iteration}]"));
        Heading {
            id: self.next_id,
            name: format!("{}{number}{position}", name_text(&item.path(), "Request")),
            class_name: unique_name,
            iteration,
            time: self.last_time,
        }
    }

    fn add_suite(&mut self, suite: &Suite) -> io::Result<()> {
        self.next_id += 1;
        self.tally.add(suite.tally());
        self.suites.write_all(suite.to_xml().as_bytes())
    }

    fn end(&mut self, summary: &RunSummary) -> io::Result<()> {
        self.ended = true;
        let stopped = match summary.end {
            RunEnd::Completed | RunEnd::Bailed => None,
            RunEnd::Interrupted => Some(("Interrupted", "was interrupted")),
            RunEnd::TimedOut => Some(("TimedOut", "ran out of time")),
        };
        if let Some((kind, words)) = stopped {
            let heading = Heading {
                id: self.next_id,
                name: self.collection_name.clone(),
                class_name: class_part(&self.collection_name, "Collection"),
                iteration: None,
                time: self.last_time,
            };
            let message = format!(
                "the run {words} after {} of {} requests",
                self.executed, self.planned
            );
            self.add_suite(&Suite::of_error(heading, kind, &message))?;
        }
        self.write(summary.duration)
    }

    fn write(&mut self, duration: Duration) -> io::Result<()> {
        let mut start = Xml::default();
        let attributes = [
            ("name", self.collection_name.as_str()),
            ("tests", &self.tally.tests.to_string()),
            ("failures", &self.tally.failures.to_string()),
            ("errors", &self.tally.errors.to_string()),
            ("time", &seconds(duration)),
        ];
        start.open(0, "testsuites", &attributes);
        self.file
            .write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        self.file.write_all(start.into_text().as_bytes())?;
        self.suites.drain_into(&mut self.file)?;
        self.file.write_all(b"</testsuites>\n")
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.path.clone();
        Error::Export {
            reporter: NAME,
            source: files::Error::Write { path, source },
        }
    }
}
