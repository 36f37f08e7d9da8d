//! Compares an observation with the facts, leaf by leaf.

use std::collections::HashMap;

use regex::Regex;
use serde_json::Value;

use crate::javascript::stringify;

/// One word of letters, digits and marks, as ids are.
const TOKEN: &str = r"^[\p{L}\p{N}\-_+/=%]+$";

/// Longest part of a value that is shown.
const LONGEST_SHOWN: usize = 70;

/// What a leaf has to be.
enum Fact {
    Same(Value),
    /// The pattern, and how it is shown.
    Like(Box<Regex>, String),
}

/// A line for each difference: path, request or item, both values.
pub(crate) fn compare(facts: &Value, observation: &Value) -> Vec<String> {
    let mut observation = observation.clone();
    align_wire(facts, &mut observation);

    let mut expected = Vec::new();
    flatten_facts(facts, String::new(), &mut expected);
    let mut actual = Vec::new();
    flatten(&observation, String::new(), &mut actual);

    let given: HashMap<&str, &Value> = actual
        .iter()
        .map(|(path, value)| (path.as_str(), value))
        .collect();
    let known: HashMap<&str, &Fact> = expected
        .iter()
        .map(|(path, fact)| (path.as_str(), fact))
        .collect();
    let mut lines = Vec::new();
    for (path, fact) in &expected {
        let value = given.get(path.as_str()).copied();
        let (is_met, shown) = match fact {
            Fact::Same(fact) => (value == Some(fact), stringify(fact)),
            Fact::Like(pattern, source) => {
                let text = value.and_then(Value::as_str);
                (
                    text.is_some_and(|text| pattern.is_match(text)),
                    stringify(&source.as_str().into()),
                )
            }
        };
        if !is_met {
            lines.push(line(path, facts, &shown, &shown_value(value)));
        }
    }
    for (path, value) in &actual {
        if !known.contains_key(path.as_str()) {
            lines.push(line(path, facts, "nothing", &stringify(value)));
        }
    }
    lines
}

fn shown_value(value: Option<&Value>) -> String {
    value.map_or("nothing".to_owned(), stringify)
}

/// Puts requests that were sent in another order, as concurrent ones may be, into the order of the facts.
fn align_wire(facts: &Value, observation: &mut Value) {
    let wanted = keys(facts);
    let given = keys(observation);
    let sorted = |keys: &[String]| {
        let mut keys = keys.to_vec();
        keys.sort();
        keys
    };
    let requests = observation.get_mut("wire").and_then(Value::as_array_mut);
    let Some(requests) = requests else {
        return;
    };
    if wanted == given || sorted(&wanted) != sorted(&given) {
        return;
    }
    let mut pool: Vec<_> = given.into_iter().zip(std::mem::take(requests)).collect();
    for key in wanted {
        let place = pool.iter().position(|(own, _)| *own == key);
        requests.extend(place.map(|place| pool.remove(place).1));
    }
}

fn keys(observation: &Value) -> Vec<String> {
    let requests = observation["wire"].as_array().into_iter().flatten();
    let keys = requests.map(|request| {
        let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let host = part(&request["headers"]["host"]);
        format!(
            "{} {host}{}",
            part(&request["method"]),
            part(&request["target"])
        )
    });
    keys.collect()
}

fn flatten_facts(facts: &Value, path: String, leaves: &mut Vec<(String, Fact)>) {
    let pattern = match facts {
        Value::String(text) if text == "<token>" => Some(TOKEN),
        Value::Object(parts) if parts.len() == 1 => parts.get("pattern").and_then(Value::as_str),
        _ => None,
    };
    if let Some(source) = pattern {
        let pattern = Regex::new(&format!("(?s){source}"))
            .unwrap_or_else(|error| panic!("{path}: the pattern is malformed: {error}"));
        leaves.push((path, Fact::Like(Box::new(pattern), source.to_owned())));
        return;
    }
    walk(facts, &path, &mut |path, part| match part {
        Part::Leaf(value) => leaves.push((path, Fact::Same(value))),
        Part::Inner(value) => flatten_facts(value, path, leaves),
    });
}

fn flatten(value: &Value, path: String, leaves: &mut Vec<(String, Value)>) {
    walk(value, &path, &mut |path, part| match part {
        Part::Leaf(value) => leaves.push((path, value)),
        Part::Inner(value) => flatten(value, path, leaves),
    });
}

enum Part<'tree> {
    Leaf(Value),
    Inner(&'tree Value),
}

/// The parts of a value; a list has its length as a leaf.
fn walk(value: &Value, path: &str, visit: &mut impl FnMut(String, Part<'_>)) {
    match value {
        Value::Array(entries) => {
            visit(format!("{path}.length"), Part::Leaf(entries.len().into()));
            for (index, entry) in entries.iter().enumerate() {
                visit(format!("{path}[{index}]"), Part::Inner(entry));
            }
        }
        Value::Object(entries) => {
            for (name, entry) in entries {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                visit(path, Part::Inner(entry));
            }
        }
        leaf => visit(path.to_owned(), Part::Leaf(leaf.clone())),
    }
}

fn line(path: &str, facts: &Value, newman: &str, candidate: &str) -> String {
    let (newman, candidate) = window(newman, candidate);
    let context = context(path, facts).unwrap_or_default();
    format!("{path}{context}: newman {newman}, candidate {candidate}")
}

/// Which request or item a path is about.
fn context(path: &str, facts: &Value) -> Option<String> {
    let (list, rest) = path.split_once('[')?;
    let index: usize = rest.split_once(']')?.0.parse().ok()?;
    let entry = facts[list].get(index)?;
    match list {
        "wire" => {
            let target: String = entry["target"].as_str()?.chars().take(40).collect();
            let host = entry["headers"]["host"].as_str().unwrap_or_default();
            Some(format!(" ({} {host}{target})", entry["method"].as_str()?))
        }
        "executions" => Some(format!(" ({})", entry["item"].as_str()?)),
        _ => None,
    }
}

/// Cuts two long texts to where they start to differ.
fn window(left: &str, right: &str) -> (String, String) {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let common = left
        .iter()
        .zip(&right)
        .take_while(|(left, right)| left == right)
        .count();
    let start = if left.len().max(right.len()) <= LONGEST_SHOWN {
        0
    } else {
        common.saturating_sub(20)
    };
    let cut = |text: &[char]| {
        let shown: String = text.iter().skip(start).take(LONGEST_SHOWN).collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if text.len() > start + LONGEST_SHOWN {
            "…"
        } else {
            ""
        };
        format!("{before}{shown}{after}")
    };
    (cut(&left), cut(&right))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_trees_have_no_difference() {
        let tree = json!({"exit": 0, "console": ["a"], "wire": [{"method": "GET"}]});

        assert_eq!(compare(&tree, &tree), [""; 0]);
    }

    #[test]
    fn each_leaf_that_differs_is_a_line() {
        let facts = json!({"exit": 0, "executions": [{"item": "One", "code": 200}]});
        let observation = json!({"exit": 1, "executions": [{"item": "One", "reason": "OK"}]});

        assert_eq!(
            compare(&facts, &observation),
            [
                "exit: newman 0, candidate 1",
                "executions[0].code (One): newman 200, candidate nothing",
                "executions[0].reason (One): newman nothing, candidate \"OK\"",
            ]
        );
    }

    #[test]
    fn what_varies_is_compared_by_its_shape() {
        let facts = json!({"a": {"pattern": "^id=[0-9]+$"}, "b": "<token>"});

        let like = json!({"a": "id=17", "b": "5f0d-1c62"});
        assert_eq!(compare(&facts, &like), [""; 0]);
        let unlike = json!({"a": "id=x", "b": "two words"});
        assert_eq!(compare(&facts, &unlike).len(), 2);
        assert_eq!(compare(&facts, &json!({})).len(), 2);
    }

    #[test]
    fn requests_in_another_order_are_the_same_requests() {
        let request = |target: &str, accept: &str| json!({"method": "GET", "target": target, "headers": {"host": "a", "accept": accept}});
        let facts = json!({"wire": [request("/1", "x"), request("/2", "y")]});
        let swapped = json!({"wire": [request("/2", "y"), request("/1", "z")]});

        assert_eq!(
            compare(&facts, &swapped),
            ["wire[0].headers.accept (GET a/1): newman \"x\", candidate \"z\""]
        );
    }

    #[test]
    fn long_values_are_cut_to_where_they_differ() {
        let long = |end: &str| json!({"a": format!("{}{end}", "x".repeat(300))});

        let lines = compare(&long("1"), &long("2"));

        assert_eq!(
            lines,
            ["a: newman …xxxxxxxxxxxxxxxxxxxx1\", candidate …xxxxxxxxxxxxxxxxxxxx2\""]
        );
    }
}
