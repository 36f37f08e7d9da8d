//! Places in the text of a file.
//!
//! In JSON they are exact. YAML is searched for the line of a name, because a place in it matters for
//! variables and rules only; what is doubtful in YAML was found with its line when it was read.

use super::lines::Lines;
use crate::collection::{Event, ScriptKind};
use crate::files::Source;
use crate::load::{JsonContent, JsonNode, Place};

/// A line, and the column where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FilePlace {
    /// Counted from 1.
    pub(crate) line: usize,
    /// Counted from 1, in characters.
    pub(crate) column: Option<usize>,
}

impl FilePlace {
    /// A whole line.
    pub(super) fn of_line(line: usize) -> Self {
        Self { line, column: None }
    }
}

impl From<Place> for FilePlace {
    fn from(place: Place) -> Self {
        Self {
            line: place.line,
            column: Some(place.column),
        }
    }
}

/// What of a request is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestPart {
    Method,
    Url,
    Headers,
    Body,
    Auth,
}

impl RequestPart {
    /// The members that hold it, in all formats.
    fn members(self) -> &'static [&'static str] {
        match self {
            Self::Method => &["method"],
            Self::Url => &["url", "queryParams", "pathVariableData", "pathVariables"],
            Self::Headers => &["header", "headerData", "headers"],
            Self::Body => &["body", "data", "rawModeData", "graphqlModeData"],
            Self::Auth => &["auth", "helperAttributes"],
        }
    }
}

/// Finds values in a file; of one that cannot be read no place is known.
#[derive(Debug, Default)]
pub(super) struct Places {
    root: Option<JsonNode>,
    lines: Lines,
}

impl Places {
    /// Reads the file once more.
    pub(super) fn of(source: &Source) -> Self {
        let text = source.read_text().unwrap_or_default();
        Self {
            root: JsonNode::parse(&text),
            lines: Lines::of(text),
        }
    }

    /// The file, if it is JSON.
    pub(super) fn root(&self) -> Option<&JsonNode> {
        self.root.as_ref()
    }

    /// The name of the folder or request at this path, or where it begins.
    pub(super) fn node(&self, path: &str) -> Option<FilePlace> {
        let node = self.root.as_ref()?.at(path)?;
        let mut members = node.members().iter();
        let name = members.find(|member| member.name == "name");
        Some(name.map_or(node.place, |name| name.place).into())
    }

    /// The variable of that name and value in the collection or folder at this path.
    pub(super) fn variable(&self, path: &str, name: &str, value: &str) -> Option<FilePlace> {
        let entries = variables(self.root.as_ref()?.at(path)?);
        let mut found = entries.filter(|entry| is_named(entry, name));
        let first = found.clone().next()?;
        let exact = found.find(|entry| entry.get("value").and_then(JsonNode::text) == Some(value));
        Some(exact.unwrap_or(first).place.into())
    }

    /// As [`Places::variable`]; the second one of that name that is switched on.
    pub(super) fn second_variable(&self, path: &str, name: &str) -> Option<FilePlace> {
        let entries = variables(self.root.as_ref()?.at(path)?);
        let mut found = entries.filter(|entry| is_named(entry, name) && is_enabled(entry));
        Some(found.nth(1)?.place.into())
    }

    /// The variable of that name and value in an environment or globals.
    pub(super) fn scope_variable(&self, name: &str, value: &str) -> Option<FilePlace> {
        let Some(root) = &self.root else {
            return self.lines.variable(name, false).map(FilePlace::of_line);
        };
        let mut found = scope_entries(root).iter().filter(|it| is_named(it, name));
        let first = found.clone().next()?;
        let exact = found.find(|entry| entry.get("value").and_then(JsonNode::text) == Some(value));
        Some(exact.unwrap_or(first).place.into())
    }

    /// As [`Places::scope_variable`]; the second one of that name that is switched on.
    pub(super) fn second_scope_variable(&self, name: &str) -> Option<FilePlace> {
        let Some(root) = &self.root else {
            return self.lines.variable(name, true).map(FilePlace::of_line);
        };
        let mut found = scope_entries(root)
            .iter()
            .filter(|entry| is_named(entry, name) && is_enabled(entry));
        Some(found.nth(1)?.place.into())
    }

    /// The rule for that request in a rules file.
    pub(super) fn rule(&self, request: &str) -> Option<FilePlace> {
        self.lines.rule(request).map(FilePlace::of_line)
    }

    /// The first value in a part of the request at this path that is as wanted, else the part, else the
    /// request. An authorization may be inherited.
    pub(super) fn in_request(
        &self,
        path: &str,
        part: RequestPart,
        is_wanted: &dyn Fn(&JsonNode) -> bool,
    ) -> Option<FilePlace> {
        let root = self.root.as_ref()?;
        let item = root.at(path)?;
        let request = item.get("request").unwrap_or(item);
        let mut holders: Vec<&JsonNode> = held_by(request, part).collect();
        if part == RequestPart::Url && request.text().is_some() {
            holders.push(request);
        }
        if part == RequestPart::Auth {
            let outer = outer_paths(path).filter_map(|path| root.at(path));
            holders.extend(outer.flat_map(|node| held_by(node, part)));
        }
        let mut found = holders.iter().filter_map(|it| first(it, part, is_wanted));
        match found.next().or_else(|| holders.first().copied()) {
            Some(node) => Some(node.place.into()),
            None => self.node(path),
        }
    }

    /// The line of a script; without one, the script.
    pub(super) fn script_line(
        &self,
        path: &str,
        event: &Event,
        line: Option<u32>,
    ) -> Option<FilePlace> {
        let script = self.script(path, event)?;
        let mut left = line.unwrap_or_default();
        let elements = script.elements().iter();
        // What is no text is no line of the script.
        for (element, text) in elements.filter_map(|it| Some((it, it.text()?))) {
            match u32::try_from(text.split('\n').count()) {
                Ok(count) if count < left => left -= count,
                _ if left > 0 => return Some(element.place.into()),
                _ => break,
            }
        }
        Some(script.place.into())
    }

    /// The first line of a script that is as wanted, else the script.
    pub(super) fn in_script(
        &self,
        path: &str,
        event: &Event,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Option<FilePlace> {
        let script = self.script(path, event)?;
        let mut elements = script.elements().iter();
        let found = elements.find(|element| element.text().is_some_and(&is_wanted));
        Some(found.unwrap_or(script).place.into())
    }

    fn script(&self, path: &str, event: &Event) -> Option<&JsonNode> {
        let level = self.root.as_ref()?.at(path)?;
        let of_events = ["event", "events"]
            .into_iter()
            .filter_map(|name| level.get(name))
            .flat_map(JsonNode::elements)
            .filter(|it| it.get("listen").and_then(JsonNode::text) == Some(event.listen.name()))
            .filter_map(|it| it.get("script"))
            .map(|script| script.get("exec").unwrap_or(script));
        let older = match event.listen {
            ScriptKind::Prerequest => "preRequestScript",
            ScriptKind::Test => "tests",
        };
        of_events
            .chain(level.get(older))
            .find(|script| source(script).as_deref() == Some(&event.script.source))
    }
}

/// The text of a script, as a run reads it.
fn source(script: &JsonNode) -> Option<String> {
    match &script.content {
        JsonContent::Text(text) => Some(text.replace("\r\n", "\n")),
        JsonContent::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(JsonNode::text).collect();
            Some(lines.join("\n"))
        }
        _ => None,
    }
}

/// Of a body and an authorization only what their mode or type names counts.
fn held_by(request: &JsonNode, part: RequestPart) -> impl Iterator<Item = &JsonNode> {
    let members = part.members().iter();
    members.filter_map(|name| request.get(name)).map(|node| {
        let kind = node.get("mode").or_else(|| node.get("type"));
        let content = kind
            .and_then(JsonNode::text)
            .and_then(|kind| node.get(kind));
        content.unwrap_or(node)
    })
}

/// The paths of all that is around, from the inside out.
fn outer_paths(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        let end = path.rfind(['.', '[']).or((!path.is_empty()).then_some(0))?;
        Some(&path[..end])
    })
    .skip(1)
}

/// The first value below and including a node, without what a run does not look at.
fn first<'node>(
    node: &'node JsonNode,
    part: RequestPart,
    is_wanted: &dyn Fn(&JsonNode) -> bool,
) -> Option<&'node JsonNode> {
    if !is_enabled(node) {
        return None;
    }
    if is_wanted(node) {
        return Some(node);
    }
    let is_ignored =
        |name: &str| name == "description" || name == "raw" && part == RequestPart::Url;
    let members = node.members().iter();
    let members = members.filter(|member| !is_ignored(&member.name));
    let inner = members.map(|member| &member.value).chain(node.elements());
    inner
        .filter_map(|inner| first(inner, part, is_wanted))
        .next()
}

fn variables(level: &JsonNode) -> impl Iterator<Item = &JsonNode> + Clone {
    let list = level.get("variable").or_else(|| level.get("variables"));
    list.map(JsonNode::elements).unwrap_or_default().iter()
}

/// The list itself, or the one in an export, which an answer of Postman's API wraps once or twice.
fn scope_entries(root: &JsonNode) -> &[JsonNode] {
    let mut node = root;
    for _ in 0..2 {
        let wrapped = node.get("environment").or_else(|| node.get("globals"));
        match wrapped {
            Some(wrapped) if node.get("values").is_none() => node = wrapped,
            _ => break,
        }
    }
    node.get("values").unwrap_or(node).elements()
}

/// Whether an entry of a list has this key.
pub(super) fn is_named(entry: &JsonNode, name: &str) -> bool {
    entry.get("key").and_then(JsonNode::text) == Some(name)
}

fn is_enabled(entry: &JsonNode) -> bool {
    let is = |name: &str, flag: bool| {
        let value = entry.get(name).map(|value| &value.content);
        value == Some(&JsonContent::Bool(flag))
    };
    !is("disabled", true) && !is("enabled", false)
}
