//! YAML as the parser gives it, with the place of each value in the text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use serde_saphyr::Spanned;

/// A value with its place.
pub(super) struct RawNode {
    pub(super) line: usize,
    /// First byte and length of a scalar.
    pub(super) span: Option<(usize, usize)>,
    pub(super) content: RawContent,
}

pub(super) enum RawContent {
    Scalar(Value),
    List(Vec<RawNode>),
    Mapping(Vec<(RawNode, RawNode)>),
}

impl<'de> Deserialize<'de> for RawNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<RawContent>::deserialize(deserializer)?;
        let span = spanned.defined.span();
        let number = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok());
        Ok(Self {
            line: usize::try_from(spanned.defined.line()).unwrap_or_default(),
            span: number(span.byte_offset()).zip(number(span.byte_len())),
            content: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for RawContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

fn scalar(value: impl Into<Value>) -> RawContent {
    RawContent::Scalar(value.into())
}

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawContent;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<RawContent, E> {
        Ok(scalar(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<RawContent, E> {
        Ok(scalar(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<RawContent, E> {
        Ok(scalar(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<RawContent, E> {
        Ok(Number::from_f64(number).map_or_else(|| scalar(number.to_string()), scalar))
    }

    fn visit_str<E>(self, text: &str) -> Result<RawContent, E> {
        Ok(scalar(text))
    }

    fn visit_unit<E>(self) -> Result<RawContent, E> {
        Ok(scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<RawContent, E> {
        Ok(scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawContent, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<RawContent, A::Error> {
        let mut list = Vec::new();
        while let Some(member) = members.next_element()? {
            list.push(member);
        }
        Ok(RawContent::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawContent, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(RawContent::Mapping(mapping))
    }
}
