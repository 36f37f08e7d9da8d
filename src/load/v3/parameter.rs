//! Header fields, query parameters, path variables and form fields.

use crate::collection::Parameter;
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node, text_of};

const KEYS: [&str; 6] = ["id", "key", "value", "disabled", "enabled", "description"];

/// Reads a list of entries or a map of keys and values; `what` names one of them.
pub(super) fn read(node: &Node, what: &str, notices: &mut Notices) -> Vec<Parameter> {
    match &node.content {
        Content::List(members) => members
            .iter()
            .filter_map(|member| {
                let fields = Fields::read(member, what, &KEYS, notices)?;
                Some(entry(&fields, notices))
            })
            .collect(),
        Content::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| Parameter {
                key: Some(key.text.clone()),
                value: text_of(value, &key.text, notices),
                ..Parameter::default()
            })
            .collect(),
        Content::Scalar(_) => {
            if !node.is_null() {
                let message = format!("{} stands where a list or a mapping belongs", node.kind());
                notices.push(node.line, message, None);
            }
            Vec::new()
        }
    }
}

/// One entry; a value that is not there or nothing is none, as in the query `?flag`.
pub(super) fn entry(fields: &Fields<'_>, notices: &mut Notices) -> Parameter {
    let value = fields.get("value").filter(|value| !value.is_null());
    Parameter {
        key: fields.text("key", notices),
        value: value.and_then(|value| text_of(value, "value", notices)),
        disabled: fields.is("disabled", true) || fields.is("enabled", false),
        system: false,
    }
}
