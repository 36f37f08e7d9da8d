//! Reading everything that is checked together.

use std::error::Error as StdError;
use std::path::{Path, PathBuf};

use super::finding::{Finding, Severity};
use super::places::{FilePlace, Places};
use super::rule::CheckRule;
use super::{Target, members};
use crate::collection::Collection;
use crate::files::{Source, is_folder, list_folder};
use crate::load::{
    self, Input, Notice, ScopeFile, collection_folder, load_collection, load_iteration_data,
    load_rules, load_scope, recognize,
};
use crate::rules::RuleSet;
use crate::variables::{Dialect, Value, VariableScope};

/// How deep folders are searched for files.
const DEPTH_LIMIT: usize = 20;

/// A collection with the path it was read from.
pub(super) struct CollectionFile {
    pub(super) name: String,
    pub(super) collection: Collection,
    /// The folder that it is or stands in, where relative paths may begin.
    pub(super) folder: Option<PathBuf>,
    pub(super) places: Places,
}

/// An environment or globals.
pub(super) struct VariableFile {
    pub(super) name: String,
    pub(super) kind: ScopeFile,
    pub(super) scope: VariableScope,
    pub(super) places: Places,
}

/// A rules file.
pub(super) struct RulesFile {
    pub(super) name: String,
    pub(super) rules: RuleSet,
    pub(super) places: Places,
}

/// All files, and what was found while they were read.
#[derive(Default)]
pub(super) struct Inputs {
    pub(super) collections: Vec<CollectionFile>,
    pub(super) scopes: Vec<VariableFile>,
    pub(super) rules: Vec<RulesFile>,
    /// The first row of the iteration data, with the names of all rows.
    pub(super) data: VariableScope,
    pub(super) findings: Vec<Finding>,
    /// The names of all files in the order in which they were read.
    pub(super) files: Vec<String>,
}

impl Inputs {
    /// Reads all targets; what cannot be read becomes a finding.
    pub(super) fn read(targets: &[Target]) -> Self {
        let mut inputs = Self::default();
        for target in targets {
            match target {
                Target::Source {
                    source,
                    input: Some(input),
                } => inputs.load(source, *input),
                Target::Source { source, .. } => inputs.named(source),
                Target::Unreachable {
                    name,
                    message,
                    hint,
                } => {
                    inputs.files.push(name.clone());
                    let finding = Finding::new(CheckRule::CannotRead, name, message.as_str());
                    inputs.findings.push(finding.hint(hint.clone()));
                }
            }
        }
        inputs
    }

    fn named(&mut self, source: &Source) {
        match (recognize(source), source) {
            (Ok(Some(input)), _) => self.load(source, input),
            (Ok(None), Source::Path(path)) if is_folder(path) => {
                let before = self.files.len();
                self.folder(path, 0);
                if self.files.len() == before {
                    let message = "the folder holds no file that a run could use";
                    self.unknown(source, message, Severity::Error);
                }
            }
            (Ok(None), _) => {
                let message =
                    "the file is no collection, environment, globals, rules file or iteration data";
                self.unknown(source, message, Severity::Error);
            }
            (Err(error), _) => self.failed(source, &error),
        }
    }

    /// A folder that is no collection: its files and folders one by one.
    fn folder(&mut self, path: &Path, depth: usize) {
        // The folder was listed before; one that is gone by now holds nothing.
        for entry in list_folder(path).unwrap_or_default() {
            let is_hidden = entry.name.starts_with('.');
            let extension = Path::new(&entry.name).extension().unwrap_or_default();
            let extension = extension.to_string_lossy().to_ascii_lowercase();
            let is_input = ["json", "yaml", "yml", "csv", "jsonl", "ndjson"].contains(&&*extension);
            if is_hidden || depth > DEPTH_LIMIT || !(entry.is_folder || is_input) {
                continue;
            }
            let source = Source::Path(entry.path.clone());
            match recognize(&source) {
                Ok(Some(input)) => self.load(&source, input),
                Ok(None) if entry.is_folder => self.folder(&entry.path, depth + 1),
                Ok(None) => {
                    let message = "the file is none of the inputs of a run and is left out";
                    self.unknown(&source, message, Severity::Note);
                }
                Err(error) => self.failed(&source, &error),
            }
        }
    }

    fn load(&mut self, source: &Source, input: Input) {
        let name = source.to_string();
        self.files.push(name.clone());
        let loaded = match input {
            Input::Collection => self.collection(source, name),
            Input::Environment => self.scope(source, name, ScopeFile::Environment),
            Input::Globals => self.scope(source, name, ScopeFile::Globals),
            Input::Rules => self.rules(source, name),
            Input::IterationData => self.data(source),
            // Both say nothing about a collection, and `recognize` looks for neither.
            Input::CookieJar | Input::ClientCertificates => Ok(()),
            Input::Scenario => load::load_scenario(source).map(drop),
        };
        if let Err(error) = loaded {
            self.error(source, &error);
        }
    }

    fn collection(&mut self, source: &Source, name: String) -> Result<(), load::Error> {
        let places = Places::of(source);
        // Before it is loaded: a wrong name may be the reason why that does not work.
        if let Some(root) = places.root() {
            members::in_collection(&name, root, &mut self.findings);
        }
        let (collection, notices) = load_collection(source, Dialect::default())?;
        self.notices(notices);
        self.collections.push(CollectionFile {
            name,
            collection,
            places,
            folder: collection_folder(source),
        });
        Ok(())
    }

    fn scope(&mut self, source: &Source, name: String, kind: ScopeFile) -> Result<(), load::Error> {
        let places = Places::of(source);
        if let Some(root) = places.root() {
            members::in_scope(&name, root, &mut self.findings);
        }
        let (scope, notices) = load_scope(kind, source, Dialect::default())?;
        self.notices(notices);
        self.scopes.push(VariableFile {
            name,
            kind,
            scope,
            places,
        });
        Ok(())
    }

    fn rules(&mut self, source: &Source, name: String) -> Result<(), load::Error> {
        let rules = load_rules(source)?;
        self.rules.push(RulesFile {
            name,
            rules,
            places: Places::of(source),
        });
        Ok(())
    }

    fn data(&mut self, source: &Source) -> Result<(), load::Error> {
        for row in load_iteration_data(source, Dialect::default())?
            .rows
            .flatten()
        {
            for entry in row.entries() {
                if self.data.get(&entry.key).is_none() {
                    // A null leaves the token as it is in that row only.
                    let value = match &entry.value {
                        Value::Null => Value::Undefined,
                        value => value.clone(),
                    };
                    self.data.set(&entry.key, value);
                }
            }
        }
        Ok(())
    }

    fn notices(&mut self, notices: Vec<Notice>) {
        self.findings.extend(notices.into_iter().map(|notice| {
            Finding::new(CheckRule::DoubtfulYaml, &notice.file, notice.message)
                .at(Some(FilePlace::of_line(notice.line)))
                .hint(notice.hint)
        }));
    }

    fn unknown(&mut self, source: &Source, message: &str, severity: Severity) {
        let name = source.to_string();
        let finding = Finding::new(CheckRule::UnknownFormat, &name, message).severity(severity);
        self.files.push(name);
        let hint = "name the files that `postrider run` takes, or folders that hold them";
        self.findings.push(finding.hint(Some(hint.to_owned())));
    }

    fn failed(&mut self, source: &Source, error: &load::Error) {
        self.files.push(source.to_string());
        self.error(source, error);
    }

    fn error(&mut self, source: &Source, error: &load::Error) {
        let rule = match error.is_unreadable() {
            true => CheckRule::CannotRead,
            false => CheckRule::CannotLoad,
        };
        // A broken file of a YAML collection is found where that collection is.
        let file = match source {
            Source::Path(path) if is_folder(path) => error.file().to_owned(),
            other => other.to_string(),
        };
        let finding = Finding::new(rule, &file, message(error));
        let place = error.line().map(|line| FilePlace {
            line,
            column: error.column(),
        });
        self.findings
            .push(finding.at(place).hint(Some(error.hint())));
    }
}

/// The error and its causes in one line each, without the excerpt of the file, which may be of a secret.
fn message(error: &load::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(current) = cause {
        let text = current.to_string();
        message.push_str(": ");
        message.push_str(text.lines().next().unwrap_or_default());
        cause = current.source();
    }
    message
}
