//! From paths to findings.

use std::path::Path;

use super::finding::{CheckResult, Finding};
use super::inputs::{CollectionFile, Inputs};
use super::level::{Level, levels};
use super::rule::CheckRule;
use super::script_names::ScriptNames;
use super::{body_files, duplicates, scripts, secrets, undefined};
use crate::files::{Source, WorkingDir};
use crate::load::{Input, ScopeFile};
use crate::plan::{PlannedItem, plan_all, variable_scope};
use crate::script::JsEngine;
use crate::variables::{Dialect, VariableScope, VariableScopes};

/// Something to check.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// A file, a folder, or the content of one that is elsewhere.
    Source {
        /// Where it is.
        source: Source,
        /// What the user says that it is; otherwise that is found out.
        input: Option<Input>,
    },
    /// What could not be fetched.
    Unreachable {
        /// The name as the user wrote it.
        name: String,
        /// Why.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
}

/// What is checked, and how.
#[derive(Debug, Default)]
pub(crate) struct CheckOptions {
    /// The files and folders.
    pub(crate) targets: Vec<Target>,
    /// Variables of the environment beside those of files.
    pub(crate) environment: VariableScope,
    /// Variables of the globals beside those of files.
    pub(crate) globals: VariableScope,
    /// Where files of bodies are looked up; without one, as in a run, where the program was started and
    /// beside the collection.
    pub(crate) working_dir: Option<WorkingDir>,
}

/// Checks all targets together; nothing is sent and no script is run.
pub(crate) fn check(options: &CheckOptions, engine: &mut JsEngine) -> CheckResult {
    let mut inputs = Inputs::read(&options.targets);
    let mut findings = std::mem::take(&mut inputs.findings);
    let plans: Vec<Vec<PlannedItem>> = inputs
        .collections
        .iter()
        .map(|file| plan_all(&file.collection, Dialect::default()).items)
        .collect();
    for file in &inputs.scopes {
        duplicates::in_scope(file, &mut findings);
        secrets::in_scope(file, &mut findings);
    }
    for (file, items) in inputs.collections.iter().zip(&plans) {
        let mut found = Vec::new();
        let levels = levels(&file.collection);
        let items = placed(items, &levels);
        scripts::check(file, &levels, engine, &mut found);
        duplicates::in_collection(file, &levels, &mut found);
        secrets::in_collection(file, &levels, &mut found);
        if items.is_empty() {
            let message = "the collection holds no request";
            found.push(Finding::new(
                CheckRule::EmptyCollection,
                &file.name,
                message,
            ));
        }
        let names = Names {
            scopes: scopes(file, &inputs, options),
            set_in_run: ScriptNames::of(levels.iter().flat_map(|level| level.events)),
            captured: inputs
                .rules
                .iter()
                .flat_map(|file| file.rules.captured_variables())
                .collect(),
            is_complete: !inputs.scopes.is_empty()
                || options.environment.names().next().is_some()
                || options.globals.names().next().is_some(),
        };
        undefined::check(file, &items, names, &mut found);
        if let Some(working_dir) = working_dir(file, options) {
            let scopes = scopes(file, &inputs, options);
            body_files::check(file, &items, scopes, &working_dir, &mut found);
        }
        findings.append(&mut found);
    }
    rules(&inputs, &plans, &mut findings);
    sorted(findings, &inputs.files)
}

/// An item with the path to it in its JSON file.
pub(super) struct PlacedItem<'check> {
    pub(super) item: &'check PlannedItem,
    pub(super) place: &'check str,
}

/// What defines a name.
pub(super) struct Names<'inputs> {
    /// The files.
    pub(super) scopes: VariableScopes,
    /// The scripts.
    pub(super) set_in_run: ScriptNames,
    /// The rules.
    pub(super) captured: Vec<&'inputs str>,
    /// Whether all that defines names seems to be there.
    pub(super) is_complete: bool,
}

/// Several environments count as one: what each of them lacks is not told.
fn scopes(file: &CollectionFile, inputs: &Inputs, options: &CheckOptions) -> VariableScopes {
    let merged = |kind: ScopeFile, given: &VariableScope| {
        let files = inputs.scopes.iter().filter(|file| file.kind == kind);
        let scopes = files.map(|file| &file.scope).chain([given]);
        VariableScope::from_entries(scopes.flat_map(|scope| scope.entries().iter().cloned()))
    };
    VariableScopes {
        environment: merged(ScopeFile::Environment, &options.environment),
        globals: merged(ScopeFile::Globals, &options.globals),
        collection: variable_scope(&file.collection.variables, Dialect::default()),
        data: inputs.data.clone(),
        angle_variables: true,
        ..VariableScopes::default()
    }
}

fn working_dir(file: &CollectionFile, options: &CheckOptions) -> Option<WorkingDir> {
    if options.working_dir.is_some() {
        return options.working_dir.clone();
    }
    let started_in = WorkingDir::new(Path::new("."), true).ok()?;
    match &file.folder {
        Some(folder) => started_in.or_in(folder).ok(),
        None => Some(started_in),
    }
}

/// The levels that are requests stand in the order of the plan.
fn placed<'check>(
    items: &'check [PlannedItem],
    levels: &[Level<'check>],
) -> Vec<PlacedItem<'check>> {
    let requests = levels.iter().filter(|level| level.request.is_some());
    let placed = items.iter().zip(requests);
    placed
        .map(|(item, level)| PlacedItem {
            item,
            place: level.place,
        })
        .collect()
}

fn rules(inputs: &Inputs, plans: &[Vec<PlannedItem>], findings: &mut Vec<Finding>) {
    if inputs.collections.is_empty() {
        return;
    }
    let items: Vec<_> = plans
        .iter()
        .flatten()
        .map(|item| (*item.info).clone())
        .collect();
    for file in &inputs.rules {
        for error in file.rules.unknown_requests(&items) {
            let place = match &error {
                crate::rules::Error::UnknownRequest { request, .. } => file.places.rule(request),
                _ => None,
            };
            let finding =
                Finding::new(CheckRule::RuleWithoutRequest, &file.name, error.to_string());
            findings.push(finding.at(place).hint(Some(error.hint())));
        }
    }
}

/// A file of a YAML collection stands where the collection does.
fn sorted(mut findings: Vec<Finding>, files: &[String]) -> CheckResult {
    let position = |finding: &Finding| {
        files
            .iter()
            .position(|file| *file == finding.file)
            .or_else(|| {
                files
                    .iter()
                    .position(|file| Path::new(&finding.file).starts_with(file))
            })
    };
    findings.sort_by_key(|finding| (position(finding), std::cmp::Reverse(finding.severity)));
    let mut unique: Vec<&String> = files.iter().collect();
    unique.sort();
    unique.dedup();
    CheckResult {
        file_count: unique.len(),
        findings,
    }
}
