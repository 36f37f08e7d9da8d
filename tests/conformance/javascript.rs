//! JSON as JavaScript writes it, which is what the servers answer and what newman's facts hold.

use serde_json::{Map, Number, Value};

/// Integers beyond this one are not exact in JavaScript.
const LARGEST_EXACT: u64 = 1 << 53;

/// As `JSON.stringify(value)`.
pub(crate) fn stringify(value: &Value) -> String {
    let mut text = String::new();
    write(value, None, 0, &mut text);
    text
}

/// As `JSON.stringify(value, null, 2)`.
pub(crate) fn stringify_indented(value: &Value) -> String {
    let mut text = String::new();
    write(value, Some("  "), 0, &mut text);
    text
}

/// An object of these pairs, a repeated name becoming a list.
pub(crate) fn collect(pairs: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs {
        match object.get_mut(&name) {
            None => {
                object.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(object)
}

fn write(value: &Value, indent: Option<&str>, depth: usize, text: &mut String) {
    match value {
        Value::Array(entries) => {
            let entries = entries.iter().map(|entry| (None, entry)).collect();
            write_all(['[', ']'], entries, indent, depth, text);
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(name, entry)| (Some(name.as_str()), entry))
                .collect();
            // An object of JavaScript has the names that are numbers first, in their order.
            entries.sort_by_key(|(name, _)| name.and_then(index_of).unwrap_or(u64::MAX));
            write_all(['{', '}'], entries, indent, depth, text);
        }
        Value::Number(number) => text.push_str(&number_text(number)),
        other => text.push_str(&other.to_string()),
    }
}

fn write_all(
    [open, close]: [char; 2],
    entries: Vec<(Option<&str>, &Value)>,
    indent: Option<&str>,
    depth: usize,
    text: &mut String,
) {
    let is_empty = entries.is_empty();
    let break_line = |depth: usize, text: &mut String| {
        if let Some(indent) = indent.filter(|_| !is_empty) {
            text.push('\n');
            text.push_str(&indent.repeat(depth));
        }
    };
    text.push(open);
    for (position, (name, entry)) in entries.into_iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        break_line(depth + 1, text);
        if let Some(name) = name {
            text.push_str(&Value::from(name).to_string());
            text.push_str(if indent.is_some() { ": " } else { ":" });
        }
        write(entry, indent, depth + 1, text);
    }
    break_line(depth, text);
    text.push(close);
}

fn index_of(name: &str) -> Option<u64> {
    let index: u32 = name.parse().ok()?;
    (index != u32::MAX && index.to_string() == name).then_some(u64::from(index))
}

fn number_text(number: &Number) -> String {
    let is_exact = number
        .as_i64()
        .is_some_and(|integer| integer.unsigned_abs() <= LARGEST_EXACT);
    match number.as_f64() {
        Some(float) if !is_exact => ryu_js::Buffer::new().format(float).to_owned(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_look_as_in_javascript() {
        let value = json!([1, 1.0, -0.5, 1e21, 12_345_678_901_234_567_890_u64, 1e-7]);

        assert_eq!(
            stringify(&value),
            "[1,1,-0.5,1e+21,12345678901234567000,1e-7]"
        );
    }

    #[test]
    fn names_that_are_numbers_come_first() {
        let value = json!({"b": 1, "10": 2, "9": 3, "01": 4});

        assert_eq!(stringify(&value), r#"{"9":3,"10":2,"b":1,"01":4}"#);
    }

    #[test]
    fn indented_text_has_two_spaces_for_each_level() {
        let value = json!({"a": {}, "b": [1, {"c": "\u{1}"}]});

        assert_eq!(
            stringify_indented(&value),
            "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": \"\\u0001\"\n    }\n  ]\n}"
        );
    }

    #[test]
    fn a_repeated_name_becomes_a_list() {
        let pairs = [("a", "1"), ("b", "2"), ("a", "3"), ("a", "4")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), Value::from(value)));

        assert_eq!(collect(pairs), json!({"a": ["1", "3", "4"], "b": "2"}));
    }
}
