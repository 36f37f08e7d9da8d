//! The loop over iterations and items.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::scope_report::scope_report;
use super::{Clock, Interrupt, Options};
use crate::files::WorkingDir;
use crate::http::Transport;
use crate::plan::RunPlan;
use crate::record::{
    CollectionInfo, EventSink, Execution, FailureKind, RunEnd, RunEvent, RunSummary,
};
use crate::redact::Secrets;
use crate::rules::RuleSet;
use crate::script::ScriptEngine;
use crate::suggest::nearest;
use crate::variables::{RowError, Rows, VariableScopes};

/// Something a user should know that is no failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    /// What.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

/// What a run leaves behind.
#[derive(Debug)]
pub(crate) struct RunResult {
    /// Counts, times and why it ended.
    pub(crate) summary: Arc<RunSummary>,
    /// Told once each, after the run.
    pub(crate) warnings: Vec<Warning>,
    /// Why the iteration data could not be read to its end, which ended the run.
    pub(crate) data_error: Option<RowError>,
}

/// Runs a plan; one runner serves one worker.
pub(crate) struct Runner<'run, T, E, S, C> {
    /// Carries the requests.
    pub(crate) transport: &'run T,
    /// Runs the scripts.
    pub(crate) engine: E,
    /// Is told what happens.
    pub(crate) sink: &'run mut S,
    /// Tells the time.
    pub(crate) clock: C,
    /// What to run.
    pub(crate) plan: &'run RunPlan,
    /// Captures and expectations beside the collection.
    pub(crate) rules: &'run RuleSet,
    /// Where the files of bodies are looked up.
    pub(crate) files: &'run WorkingDir,
    /// How to run it.
    pub(crate) options: &'run Options,
    /// Every value that must not be shown.
    pub(crate) secrets: Secrets,
    /// The user's wish to stop.
    pub(crate) interrupt: Interrupt,
    /// All variables, which change during the run.
    pub(crate) scopes: VariableScopes,
    /// The iteration data; the last row repeats when there are more iterations than rows.
    pub(crate) rows: Option<Rows>,
    /// What a user should be told when the run is over.
    pub(crate) notes: Notes,
}

/// Names that nobody knew, each with the first request that held it.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Names of variables.
    pub(super) unknown_variables: BTreeMap<String, String>,
    /// Names given to `setNextRequest`.
    pub(super) unknown_targets: BTreeMap<String, String>,
}

/// Where the run goes after an item.
enum Next {
    Item(usize),
    EndIteration,
    EndRun(RunEnd),
}

impl<T: Transport, E: ScriptEngine, S: EventSink, C: Clock> Runner<'_, T, E, S, C> {
    /// Runs everything and tells it; ends early at a failure that bails, at an interrupt, or when the
    /// time of the run is over.
    pub(crate) async fn run(self, collection: CollectionInfo) -> RunResult {
        let Some(limit) = self.options.timeout else {
            return self.run_all(collection).await;
        };
        let interrupt = self.interrupt.clone();
        let run = self.run_all(collection);
        tokio::pin!(run);
        tokio::select! {
            result = &mut run => return result,
            () = tokio::time::sleep(limit) => interrupt.set(RunEnd::TimedOut),
        }
        run.await
    }

    async fn run_all(mut self, collection: CollectionInfo) -> RunResult {
        let mut summary = RunSummary {
            started: Some(self.clock.now()),
            ..RunSummary::default()
        };
        let mut data_error = None;
        self.learn_secrets();
        self.sink.emit(RunEvent::RunStarted {
            collection: Arc::new(collection),
            iteration_count: self.options.iteration_count,
            item_count: self.plan.items.len(),
            started: self.clock.now(),
        });
        for iteration in 0..self.options.iteration_count {
            match self.rows.as_mut().and_then(Iterator::next) {
                None => {}
                Some(Ok(row)) => self.scopes.data = row,
                Some(Err(error)) => {
                    data_error = Some(error);
                    summary.end = RunEnd::Bailed;
                    break;
                }
            }
            self.sink.emit(RunEvent::IterationStarted {
                iteration,
                iteration_count: self.options.iteration_count,
            });
            summary.end = self.run_iteration(iteration, &mut summary).await;
            self.learn_secrets();
            summary.add_iteration();
            self.sink.emit(RunEvent::IterationFinished);
            if summary.end != RunEnd::Completed {
                break;
            }
        }
        summary.duration = self.clock.elapsed();
        let show_secrets = self.options.show_secrets;
        summary.environment = Arc::new(scope_report(
            &self.scopes.environment,
            "environment",
            show_secrets,
        ));
        summary.globals = Arc::new(scope_report(&self.scopes.globals, "globals", show_secrets));
        let summary = Arc::new(summary);
        self.sink.emit(RunEvent::RunFinished(Arc::clone(&summary)));
        RunResult {
            summary,
            warnings: self.warnings(),
            data_error,
        }
    }

    async fn run_iteration(&mut self, iteration: usize, summary: &mut RunSummary) -> RunEnd {
        let mut position = 0;
        while position < self.plan.items.len() {
            if !self.options.delay.is_zero() {
                tokio::select! {
                    () = tokio::time::sleep(self.options.delay) => {}
                    () = self.interrupt.wait() => {}
                }
            }
            if self.interrupt.is_set() {
                return self.interrupt.end();
            }
            let execution = self.run_item(iteration, position).await;
            self.learn_secrets();
            summary.add(&execution);
            let next = self.next(&execution, position);
            self.sink.emit(RunEvent::ItemFinished(Arc::new(execution)));
            match next {
                Next::Item(next) => position = next,
                Next::EndIteration => break,
                Next::EndRun(end) => return end,
            }
        }
        RunEnd::Completed
    }

    fn next(&mut self, execution: &Execution, position: usize) -> Next {
        if self.interrupt.is_set() {
            return Next::EndRun(self.interrupt.end());
        }
        let bails = execution
            .failures()
            .iter()
            .any(|failure| match failure.kind {
                FailureKind::Assertion => self.options.bail.on_assertion,
                FailureKind::Script(_) | FailureKind::Request => self.options.bail.on_error,
            });
        if bails {
            return Next::EndRun(RunEnd::Bailed);
        }
        match &execution.next_request {
            None => Next::Item(position + 1),
            Some(None) => Next::EndIteration,
            Some(Some(name)) if name.is_empty() => Next::EndIteration,
            Some(Some(name)) => match self.plan.position(name) {
                Some(next) => Next::Item(next),
                None => {
                    self.notes
                        .unknown_targets
                        .insert(name.clone(), execution.item.path());
                    Next::EndIteration
                }
            },
        }
    }

    /// What a variable of type `secret` holds now must not be shown from now on.
    pub(super) fn learn_secrets(&self) {
        for value in self.scopes.secret_values() {
            self.secrets.add(&value);
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        let variables = self
            .notes
            .unknown_variables
            .iter()
            .map(|(name, path)| Warning {
                message: format!("the variable `{name}` in `{path}` has no value"),
                hint: nearest(name, self.scopes.names_near(name))
                    .map(|near| format!("did you mean `{near}`?")),
            });
        let targets = self.notes.unknown_targets.iter().map(|(name, path)| Warning {
            message: format!(
                "`{path}` asked to continue with `{name}`, which is not in this run; the iteration ended there"
            ),
            hint: nearest(name, self.plan.items.iter().map(|item| item.info.name.as_str()))
                .map(|near| format!("did you mean `{near}`?")),
        });
        variables.chain(targets).collect()
    }
}
