//! Findings for people.

use crate::check::finding::{CheckResult, Finding, Severity};

/// A longer line of a script is cut around the place, in characters.
const SOURCE_WIDTH: usize = 80;

/// Each finding with its place, a line of the script where there is one, and a hint; the counts at the end.
pub(crate) fn to_text(result: &CheckResult) -> String {
    let mut text: String = result.findings.iter().map(finding).collect();
    text.push_str(&summary(result));
    text
}

fn finding(finding: &Finding) -> String {
    let mut text = format!(
        "{}[{}]: {}\n  --> {}\n",
        finding.severity.name(),
        finding.rule.id(),
        finding.message,
        place(finding)
    );
    if let Some(script) = &finding.script
        && let Some(source) = &script.source
    {
        text.push_str(&excerpt(source, script.column as usize));
    }
    if let Some(hint) = &finding.hint {
        text.push_str(&format!("  hint: {hint}\n"));
    }
    text.push('\n');
    text
}

fn place(finding: &Finding) -> String {
    let mut place = finding.file.clone();
    if let Some(found) = finding.place {
        place.push_str(&format!(":{}", found.line));
        if let Some(column) = found.column {
            place.push_str(&format!(":{column}"));
        }
    }
    let names = [&finding.item, &finding.part];
    for (position, name) in names.into_iter().flatten().enumerate() {
        place.push_str(if position == 0 { ": " } else { ", " });
        place.push_str(name);
    }
    if let Some(script) = &finding.script {
        place.push_str(&format!(", line {}, column {}", script.line, script.column));
    }
    place
}

fn excerpt(source: &str, column: usize) -> String {
    let before = column.saturating_sub(1);
    let start = before.saturating_sub(SOURCE_WIDTH / 2);
    let shown: String = source
        .chars()
        .skip(start)
        .take(SOURCE_WIDTH)
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    let indent = " ".repeat(before - start);
    format!("    {}\n    {indent}^\n", shown.trim_end())
}

fn summary(result: &CheckResult) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (result.count(severity), severity.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name))
        .collect();
    let found = match counts.is_empty() {
        true => "nothing found".to_owned(),
        false => counts.join(", "),
    };
    format!("{found} in {}\n", counted(result.file_count, "file"))
}

fn counted(count: usize, name: &str) -> String {
    match count {
        1 => format!("1 {name}"),
        _ => format!("{count} {name}s"),
    }
}
