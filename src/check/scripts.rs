//! Scripts that are not JavaScript.

use super::credential::credential_in;
use super::finding::{Finding, ScriptLine};
use super::inputs::CollectionFile;
use super::level::Level;
use super::rule::CheckRule;
use crate::script::JsEngine;

/// Compiles every script that is switched on, and runs none.
pub(super) fn check(
    file: &CollectionFile,
    levels: &[Level<'_>],
    engine: &mut JsEngine,
    findings: &mut Vec<Finding>,
) {
    for level in levels {
        for event in level.events.iter().filter(|event| !event.disabled) {
            let Some(error) = engine.check(event, level.name) else {
                continue;
            };
            let line = error.place.map(|place| ScriptLine {
                line: place.line,
                column: place.column,
                source: Some(place.source_line).filter(|line| credential_in(line).is_none()),
            });
            // The engine may quote a word of the line.
            let message = match line.as_ref().is_some_and(|line| line.source.is_none()) {
                true => error.name,
                false => format!("{}: {}", error.name, error.message),
            };
            let number = line.as_ref().map(|line| line.line);
            let place = file.places.script_line(level.place, event, number);
            let finding = Finding::new(CheckRule::ScriptSyntax, &file.name, message);
            findings.push(
                finding
                    .at(place)
                    .item(level.path.as_deref())
                    .part(format!("the {} script", event.listen.name()))
                    .script(line),
            );
        }
    }
}
