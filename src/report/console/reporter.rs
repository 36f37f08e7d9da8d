//! Following a run.

use std::time::SystemTime;

use super::failures::FailureList;
use super::screen::Screen;
use super::style::Tone;
use super::text::one_line;
use super::{failures, steps, summary};
use crate::record::{Execution, ItemInfo, RunEnd, RunEvent, RunSummary};
use crate::report::output::Consoles;
use crate::report::{Error, Options, Reporter};

/// The name on the command line; it is newman's.
pub(in crate::report) const NAME: &str = "cli";

/// What of the picture is wanted, by newman's flags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) banner: bool,
    pub(super) assertions: bool,
    pub(super) passed_assertions: bool,
    pub(super) console: bool,
    pub(super) summary: bool,
    pub(super) failures: bool,
    pub(super) timestamps: bool,
    pub(super) exchanges: bool,
}

/// Draws the run as newman does, with more about what went wrong.
pub(in crate::report) struct ConsoleReporter {
    screen: Screen,
    parts: Parts,
    failures: FailureList,
    /// The folder that the last item was in.
    folder: Option<(String, Vec<String>)>,
    /// The item whose heading was drawn last.
    heading: Option<String>,
    several_iterations: bool,
    /// The time that was told last, for the timestamps of what carries no time.
    last_time: Option<SystemTime>,
}

impl ConsoleReporter {
    /// `None` when nothing is to be printed or another reporter has the console.
    pub(in crate::report) fn new(options: &Options, consoles: &mut Consoles) -> Option<Self> {
        let flag = |name| options.flag(NAME, name);
        if options.silent || flag("silent") {
            return None;
        }
        Some(Self {
            screen: Screen::new(consoles.take()?),
            parts: Parts {
                banner: !flag("no-banner"),
                assertions: !flag("no-assertions"),
                passed_assertions: !flag("no-success-assertions"),
                console: !flag("no-console"),
                summary: !flag("no-summary"),
                failures: !flag("no-failures"),
                timestamps: flag("show-timestamps"),
                exchanges: options.verbose,
            },
            failures: FailureList::default(),
            folder: None,
            heading: None,
            several_iterations: false,
            last_time: None,
        })
    }

    fn draw(&mut self, event: &RunEvent) {
        match event {
            RunEvent::RunStarted {
                collection,
                iteration_count,
                started,
                ..
            } => {
                self.several_iterations = *iteration_count > 1;
                self.last_time = Some(*started);
                if self.parts.banner {
                    self.screen.line("postrider\n");
                }
                let name = if collection.name.is_empty() {
                    &collection.id
                } else {
                    &collection.name
                };
                self.screen.line(&one_line(name));
            }
            RunEvent::IterationStarted {
                iteration,
                iteration_count,
            } if *iteration_count > 1 => {
                self.folder = None;
                self.screen.line("");
                let heading = format!("Iteration {}/{iteration_count}", iteration + 1);
                self.screen.toned_line(Tone::FaintHeading, 0, &heading);
            }
            RunEvent::ItemStarted { cursor, item } => self.draw_heading(&cursor.reference, item),
            RunEvent::ItemFinished(execution) => self.draw_execution(execution),
            RunEvent::RunFinished(summary) => self.draw_end(summary),
            RunEvent::IterationStarted { .. } | RunEvent::IterationFinished => {}
        }
    }

    fn draw_heading(&mut self, reference: &str, item: &ItemInfo) {
        let symbols = self.screen.symbols();
        let folder = (item.parent.0.clone(), item.folders.clone());
        if self.folder.as_ref() != Some(&folder) {
            if !item.folders.is_empty() {
                let names = one_line(&item.folders.join(" / "));
                self.screen.line(&format!("\n{} {names}", symbols.folder));
            } else {
                self.screen.line("");
            }
            self.folder = Some(folder);
        } else {
            self.screen.line("");
        }
        let symbol = if item.folders.is_empty() {
            symbols.root
        } else {
            symbols.sub
        };
        self.screen
            .line(&format!("{symbol} {}", one_line(&item.name)));
        self.heading = Some(reference.to_owned());
    }

    fn draw_execution(&mut self, execution: &Execution) {
        if self.heading.as_deref() != Some(&execution.cursor.reference) {
            self.draw_heading(&execution.cursor.reference, &execution.item);
        }
        for step in &execution.steps {
            let number = self.failures.add(step, execution, self.several_iterations);
            steps::draw(
                &mut self.screen,
                self.parts,
                step,
                number,
                &mut self.last_time,
            );
        }
        if execution.skipped {
            self.screen
                .toned_line(Tone::Hint, 2, "-  [skipped] request");
        }
        if let Some(Some(name)) = &execution.next_request {
            let line = format!("Attempting to set next request to {}", one_line(name));
            self.screen.line("");
            self.screen.toned_line(Tone::Faint, 0, &line);
        }
    }

    fn draw_end(&mut self, summary: &RunSummary) {
        let stopped = match summary.end {
            RunEnd::Completed => None,
            RunEnd::Bailed => Some("The run was stopped at a failure, as --bail asks."),
            RunEnd::Interrupted => Some("The run was interrupted."),
            RunEnd::TimedOut => Some("The run was stopped when its time was over (--timeout)."),
        };
        if let Some(stopped) = stopped {
            self.screen.line("");
            self.screen.toned_line(Tone::Warning, 0, stopped);
        }
        if self.parts.summary {
            self.screen.line("");
            summary::draw(&mut self.screen, summary);
        }
        if self.parts.failures && !self.failures.is_empty() {
            self.screen.line("");
            failures::draw(&mut self.screen, &self.failures);
        }
    }
}

impl Reporter for ConsoleReporter {
    fn handle(&mut self, event: &RunEvent) -> Result<(), Error> {
        self.draw(event);
        self.screen
            .flush()
            .map_err(|source| Error::Console { source })
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.screen
            .flush()
            .map_err(|source| Error::Console { source })
    }
}
