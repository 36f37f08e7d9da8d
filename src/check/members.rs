//! Members of JSON files that no run looks at.

use super::finding::{Finding, Severity};
use super::places::FilePlace;
use super::rule::CheckRule;
use super::shape::Shape;
use crate::load::{JsonContent, JsonMember, JsonNode};
use crate::suggest::nearest;

/// Tells each name once for each kind of object, with the first place; a name that is like another one is
/// probably a typing error, any other is a note.
pub(super) fn in_collection(name: &str, root: &JsonNode, findings: &mut Vec<Finding>) {
    let root = unwrapped(root, "collection", "item");
    let is_v1 = root.get("requests").is_some() && root.get("item").is_none();
    let shape = match is_v1 {
        true => Shape::CollectionV1,
        false => Shape::Collection,
    };
    tell(name, root, shape, findings);
}

/// As [`in_collection`], for an environment or globals.
pub(super) fn in_scope(name: &str, root: &JsonNode, findings: &mut Vec<Finding>) {
    let root = unwrapped(
        unwrapped(root, "environment", "values"),
        "globals",
        "values",
    );
    match root.content {
        JsonContent::Array(_) => {
            let mut unknown = Unknown::default();
            unknown.inner(root, Shape::ScopeVariable, "");
            findings.extend(unknown.list.into_iter().map(|it| it.finding(name)));
        }
        _ => tell(name, root, Shape::Scope, findings),
    }
}

fn tell(name: &str, root: &JsonNode, shape: Shape, findings: &mut Vec<Finding>) {
    let mut unknown = Unknown::default();
    unknown.object(root, shape, "");
    findings.extend(unknown.list.into_iter().map(|it| it.finding(name)));
}

/// What an answer of Postman's API wraps once or twice; what stands beside it is not looked at.
fn unwrapped<'node>(root: &'node JsonNode, wrapper: &str, content: &str) -> &'node JsonNode {
    let mut node = root;
    for _ in 0..2 {
        match node.get(wrapper) {
            Some(inner) if node.get(content).is_none() => node = inner,
            _ => break,
        }
    }
    node
}

/// The names that were found so far.
#[derive(Default)]
struct Unknown {
    list: Vec<UnknownMember>,
}

/// A name with the first object that has it.
struct UnknownMember {
    shape: Shape,
    name: String,
    place: FilePlace,
    item: String,
    count: usize,
    advice: Option<String>,
}

impl Unknown {
    fn object(&mut self, node: &JsonNode, shape: Shape, path: &str) {
        let shape = match shape {
            Shape::Node if node.get("item").is_some_and(|it| !it.is_null()) => Shape::Folder,
            Shape::Node => Shape::Item,
            other => other,
        };
        let path = match shape {
            Shape::Folder | Shape::Item | Shape::FolderV1 | Shape::RequestV1 => joined(path, node),
            _ => path.to_owned(),
        };
        for member in node.members() {
            if let Some(inner) = shape.inner(&member.name) {
                self.inner(&member.value, inner, &path);
            }
            if !shape.members().contains(&member.name.as_str()) {
                self.add(member, shape, &path);
            }
        }
    }

    /// One object or a list of them. The members of a map in place of a list are names of the user's.
    fn inner(&mut self, node: &JsonNode, shape: Shape, path: &str) {
        match &node.content {
            JsonContent::Array(elements) => {
                for element in elements {
                    self.object(element, shape, path);
                }
            }
            _ if shape.is_entry() => {}
            _ => self.object(node, shape, path),
        }
    }

    fn add(&mut self, member: &JsonMember, shape: Shape, path: &str) {
        let name = member.name.as_str();
        let known = self
            .list
            .iter_mut()
            .find(|known| known.shape == shape && known.name == name);
        if let Some(known) = known {
            known.count += 1;
            return;
        }
        let is_off = name == "enabled" && member.value.content == JsonContent::Bool(false);
        let advice = match shape {
            Shape::QueryParameter | Shape::Header | Shape::Field | Shape::Part if is_off => {
                Some("only `\"disabled\": true` switches it off".to_owned())
            }
            _ if shape.is_harmless(name) || member.value.is_empty() => return,
            _ => advice(shape, name),
        };
        if advice.is_some() || shape.is_current() {
            self.list.push(UnknownMember {
                shape,
                name: name.to_owned(),
                place: member.place.into(),
                item: path.to_owned(),
                count: 1,
                advice,
            });
        }
    }
}

fn joined(path: &str, node: &JsonNode) -> String {
    let name = node
        .get("name")
        .and_then(JsonNode::text)
        .unwrap_or_default();
    match path.is_empty() {
        true => name.to_owned(),
        false => format!("{path} / {name}"),
    }
}

/// What a member was meant to be, if that can be guessed.
fn advice(shape: Shape, name: &str) -> Option<String> {
    let mut neighbours = shape.neighbours().iter();
    if let Some(owner) = neighbours.find(|other| other.members().contains(&name)) {
        return Some(format!("`{name}` belongs in {}", owner.words()));
    }
    let near = nearest(name, shape.members().iter().copied())?;
    Some(format!("did you mean `{near}`?"))
}

impl UnknownMember {
    fn finding(self, file: &str) -> Finding {
        let what = self.shape.words();
        let others = match self.count {
            1 => String::new(),
            count => format!(", which stands in {count} places,"),
        };
        let message = format!(
            "`{}`{others} is no member of {what}; it is not used",
            self.name
        );
        let severity = match self.advice {
            Some(_) => Severity::Warning,
            None => Severity::Note,
        };
        Finding::new(CheckRule::UnknownMember, file, message)
            .severity(severity)
            .item(Some(self.item.as_str()).filter(|item| !item.is_empty()))
            .at(Some(self.place))
            .hint(self.advice)
    }
}
