//! Files to check, in a folder of their own.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::check::{CheckOptions, CheckResult, Target, check};
use crate::files::{Source, WorkingDir, write_atomically};
use crate::script::{JsEngine, Options};
use crate::variables::VariableScope;

/// Files in a folder, checked in the order in which they were added.
pub(super) struct Files {
    pub(super) folder: TempDir,
    pub(super) targets: Vec<Target>,
    pub(super) environment: VariableScope,
}

impl Files {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            targets: Vec::new(),
            environment: VariableScope::default(),
        }
    }

    pub(super) fn with(mut self, name: &str, content: impl ToString) -> Self {
        self = self.beside(name, content);
        let path = self.folder.path().join(name).display().to_string();
        self.targets.push(target(path));
        self
    }

    /// Adds a file that is not checked by itself.
    #[expect(clippy::disallowed_methods, reason = "tests have files of their own")]
    pub(super) fn beside(self, name: &str, content: impl ToString) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        write_atomically(&path, content.to_string().as_bytes()).unwrap();
        self
    }

    pub(super) fn check(self) -> CheckResult {
        let working_dir = Some(WorkingDir::new(self.folder.path(), true).unwrap());
        let options = CheckOptions {
            targets: self.targets,
            environment: self.environment,
            globals: VariableScope::default(),
            working_dir,
        };
        std::thread::scope(|scope| {
            std::thread::Builder::new()
                .stack_size(8 << 20)
                .spawn_scoped(scope, || {
                    check(&options, &mut JsEngine::new(Options::default()).unwrap())
                })
                .unwrap()
                .join()
                .unwrap()
        })
    }

    /// Each finding as `severity rule file:line: place: message`.
    pub(super) fn told(self) -> Vec<String> {
        let folder = format!("{}/", self.folder.path().display());
        let result = self.check();
        let lines = result.findings.iter().map(|finding| {
            let line = finding
                .place
                .map_or(String::new(), |place| format!(":{}", place.line));
            let names = [&finding.item, &finding.part].into_iter().flatten();
            let names: Vec<&str> = names.map(String::as_str).collect();
            format!(
                "{} {} {}{line}: {}: {}",
                finding.severity.name(),
                finding.rule.id(),
                finding.file,
                names.join(", "),
                finding.message
            )
            .replace(&folder, "")
        });
        lines.collect()
    }
}

pub(super) fn target(path: String) -> Target {
    Target::Source {
        source: Source::Path(path.into()),
        input: None,
    }
}

pub(super) fn collection(items: Value) -> Value {
    json!({"info": {"name": "C"}, "item": items})
}

pub(super) fn environment(values: Value) -> Value {
    json!({"name": "E", "values": values})
}

pub(super) fn scripted(source: &str) -> Value {
    let event = json!([{"listen": "test", "script": {"exec": source}}]);
    collection(json!([{"name": "A", "request": "http://h/{{v}}", "event": event}]))
}

pub(super) fn none() -> Vec<String> {
    Vec::new()
}
