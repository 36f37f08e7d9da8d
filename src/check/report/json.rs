//! Findings for programs; `docs/check.md` is the reference.

use serde_json::{Map, Value, json};

use crate::check::finding::{CheckResult, Finding, Severity};

/// The findings with their counts, as one object.
pub(crate) fn to_json(result: &CheckResult) -> String {
    let findings: Vec<Value> = result.findings.iter().map(finding).collect();
    let object = json!({
        "version": 1,
        "files": result.file_count,
        "counts": {
            "error": result.count(Severity::Error),
            "warning": result.count(Severity::Warning),
            "note": result.count(Severity::Note),
        },
        "findings": findings,
    });
    format!("{object:#}\n")
}

/// What is not known is left out.
fn finding(finding: &Finding) -> Value {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| {
        if !value.is_null() {
            object.insert(key.to_owned(), value);
        }
    };
    set("severity", json!(finding.severity.name()));
    set("rule", json!(finding.rule.id()));
    set("file", json!(finding.file));
    set("line", json!(finding.place.map(|place| place.line)));
    set(
        "column",
        json!(finding.place.and_then(|place| place.column)),
    );
    set("item", json!(finding.item));
    set("part", json!(finding.part));
    if let Some(script) = &finding.script {
        let mut place = json!({ "line": script.line, "column": script.column });
        if let Some(source) = &script.source {
            place["source"] = json!(source);
        }
        set("script", place);
    }
    set("message", json!(finding.message));
    set("hint", json!(finding.hint));
    Value::Object(object)
}
