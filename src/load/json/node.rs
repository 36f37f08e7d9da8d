//! JSON whose values know where they stand.

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// What JSON is, without what the parser takes beside it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Counted from 1.
    pub(crate) line: usize,
    /// Counted from 1, in characters.
    pub(crate) column: usize,
}

/// A value with the place at which it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonNode {
    /// Where it begins.
    pub(crate) place: Place,
    /// What it is.
    pub(crate) content: JsonContent,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum JsonContent {
    /// Its members in the order of the text.
    Object(Vec<JsonMember>),
    /// Its elements.
    Array(Vec<JsonNode>),
    /// A text without its escapes.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number,
    /// `null`.
    Null,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonMember {
    /// The name.
    pub(crate) name: String,
    /// Where the name begins.
    pub(crate) place: Place,
    /// The value.
    pub(crate) value: JsonNode,
}

impl JsonNode {
    /// Reads a text; nothing when it is not JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).ok()?;
        let mut cursor = Cursor::new(text);
        Some(cursor.node(parsed.value?))
    }

    /// The members; none when it is no object.
    pub(crate) fn members(&self) -> &[JsonMember] {
        match &self.content {
            JsonContent::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements; none when it is no list.
    pub(crate) fn elements(&self) -> &[JsonNode] {
        match &self.content {
            JsonContent::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The value of a member; of several of one name the last one counts, as in a run.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.members().iter().rev();
        members
            .find(|member| member.name == name)
            .map(|member| &member.value)
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            JsonContent::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.content == JsonContent::Null
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.content {
            JsonContent::Object(members) => members.is_empty(),
            JsonContent::Array(elements) => elements.is_empty(),
            JsonContent::Text(text) => text.is_empty(),
            JsonContent::Null => true,
            JsonContent::Bool(_) | JsonContent::Number => false,
        }
    }

    /// The value at a path such as `item[0].request`; the empty path is the value itself.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split(['.', '['])
            .filter(|step| !step.is_empty())
            .try_fold(self, |node, step| match step.strip_suffix(']') {
                Some(position) => node.elements().get(position.parse::<usize>().ok()?),
                None => node.get(step),
            })
    }
}

/// Counts lines and columns on the way through a text, so that each character is looked at once.
struct Cursor<'text> {
    text: &'text str,
    position: usize,
    place: Place,
}

impl<'text> Cursor<'text> {
    fn new(text: &'text str) -> Self {
        Self {
            text,
            position: 0,
            place: Place { line: 1, column: 1 },
        }
    }

    /// The place of a position that does not lie before the last one.
    fn place(&mut self, position: usize) -> Place {
        let passed = self.text.get(self.position..position).unwrap_or_default();
        for character in passed.chars() {
            if character == '\n' {
                self.place.line += 1;
                self.place.column = 1;
            } else {
                self.place.column += 1;
            }
        }
        self.position += passed.len();
        self.place
    }

    fn node(&mut self, value: Value<'_>) -> JsonNode {
        let place = self.place(value.start());
        let content = match value {
            Value::Object(object) => {
                let members = object.properties.into_iter();
                JsonContent::Object(members.map(|member| self.member(member)).collect())
            }
            Value::Array(array) => {
                let elements = array.elements.into_iter();
                JsonContent::Array(elements.map(|element| self.node(element)).collect())
            }
            Value::StringLit(text) => JsonContent::Text(text.value.into_owned()),
            Value::BooleanLit(flag) => JsonContent::Bool(flag.value),
            Value::NumberLit(_) => JsonContent::Number,
            Value::NullKeyword(_) => JsonContent::Null,
        };
        JsonNode { place, content }
    }

    fn member(&mut self, member: ObjectProp<'_>) -> JsonMember {
        let place = self.place(member.name.start());
        JsonMember {
            name: member.name.into_string(),
            place,
            value: self.node(member.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn place(text: &str, path: &str) -> Option<(usize, usize)> {
        let root = JsonNode::parse(text)?;
        let place = root.at(path)?.place;
        Some((place.line, place.column))
    }

    #[test]
    fn a_path_leads_to_its_place() {
        let text = "{\n  \"é\": 1, \"a\": [\n    {\"b\": \"x\"}, null,\n\ttrue]\n}";

        assert_eq!(place(text, ""), Some((1, 1)));
        assert_eq!(place(text, "a"), Some((2, 16)));
        assert_eq!(place(text, "a[0]"), Some((3, 5)));
        assert_eq!(place(text, "a[0].b"), Some((3, 11)));
        assert_eq!(place(text, "a[2]"), Some((4, 2)));
        for missing in ["b", "a[3]", "a[x]", "a[0].b.c", "a[0][0]"] {
            assert_eq!(place(text, missing), None, "{missing}");
        }
    }

    #[test]
    fn of_two_members_of_one_name_the_last_one_counts() {
        assert_eq!(place("{\"a\": 1,\n\"a\": 2}", "a"), Some((2, 6)));
    }

    #[test]
    fn what_is_no_json_is_nothing() {
        for text in [
            "",
            "{",
            "{a: 1}",
            "[1,]",
            "// x\n1",
            "'a'",
            "values:\n  - {}\n",
            "[1 2]",
        ] {
            assert_eq!(JsonNode::parse(text), None, "{text}");
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<f64>().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            any::<String>().prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// What stands at the place of each node begins as the node does.
    fn agree(node: &JsonNode, value: &serde_json::Value, lines: &[Vec<char>]) {
        let rest: String = lines[node.place.line - 1][node.place.column - 1..]
            .iter()
            .collect();
        match (&node.content, value) {
            (JsonContent::Object(members), serde_json::Value::Object(values)) => {
                assert!(rest.starts_with('{'));
                assert_eq!(members.len(), values.len());
                for (member, (name, value)) in members.iter().zip(values) {
                    assert_eq!(member.name, *name);
                    agree(&member.value, value, lines);
                }
            }
            (JsonContent::Array(elements), serde_json::Value::Array(values)) => {
                assert!(rest.starts_with('['));
                assert_eq!(elements.len(), values.len());
                for (element, value) in elements.iter().zip(values) {
                    agree(element, value, lines);
                }
            }
            (JsonContent::Text(text), serde_json::Value::String(value)) => assert_eq!(text, value),
            (JsonContent::Bool(flag), serde_json::Value::Bool(value)) => assert_eq!(flag, value),
            (JsonContent::Number, serde_json::Value::Number(_))
            | (JsonContent::Null, serde_json::Value::Null) => {}
            (node, value) => panic!("{node:?} is not {value}"),
        }
        if !value.is_object() && !value.is_array() {
            assert!(rest.starts_with(&value.to_string()), "{rest}");
        }
    }

    proptest! {
        #[test]
        fn every_value_stands_where_it_is_found(value in any_json(), is_pretty in any::<bool>()) {
            let text = if is_pretty { format!("{value:#}") } else { value.to_string() };
            let lines: Vec<Vec<char>> = text.split('\n').map(|line| line.chars().collect()).collect();

            agree(&JsonNode::parse(&text).unwrap(), &value, &lines);
        }

        #[test]
        fn what_the_other_parser_takes_is_json(text in "[\\[\\]{}:,\" a1\\\\un.e+-]{0,12}") {
            let strict = serde_json::from_str::<serde_json::Value>(&text);
            if strict.is_ok() {
                prop_assert!(JsonNode::parse(&text).is_some(), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            JsonNode::parse(&text);
        }
    }
}
