//! All runs and batches since the start.

use std::collections::HashMap;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Batch, BatchRequest, PipelineRun};

/// Holds runs and batches of every workspace, in memory only.
#[derive(Default)]
pub(in crate::emulator) struct Store {
    runs: Vec<PipelineRun>,
    run_places: HashMap<Uuid, usize>,
    /// Latest run of each group.
    latest: HashMap<Uuid, usize>,
    /// Batches by workspace and pool, each at the index that is its id.
    batches: HashMap<(String, String), Vec<Batch>>,
}

impl Store {
    /// Adds a run, which becomes the latest of its group.
    pub(in crate::emulator) fn add_run(&mut self, run: PipelineRun) {
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

    pub(in crate::emulator) fn run_mut(
        &mut self,
        workspace: &str,
        id: Uuid,
    ) -> Option<&mut PipelineRun> {
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
            .get(&(workspace.to_owned(), pool.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    pub(in crate::emulator) fn batch_mut(
        &mut self,
        workspace: &str,
        pool: &str,
        id: usize,
    ) -> Option<&mut Batch> {
        self.batches
            .get_mut(&(workspace.to_owned(), pool.to_owned()))?
            .get_mut(id)
    }
}
