//! URLs as Postman takes them apart, which is not how the WHATWG standard does.

use serde_json::{Map, Value, json};

use super::Parameter;
use super::json::{is_truthy, text};
use super::parameter::{list_from_json, pair, query_from_text};

/// A URL in parts, with variables and path variables in place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Url {
    /// `http`, `https` or a variable.
    pub(crate) protocol: Option<String>,
    /// User and password in front of the host.
    pub(crate) user_info: Option<(String, Option<String>)>,
    /// The labels of the host.
    pub(crate) host: Vec<String>,
    /// The port as written.
    pub(crate) port: Option<String>,
    /// The segments of the path; `None` where the URL has no path at all.
    pub(crate) path: Option<Vec<String>>,
    /// The parameters of the query, those that are switched off included.
    pub(crate) query: Vec<Parameter>,
    /// The fragment, which is never sent.
    pub(crate) hash: Option<String>,
    /// The values of path segments that begin with a colon.
    pub(crate) variables: Vec<Parameter>,
}

impl Url {
    /// Reads the member: a text, or an object whose `raw` is not looked at (as newman 6.2.2).
    pub(crate) fn from_json(value: Option<&Value>) -> Self {
        match value {
            Some(Value::String(text)) => Self::parse(text),
            Some(Value::Object(object)) => Self::from_object(object),
            _ => Self::default(),
        }
    }

    /// Takes a text apart; anything is a URL of some kind.
    pub(crate) fn parse(text: &str) -> Self {
        let mut rest = text.trim_start().to_owned();
        let mut url = Self::default();
        if let Some((before, hash)) = split_once(&rest, "#") {
            url.hash = Some(hash);
            rest = before;
        }
        if let Some((before, query)) = split_once(&rest, "?") {
            url.query = parse_query(&query);
            rest = before;
        }
        rest = rest.replace('\\', "/");
        if let Some((protocol, after)) = split_once(&rest, "://") {
            url.protocol = Some(protocol);
            rest = after.trim_start_matches('/').to_owned();
        }
        if let Some((before, path)) = split_once(&rest, "/") {
            url.path = Some(split(&path, '/'));
            rest = before;
        }
        url.parse_authority(rest);
        url
    }

    fn parse_authority(&mut self, mut rest: String) {
        let masked = mask_tokens(&rest);
        if let Some(at) = masked.rfind('@') {
            let user_info = rest[..at].to_owned();
            self.user_info = Some(match split_once(&user_info, ":") {
                Some((user, password)) => (user, Some(password)),
                None => (user_info, None),
            });
            rest = rest[at + 1..].to_owned();
        }
        let masked = mask_tokens(&rest);
        if let Some(colon) = masked
            .rfind(':')
            .filter(|&colon| !masked[colon..].contains(']'))
        {
            self.port = Some(rest[colon + 1..].to_owned());
            rest.truncate(colon);
        }
        if !rest.is_empty() {
            self.host = split(&rest, '.');
        }
    }

    fn from_object(object: &Map<String, Value>) -> Self {
        let host = match object.get("host") {
            Some(Value::String(host)) => split(host, '.'),
            other => texts(other).unwrap_or_default(),
        };
        let path = match object.get("path") {
            Some(Value::String(path)) => Some(split(path.strip_prefix('/').unwrap_or(path), '/')),
            other => texts(other),
        };
        let query = match object.get("query") {
            Some(Value::String(query)) => parse_query(query),
            Some(Value::Array(members)) => members
                .iter()
                .filter_map(|member| match member {
                    Value::Object(object) => Some(query_parameter(object)),
                    Value::String(text) => Some(pair(text)),
                    _ => None,
                })
                .collect(),
            other => list_from_json(other),
        };
        Self {
            protocol: text(object, "protocol"),
            user_info: object
                .get("auth")
                .and_then(Value::as_object)
                .and_then(user_info),
            host,
            port: object.get("port").and_then(|port| match port {
                Value::String(port) => Some(port.clone()),
                Value::Number(port) => Some(port.to_string()),
                _ => None,
            }),
            path,
            query,
            hash: text(object, "hash"),
            variables: path_variables(object.get("variable")),
        }
    }

    /// Whether there is nothing to send a request to.
    pub(crate) fn is_empty(&self) -> bool {
        self.host.iter().all(String::is_empty) && self.path.is_none()
    }

    /// The query parameters that are switched on.
    pub(crate) fn enabled_query(&self) -> impl Iterator<Item = &Parameter> {
        self.query.iter().filter(|parameter| !parameter.disabled)
    }

    /// The URL as one text, with path variables filled in and reserved characters of query parameters
    /// encoded, so that it can be taken apart again.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        if let Some(protocol) = &self.protocol {
            text.push_str(protocol.trim_end_matches("://"));
            text.push_str("://");
        }
        if let Some((user, password)) = &self.user_info {
            text.push_str(user);
            if let Some(password) = password {
                text.push(':');
                text.push_str(password);
            }
            text.push('@');
        }
        text.push_str(&self.host.join("."));
        if let Some(port) = &self.port {
            text.push(':');
            text.push_str(port);
        }
        if let Some(path) = &self.path {
            text.push('/');
            let segments: Vec<String> = path
                .iter()
                .map(|segment| self.fill_segment(segment))
                .collect();
            text.push_str(&segments.join("/"));
        }
        if let Some(query) = self.query_text() {
            text.push('?');
            text.push_str(&query);
        }
        if let Some(hash) = &self.hash {
            text.push('#');
            text.push_str(hash);
        }
        text
    }

    fn query_text(&self) -> Option<String> {
        let mut enabled = self.enabled_query().peekable();
        enabled.peek()?;
        let pairs: Vec<String> = enabled.map(pair_text).collect();
        Some(pairs.join("&"))
    }

    /// `:id.json` is the variable `id` and a suffix; without a text as value the segment stays.
    fn fill_segment(&self, segment: &str) -> String {
        let Some(name) = segment.strip_prefix(':').filter(|name| !name.is_empty()) else {
            return segment.to_owned();
        };
        let (name, suffix) = match name.find('.') {
            Some(dot) => name.split_at(dot),
            None => (name, ""),
        };
        let value = self
            .variables
            .iter()
            .rev()
            .find(|variable| variable.key() == name);
        match value
            .map(Parameter::value)
            .filter(|value| !value.is_empty())
        {
            Some(value) => format!("{value}{suffix}"),
            None => segment.to_owned(),
        }
    }

    /// The URL in the form of collection v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = Map::new();
        if let Some(protocol) = &self.protocol {
            object.insert("protocol".to_owned(), Value::from(protocol.as_str()));
        }
        if let Some((user, password)) = &self.user_info {
            object.insert(
                "auth".to_owned(),
                json!({ "user": user, "password": password }),
            );
        }
        if let Some(port) = &self.port {
            object.insert("port".to_owned(), Value::from(port.as_str()));
        }
        if let Some(path) = &self.path {
            object.insert("path".to_owned(), json!(path));
        }
        object.insert("host".to_owned(), json!(self.host));
        let parameters = |list: &[Parameter]| list.iter().map(Parameter::to_json).collect();
        object.insert("query".to_owned(), parameters(&self.query));
        if let Some(hash) = &self.hash {
            object.insert("hash".to_owned(), Value::from(hash.as_str()));
        }
        object.insert("variable".to_owned(), parameters(&self.variables));
        Value::Object(object)
    }
}

/// An object without a user and a password is none (as newman 6.2.2).
fn user_info(object: &Map<String, Value>) -> Option<(String, Option<String>)> {
    let (user, password) = (text(object, "user"), text(object, "password"));
    (user.is_some() || password.is_some()).then(|| (user.unwrap_or_default(), password))
}

/// In the query of an object a value that is not a text counts as absent (as newman 6.2.2).
fn query_parameter(object: &Map<String, Value>) -> Parameter {
    Parameter {
        key: text(object, "key"),
        value: text(object, "value"),
        disabled: is_truthy(object, "disabled"),
        system: false,
    }
}

/// A path variable's value counts only when it is a text.
fn path_variables(value: Option<&Value>) -> Vec<Parameter> {
    let members = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    members
        .iter()
        .filter_map(Value::as_object)
        .map(|object| Parameter {
            key: text(object, "key").or_else(|| text(object, "id")),
            value: text(object, "value"),
            ..Parameter::default()
        })
        .collect()
}

fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    let members = value?.as_array()?;
    Some(
        members
            .iter()
            .map(|member| match member {
                Value::String(text) => text.clone(),
                // Old exports hold path segments as `{"type": "string", "value": ...}`.
                Value::Object(object) => text(object, "value").unwrap_or_default(),
                other => other.to_string(),
            })
            .collect(),
    )
}

/// A lone `?` is kept as one parameter with an empty key.
fn parse_query(text: &str) -> Vec<Parameter> {
    if text.is_empty() {
        return vec![Parameter {
            key: Some(String::new()),
            ..Parameter::default()
        }];
    }
    let masked = mask_tokens(text);
    let mut parameters = Vec::new();
    let mut start = 0;
    for (end, _) in masked.match_indices('&').chain([(text.len(), "")]) {
        let part = &text[start..end];
        let separator = mask_tokens(part).find('=');
        parameters.push(match separator {
            Some(separator) => Parameter::new(&part[..separator], &part[separator + 1..]),
            None => query_from_text(part).pop().unwrap_or_default(),
        });
        start = end + 1;
    }
    parameters
}

fn pair_text(parameter: &Parameter) -> String {
    let key = parameter
        .key
        .as_deref()
        .map(|key| encode_outside_tokens(key, &['&', '#', '=']));
    let value = parameter
        .value
        .as_deref()
        .map(|value| encode_outside_tokens(value, &['&', '#']));
    match (key, value) {
        (key, Some(value)) => format!("{}={value}", key.unwrap_or_default()),
        (key, None) => key.unwrap_or_default(),
    }
}

fn encode_outside_tokens(text: &str, characters: &[char]) -> String {
    let masked = mask_tokens(text);
    let mut output = String::with_capacity(text.len());
    for (position, character) in text.char_indices() {
        if characters.contains(&character) && masked[position..].starts_with(character) {
            output.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            output.push(character);
        }
    }
    output
}

fn split(text: &str, separator: char) -> Vec<String> {
    let masked = mask_tokens(text);
    let mut parts = Vec::new();
    let mut start = 0;
    for (position, _) in masked.match_indices(separator) {
        parts.push(text[start..position].to_owned());
        start = position + separator.len_utf8();
    }
    parts.push(text[start..].to_owned());
    parts
}

fn split_once(text: &str, separator: &str) -> Option<(String, String)> {
    let position = mask_tokens(text).find(separator)?;
    Some((
        text[..position].to_owned(),
        text[position + separator.len()..].to_owned(),
    ))
}

/// The same text with everything inside `{{...}}` blotted out, byte for byte, so that separators in
/// variable names are not taken for the URL's own.
fn mask_tokens(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let inner = &rest[start + 2..];
        let end = inner
            .find(['{', '}'])
            .filter(|&end| inner[end..].starts_with("}}"));
        match end {
            Some(end) => {
                masked.push_str(&rest[..start]);
                masked.push_str(&"_".repeat(end + 4));
                rest = &inner[end + 2..];
            }
            None => {
                masked.push_str(&rest[..start + 1]);
                rest = &rest[start + 1..];
            }
        }
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_was_taken_apart_prints_as_it_was() {
        let texts = [
            "http://example.com",
            "http://example.com/",
            "example.com:8080/a/b?x=1&y&z=#part",
            "https://{{host}}/{{path}}?q={{value}}",
            "http://user:pa:ss@example.com//dbl//x/../y?a&&b&",
            "http://[::1]:80/x",
            "{{base}}/x?{{a?b=c&d}}=1",
            "http://example.com/?",
        ];

        for text in texts {
            assert_eq!(Url::parse(text).to_text(), text);
        }
    }

    #[test]
    fn parts_are_found_as_postman_finds_them() {
        let url = Url::parse("https://u:p@a.b.example:8443/x/:id?k=v#f");

        assert_eq!(url.protocol.as_deref(), Some("https"));
        assert_eq!(url.user_info, Some(("u".to_owned(), Some("p".to_owned()))));
        assert_eq!(url.host, ["a", "b", "example"]);
        assert_eq!(url.port.as_deref(), Some("8443"));
        assert_eq!(url.path.unwrap(), ["x", ":id"]);
        assert_eq!(url.hash.as_deref(), Some("f"));
    }

    #[test]
    fn path_variables_are_filled_in_when_they_have_a_text() {
        let url = Url::from_json(Some(&json!({
            "host": "example.com",
            "path": [":a", ":b.json", ":c", ":d", ":"],
            "variable": [
                {"key": "a", "value": "x/y"}, {"id": "b", "value": "{{v}}"}, {"key": "c", "value": 5}
            ]
        })));

        assert_eq!(url.to_text(), "example.com/x/y/{{v}}.json/:c/:d/:");
    }

    #[test]
    fn empty_credentials_are_none() {
        let text = |auth: Value| {
            let file = json!({"host": ["h"], "auth": auth});
            Url::from_json(Some(&file)).to_text()
        };

        assert_eq!(text(json!({})), "h");
        assert_eq!(text(json!({"user": "u"})), "u@h");
        assert_eq!(text(json!({"user": "u", "password": "p"})), "u:p@h");
    }

    #[test]
    fn an_object_with_only_raw_is_empty() {
        assert!(Url::from_json(Some(&json!({"raw": "http://example.com"}))).is_empty());
    }

    #[test]
    fn reserved_characters_of_an_objects_query_are_encoded() {
        let url = Url::from_json(Some(&json!({
            "host": ["h"],
            "query": [
                {"key": "a&b", "value": "c#d=e"}, {"key": "n", "value": 5},
                {"key": "off", "value": "x", "disabled": true}, {"key": "{{t&}}", "value": "{{v#}}"}
            ]
        })));

        assert_eq!(url.to_text(), "h?a%26b=c%23d=e&n&{{t&}}={{v#}}");
    }
}
