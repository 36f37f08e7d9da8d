//! Collecting rows and details while the run goes on.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use handlebars::Template;

use super::detail::{Omissions, detail};
use super::facts::{Facts, FirstFailures};
use super::packet::Packets;
use super::page::{PAGE, Packed, write_page};
use super::row::Row;
use super::template::{Failure, compile};
use crate::files::{self, AtomicFile, decode_text, export_path, read_bytes};
use crate::record::{Execution, RunEnd, RunEvent, RunSummary};
use crate::report::{Error, Options, Reporter};

/// The name on the command line.
pub(in crate::report) const NAME: &str = "html";

const ROWS_IN_A_PACKET: usize = 1000;
const DETAILS_IN_A_PACKET: usize = 50;
/// Once the details have this size, contents are left out of further ones: browsers have limits.
const DETAILS_BYTES: u64 = 48 * 1024 * 1024;

/// Writes the run as one HTML page.
pub(in crate::report) struct HtmlReporter {
    given_path: Option<PathBuf>,
    title: Option<String>,
    without_bodies: bool,
    template_path: Option<PathBuf>,
    /// Until the page is made.
    template: Option<Template>,
    report: Option<Report>,
}

struct Report {
    file: AtomicFile,
    path: PathBuf,
    packed: Packed,
    first_failures: FirstFailures,
    collection_name: String,
    started: SystemTime,
    without_bodies: bool,
    /// Counted here too, for a run whose end is never told.
    counted: RunSummary,
    end: Option<Arc<RunSummary>>,
}

impl HtmlReporter {
    /// Reads the template, so that a mistake in it is found before the run and not after.
    ///
    /// # Errors
    /// When there is a template of one's own that cannot be read.
    pub(in crate::report) fn new(options: &Options) -> Result<Self, Error> {
        let template_path = options.value(NAME, "template").map(PathBuf::from);
        let text = match &template_path {
            None => PAGE.to_owned(),
            Some(path) => decode_text(read_bytes(path).map_err(|source| Error::TemplateFile {
                reporter: NAME,
                source,
            })?),
        };
        let template = compile(&text).map_err(|source| Error::Template {
            reporter: NAME,
            path: template_path.clone().unwrap_or_default(),
            source,
        })?;
        Ok(Self {
            given_path: options.export(NAME).map(Path::to_owned),
            title: options.value(NAME, "title").map(str::to_owned),
            without_bodies: options.flag(NAME, "omit-bodies"),
            template_path,
            template: Some(template),
            report: None,
        })
    }
}

impl Reporter for HtmlReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        match (event, &mut self.report) {
            (
                RunEvent::RunStarted {
                    collection,
                    started,
                    ..
                },
                None,
            ) => {
                let path = export_path(self.given_path.as_deref(), "run-report", "html", *started);
                let mut report = Report::begin(path, collection.name.clone(), *started)?;
                report.without_bodies = self.without_bodies;
                self.report = Some(report);
            }
            (RunEvent::ItemFinished(execution), Some(report)) => {
                report
                    .add(execution)
                    .map_err(|source| report.failed(source))?;
            }
            (RunEvent::IterationFinished, Some(report)) => report.counted.add_iteration(),
            (RunEvent::RunFinished(summary), Some(report)) => {
                report.end = Some(Arc::clone(summary));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        let (Some(report), Some(template)) = (self.report.take(), self.template.take()) else {
            return Ok(());
        };
        let template_path = self.template_path.take().unwrap_or_default();
        report.finish(template, self.title.as_deref(), template_path)
    }
}

impl Report {
    fn begin(path: PathBuf, collection_name: String, started: SystemTime) -> Result<Self, Error> {
        let file = AtomicFile::create(&path).map_err(|source| Error::Export {
            reporter: NAME,
            source,
        })?;
        Ok(Self {
            file,
            packed: Packed {
                rows: Packets::new(&path, ROWS_IN_A_PACKET),
                details: Packets::new(&path, DETAILS_IN_A_PACKET),
            },
            path,
            first_failures: FirstFailures::default(),
            collection_name,
            started,
            without_bodies: false,
            counted: RunSummary::default(),
            end: None,
        })
    }

    fn add(&mut self, execution: &Execution) -> io::Result<()> {
        self.counted.add(execution);
        for sent in execution.requests() {
            let timings = sent.exchange.timings;
            self.counted.duration = (timings.started + timings.total)
                .duration_since(self.started)
                .unwrap_or(self.counted.duration);
        }
        let mut row = Row::of(execution, self.started);
        row.place = self.packed.details.next_place();
        self.first_failures.add(execution, &row);
        let is_full = self.packed.details.packed_bytes() >= DETAILS_BYTES;
        let omissions = Omissions {
            bodies: match (self.without_bodies, is_full) {
                (true, _) => Some("option"),
                (false, true) => Some("size"),
                (false, false) => None,
            },
        };
        let detail = detail(execution, &row, self.started, omissions);
        self.packed.details.push(&detail)?;
        self.packed.rows.push(&row)
    }

    fn finish(
        self,
        template: Template,
        title: Option<&str>,
        template_path: PathBuf,
    ) -> Result<(), Error> {
        let Self {
            mut file,
            path,
            packed,
            ..
        } = self;
        let interrupted;
        let summary = match &self.end {
            Some(summary) => summary,
            None => {
                interrupted = RunSummary {
                    end: RunEnd::Interrupted,
                    ..self.counted
                };
                &interrupted
            }
        };
        let facts = Facts {
            title: title.unwrap_or(&self.collection_name),
            collection_name: &self.collection_name,
            started: self.started,
            summary,
            first_failures: &self.first_failures,
        };
        match write_page(template, &facts.to_json(), packed, &mut file) {
            Ok(()) => file.commit().map_err(|source| Error::Export {
                reporter: NAME,
                source,
            }),
            Err(Failure::Write(source)) => Err(Error::Export {
                reporter: NAME,
                source: files::Error::Write { path, source },
            }),
            Err(Failure::Template(source)) => Err(Error::Template {
                reporter: NAME,
                path: template_path,
                source,
            }),
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.path.clone();
        Error::Export {
            reporter: NAME,
            source: files::Error::Write { path, source },
        }
    }
}
