//! What all items of a run share.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Clock, Interrupt, Options, Person, TokenStore};
use crate::auth::{Memory, ReadVariable};
use crate::files::WorkingDir;
use crate::plan::{PlannedItem, RunPlan};
use crate::redact::Secrets;
use crate::rules::RuleSet;
use crate::script;
use crate::variables::VariableScopes;
use crate::vault::Vault;

/// Makes a script engine for a request that a script runs: the engine of the run is busy with that script.
pub(crate) type MakeEngine<'run, E> = &'run dyn Fn() -> Result<E, script::Error>;

/// Everything that items need and none of them changes, except for the notes and the memory.
pub(crate) struct Surroundings<'run, T, E, C> {
    /// Carries the requests.
    pub(crate) transport: &'run T,
    /// Makes further script engines.
    pub(crate) make_engine: MakeEngine<'run, E>,
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
    /// Where secrets come from, if the user named a vault.
    pub(crate) vault: Option<&'run Vault>,
    /// What a user should be told when the run is over.
    pub(crate) notes: Notes,
    /// What servers have asked for.
    pub(crate) memory: RefCell<Memory>,
    /// The tokens that requests have needed.
    pub(crate) tokens: &'run TokenStore,
    /// Who may be asked to log in.
    pub(crate) person: &'run Person,
    /// Reads the environment variables of the platform.
    pub(crate) platform: ReadVariable,
}

/// Names that nobody knew, each with the first request that held it.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Names of variables.
    pub(super) unknown_variables: RefCell<BTreeMap<String, String>>,
    /// Names given to `setNextRequest`.
    pub(super) unknown_targets: BTreeMap<String, String>,
}

impl Notes {
    /// Remembers variables that nobody knew.
    pub(super) fn add_unknown_variables(&self, names: BTreeSet<String>, item: &PlannedItem) {
        let mut known = self.unknown_variables.borrow_mut();
        for name in names {
            known.entry(name).or_insert_with(|| item.info.path());
        }
    }
}

impl<T, E, C: Clock> Surroundings<'_, T, E, C> {
    /// What a variable of type `secret` holds now must not be shown from now on.
    pub(super) fn learn_secrets(&self, scopes: &VariableScopes) {
        for value in scopes.secret_values() {
            self.secrets.add(&value);
        }
    }

    /// A script must not outlive the run (as newman 6.2.2).
    pub(super) fn script_timeout(&self) -> Option<Duration> {
        let left = self
            .options
            .timeout
            .map(|limit| limit.saturating_sub(self.clock.elapsed()));
        self.options.script_timeout.into_iter().chain(left).min()
    }
}
