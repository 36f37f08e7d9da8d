//! The loop over iterations and items.

use std::sync::Arc;

use super::item::{ItemRun, Place};
use super::scope_report::scope_report;
use super::{Clock, Surroundings};
use crate::http::Transport;
use crate::record::{
    CollectionInfo, EventSink, Execution, FailureKind, RunEnd, RunEvent, RunSummary,
};
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
    /// All variables as the run has left them.
    pub(crate) scopes: VariableScopes,
}

/// Runs a plan; one runner serves one worker.
pub(crate) struct Runner<'run, T, E, S, C> {
    /// What all items share.
    pub(crate) around: Surroundings<'run, T, E, C>,
    /// Runs the scripts.
    pub(crate) engine: E,
    /// Is told what happens.
    pub(crate) sink: &'run mut S,
    /// All variables, which change during the run.
    pub(crate) scopes: VariableScopes,
    /// The iteration data; the last row repeats when there are more iterations than rows.
    pub(crate) rows: Option<Rows>,
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
        let Some(limit) = self.around.options.timeout else {
            return self.run_all(collection).await;
        };
        let interrupt = self.around.interrupt.clone();
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
            started: Some(self.around.clock.now()),
            ..RunSummary::default()
        };
        let mut data_error = None;
        self.around.learn_secrets(&self.scopes);
        self.sink.emit(RunEvent::RunStarted {
            collection: Arc::new(collection),
            iteration_count: self.around.options.iteration_count,
            item_count: self.around.plan.items.len(),
            started: self.around.clock.now(),
        });
        // An empty selection, which is an error without --newman-compat, has no iterations (as newman 6.2.2).
        let iterations = match self.around.plan.items.is_empty() {
            true => 0,
            false => self.around.options.iteration_count,
        };
        for iteration in 0..iterations {
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
                iteration_count: self.around.options.iteration_count,
            });
            summary.end = self.run_iteration(iteration, &mut summary).await;
            self.around.learn_secrets(&self.scopes);
            summary.add_iteration();
            self.sink.emit(RunEvent::IterationFinished);
            if summary.end != RunEnd::Completed {
                break;
            }
        }
        summary.duration = self.around.clock.elapsed();
        let report = |scope, name| Arc::new(scope_report(scope, name, self.around.options));
        summary.environment = report(&self.scopes.environment, "environment");
        summary.globals = report(&self.scopes.globals, "globals");
        let summary = Arc::new(summary);
        self.sink.emit(RunEvent::RunFinished(Arc::clone(&summary)));
        RunResult {
            summary,
            warnings: self.warnings(),
            data_error,
            scopes: self.scopes,
        }
    }

    async fn run_iteration(&mut self, iteration: usize, summary: &mut RunSummary) -> RunEnd {
        let mut position = 0;
        while position < self.around.plan.items.len() {
            if !self.around.options.delay.is_zero() {
                tokio::select! {
                    () = tokio::time::sleep(self.around.options.delay) => {}
                    () = self.around.interrupt.wait() => {}
                }
            }
            if self.around.interrupt.is_set() {
                return self.around.interrupt.end();
            }
            let execution = {
                let place = Place {
                    iteration,
                    position,
                    depth: 0,
                };
                let item = &self.around.plan.items[position];
                let run = ItemRun::new(
                    &self.around,
                    item,
                    place,
                    &mut self.engine,
                    &mut self.scopes,
                );
                self.sink.emit(RunEvent::ItemStarted {
                    cursor: run.cursor().clone(),
                    item: Arc::clone(&item.info),
                });
                run.run().await.0
            };
            self.around.learn_secrets(&self.scopes);
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
        if self.around.interrupt.is_set() {
            return Next::EndRun(self.around.interrupt.end());
        }
        let bails = execution
            .failures()
            .iter()
            .any(|failure| match failure.kind {
                FailureKind::Assertion => self.around.options.bail.on_assertion,
                FailureKind::Script(_) | FailureKind::Request => self.around.options.bail.on_error,
            });
        if bails {
            return Next::EndRun(RunEnd::Bailed);
        }
        match &execution.next_request {
            None => Next::Item(position + 1),
            Some(None) => Next::EndIteration,
            Some(Some(name)) if name.is_empty() => Next::EndIteration,
            Some(Some(name)) => match self.around.plan.position(name) {
                Some(next) => Next::Item(next),
                None => {
                    self.around
                        .notes
                        .unknown_targets
                        .insert(name.clone(), execution.item.path());
                    Next::EndIteration
                }
            },
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        let unknown = self.around.notes.unknown_variables.borrow();
        let variables = unknown.iter().map(|(name, path)| Warning {
            message: format!("the variable `{name}` in `{path}` has no value"),
            hint: nearest(name, self.scopes.names_near(name))
                .map(|near| format!("did you mean `{near}`?")),
        });
        let targets = self.around.notes.unknown_targets.iter().map(|(name, path)| Warning {
            message: format!(
                "`{path}` asked to continue with `{name}`, which is not in this run; the iteration ended there"
            ),
            hint: nearest(name, self.around.plan.items.iter().map(|item| item.info.name.as_str()))
                .map(|near| format!("did you mean `{near}`?")),
        });
        variables.chain(targets).collect()
    }
}
