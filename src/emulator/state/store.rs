//! Everything that has been started or changed since the start.

use std::collections::HashMap;

use time::OffsetDateTime;
use uuid::Uuid;

use super::pace::Pace;
use super::trigger::{TriggerRun, TriggerState};
use super::{
    Batch, BatchRequest, NotebookRequest, NotebookRun, PipelineRun, SqlPoolGoal, SqlPoolState,
};
use crate::emulator::scenario::{SqlPool, Trigger};

/// Workspace and name of something that a workspace holds.
type Place = (String, String);

/// Holds what goes on in every workspace, in memory only.
#[derive(Default)]
pub(in crate::emulator) struct Store {
    pace: Pace,
    runs: Vec<PipelineRun>,
    run_places: HashMap<Uuid, usize>,
    /// Latest run of each group.
    latest: HashMap<Uuid, usize>,
    /// Batches by workspace and pool, each at the index that is its id.
    batches: HashMap<Place, Vec<Batch>>,
    notebook_runs: HashMap<Uuid, NotebookRun>,
    triggers: HashMap<Place, TriggerState>,
    trigger_runs: Vec<TriggerRun>,
    sql_pools: HashMap<Place, SqlPoolState>,
    sql_pool_operations: HashMap<Uuid, Place>,
}

impl Store {
    pub(in crate::emulator) fn new(pace: Pace) -> Self {
        Self {
            pace,
            ..Self::default()
        }
    }

    /// Lets the time that has passed take effect, where things move by time.
    pub(in crate::emulator) fn pass(&mut self, now: OffsetDateTime) {
        let pace = self.pace;
        if pace == Pace::Looks {
            return;
        }
        self.runs.iter_mut().for_each(|run| pace.pass(run, now));
        self.batches
            .values_mut()
            .flatten()
            .for_each(|batch| pace.pass(batch, now));
        self.notebook_runs
            .values_mut()
            .for_each(|run| pace.pass(run, now));
        self.sql_pools
            .values_mut()
            .for_each(|pool| pace.pass(pool, now));
    }

    /// Adds a run, which becomes the latest of its group.
    pub(in crate::emulator) fn add_run(&mut self, mut run: PipelineRun, now: OffsetDateTime) {
        self.pace.begin(&mut run, now);
        let place = self.runs.len();
        if let Some(before) = self.latest.insert(run.group, place) {
            self.runs[before].is_latest = false;
        }
        self.run_places.insert(run.id, place);
        self.runs.push(run);
    }

    pub(in crate::emulator) fn run(&self, workspace: &str, id: Uuid) -> Option<&PipelineRun> {
        let place = *self.run_places.get(&id)?;
        self.runs
            .get(place)
            .filter(|run| run.workspace == workspace)
    }

    /// A run that somebody looks at.
    pub(in crate::emulator) fn look_at_run(
        &mut self,
        workspace: &str,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Option<&PipelineRun> {
        let pace = self.pace;
        let run = self.run_mut(workspace, id)?;
        pace.look(run, now);
        Some(run)
    }

    /// Asks for the end of a run; gives nothing where there is none.
    pub(in crate::emulator) fn cancel_run(
        &mut self,
        workspace: &str,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Option<()> {
        let pace = self.pace;
        let run = self.run_mut(workspace, id)?;
        if run.cancel(now) {
            pace.begin(run, now);
        }
        Some(())
    }

    fn run_mut(&mut self, workspace: &str, id: Uuid) -> Option<&mut PipelineRun> {
        let place = *self.run_places.get(&id)?;
        self.runs
            .get_mut(place)
            .filter(|run| run.workspace == workspace)
    }

    /// Whether any workspace has a run with this id.
    pub(in crate::emulator) fn has_run(&self, id: Uuid) -> bool {
        self.run_places.contains_key(&id)
    }

    /// Runs of a workspace, oldest first.
    pub(in crate::emulator) fn runs(&self, workspace: &str) -> impl Iterator<Item = &PipelineRun> {
        self.runs
            .iter()
            .filter(move |run| run.workspace == workspace)
    }

    /// Adds a batch under the next id of its pool; the first is 0.
    pub(in crate::emulator) fn add_batch(
        &mut self,
        request: BatchRequest,
        now: OffsetDateTime,
    ) -> &Batch {
        let batches = self
            .batches
            .entry((request.workspace.clone(), request.pool.clone()))
            .or_default();
        let id = batches.len();
        batches.push(Batch::new(id, request, now));
        &batches[id]
    }

    /// Batches of a pool, oldest first.
    pub(in crate::emulator) fn batches(&self, workspace: &str, pool: &str) -> &[Batch] {
        self.batches
            .get(&place(workspace, pool))
            .map_or(&[], Vec::as_slice)
    }

    /// A batch that somebody looks at.
    pub(in crate::emulator) fn look_at_batch(
        &mut self,
        workspace: &str,
        pool: &str,
        id: usize,
        now: OffsetDateTime,
    ) -> Option<&Batch> {
        let pace = self.pace;
        let batch = self.batch_mut(workspace, pool, id)?;
        pace.look(batch, now);
        Some(batch)
    }

    pub(in crate::emulator) fn batch_mut(
        &mut self,
        workspace: &str,
        pool: &str,
        id: usize,
    ) -> Option<&mut Batch> {
        self.batches.get_mut(&place(workspace, pool))?.get_mut(id)
    }

    /// Starts a notebook run; one that is there already stays as it is.
    pub(in crate::emulator) fn add_notebook_run(
        &mut self,
        request: NotebookRequest,
        now: OffsetDateTime,
    ) -> &NotebookRun {
        let session = self.notebook_runs.len();
        self.notebook_runs
            .entry(request.id)
            .or_insert_with(|| NotebookRun::new(request, session, now))
    }

    pub(in crate::emulator) fn look_at_notebook_run(
        &mut self,
        workspace: &str,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Option<&NotebookRun> {
        let pace = self.pace;
        let run = self.notebook_run_mut(workspace, id)?;
        pace.look(run, now);
        Some(run)
    }

    pub(in crate::emulator) fn notebook_run_mut(
        &mut self,
        workspace: &str,
        id: Uuid,
    ) -> Option<&mut NotebookRun> {
        self.notebook_runs
            .get_mut(&id)
            .filter(|run| run.request.workspace == workspace)
    }

    /// The state of a trigger, which begins as its workspace has it.
    pub(in crate::emulator) fn trigger_mut(
        &mut self,
        workspace: &str,
        trigger: &Trigger,
    ) -> &mut TriggerState {
        self.triggers
            .entry(place(workspace, &trigger.name))
            .or_insert_with(|| TriggerState::new(trigger.is_started))
    }

    pub(in crate::emulator) fn add_trigger_run(&mut self, run: TriggerRun) {
        self.trigger_runs.push(run);
    }

    /// Firings of a workspace's triggers, oldest first.
    pub(in crate::emulator) fn trigger_runs(
        &self,
        workspace: &str,
    ) -> impl Iterator<Item = &TriggerRun> {
        self.trigger_runs
            .iter()
            .filter(move |run| run.workspace == workspace)
    }

    /// The state of a pool, which begins as its workspace has it.
    pub(in crate::emulator) fn sql_pool_mut(
        &mut self,
        workspace: &str,
        pool: &SqlPool,
        now: OffsetDateTime,
    ) -> &mut SqlPoolState {
        self.sql_pools
            .entry(place(workspace, &pool.name))
            .or_insert_with(|| SqlPoolState::new(&pool.level, pool.is_paused, now))
    }

    pub(in crate::emulator) fn look_at_sql_pool(
        &mut self,
        workspace: &str,
        pool: &SqlPool,
        now: OffsetDateTime,
    ) -> &SqlPoolState {
        let pace = self.pace;
        let state = self.sql_pool_mut(workspace, pool, now);
        pace.look(state, now);
        state
    }

    /// Begins an operation on a pool, and gives its id.
    pub(in crate::emulator) fn change_sql_pool(
        &mut self,
        workspace: &str,
        pool: &SqlPool,
        goal: SqlPoolGoal,
        now: OffsetDateTime,
    ) -> Uuid {
        let id = Uuid::new_v4();
        let pace = self.pace;
        let state = self.sql_pool_mut(workspace, pool, now);
        state.begin(id, goal, now);
        pace.begin(state, now);
        self.sql_pool_operations
            .insert(id, place(workspace, &pool.name));
        id
    }

    /// Name of the pool that an operation of a workspace is about.
    pub(in crate::emulator) fn sql_pool_of(&self, workspace: &str, id: Uuid) -> Option<&str> {
        self.sql_pool_operations
            .get(&id)
            .filter(|(owner, _)| owner == workspace)
            .map(|(_, pool)| pool.as_str())
    }
}

fn place(workspace: &str, name: &str) -> Place {
    (workspace.to_owned(), name.to_owned())
}
