//! The `body` member of a request.

use serde_json::{Map, Value, json};

use super::Parameter;
use super::json::{is_truthy, loose_text, text};
use super::parameter::list_from_json;

/// One part of a `formdata` body.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct FormDataPart {
    /// Name, text and whether it is switched off.
    pub(crate) parameter: Parameter,
    /// The files of a part of type `file`; `None` for a text part.
    pub(crate) files: Option<Vec<String>>,
    /// The part's own `Content-Type`.
    pub(crate) content_type: Option<String>,
    /// The name that is sent in place of the file's own.
    pub(crate) file_name: Option<String>,
    /// Whether the files are written as a list, even if it is only one.
    pub(crate) is_list: bool,
}

/// The members of a `graphql` body.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct GraphQl {
    /// The query text.
    pub(crate) query: Option<String>,
    /// The name of the operation in the query.
    pub(crate) operation_name: Option<String>,
    /// JSON text, or a JSON value.
    pub(crate) variables: Option<Value>,
}

/// What a body is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BodyContent {
    /// Text as it stands.
    Raw(String),
    /// Form fields.
    UrlEncoded(Vec<Parameter>),
    /// The parts of a multipart form.
    FormData(Vec<FormDataPart>),
    /// The path of a file.
    File(Option<String>),
    /// The content of a file in base64, where no path is given.
    Inline(String),
    /// A GraphQL query.
    GraphQl(GraphQl),
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Body {
    /// What it is made of.
    pub(crate) content: BodyContent,
    /// Whether the body is switched off.
    pub(crate) disabled: bool,
    /// Postman's `options`, which name the language of a raw body.
    pub(crate) options: Option<Value>,
}

impl Body {
    /// Reads the member; a text is a raw body, an object without `mode` is none.
    pub(crate) fn from_json(value: Option<&Value>) -> Option<Self> {
        let object = match value? {
            Value::String(text) => {
                let content = BodyContent::Raw(text.clone());
                return Some(Self {
                    content,
                    disabled: false,
                    options: None,
                });
            }
            Value::Object(object) => object,
            _ => return None,
        };
        let mode = text(object, "mode")?.to_ascii_lowercase();
        let content = match mode.as_str() {
            "urlencoded" => BodyContent::UrlEncoded(list_from_json(object.get("urlencoded"))),
            "formdata" => BodyContent::FormData(form_data(object.get("formdata"))),
            "file" => file(object.get("file")),
            "graphql" => BodyContent::GraphQl(graphql(object.get("graphql"))),
            _ => BodyContent::Raw(loose_text(object.get("raw").filter(|raw| !raw.is_null()))),
        };
        Some(Self {
            content,
            disabled: is_truthy(object, "disabled"),
            options: object.get("options").cloned(),
        })
    }

    /// The language that a raw body declares.
    pub(crate) fn language(&self) -> Option<&str> {
        self.options.as_ref()?.pointer("/raw/language")?.as_str()
    }

    /// The body in the form of collection v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let (mode, content) = match &self.content {
            BodyContent::Raw(text) => ("raw", Value::from(text.as_str())),
            BodyContent::UrlEncoded(fields) => (
                "urlencoded",
                fields.iter().map(Parameter::to_json).collect(),
            ),
            BodyContent::FormData(parts) => (
                "formdata",
                parts.iter().map(form_data_part_to_json).collect(),
            ),
            BodyContent::File(source) => (
                "file",
                present([("src", source.as_deref().map(Value::from))]),
            ),
            BodyContent::Inline(base64) => ("file", json!({ "content": base64 })),
            BodyContent::GraphQl(graphql) => (
                "graphql",
                present([
                    ("query", graphql.query.as_deref().map(Value::from)),
                    (
                        "operationName",
                        graphql.operation_name.as_deref().map(Value::from),
                    ),
                    ("variables", graphql.variables.clone()),
                ]),
            ),
        };
        let mut object = Map::new();
        object.insert("mode".to_owned(), Value::from(mode));
        object.insert(mode.to_owned(), content);
        if self.disabled {
            object.insert("disabled".to_owned(), Value::Bool(true));
        }
        if let Some(options) = &self.options {
            object.insert("options".to_owned(), options.clone());
        }
        Value::Object(object)
    }
}

/// An object of the members that are there.
fn present<const COUNT: usize>(members: [(&str, Option<Value>); COUNT]) -> Value {
    Value::Object(
        members
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect(),
    )
}

fn form_data(value: Option<&Value>) -> Vec<FormDataPart> {
    match value {
        Some(Value::Array(members)) => members
            .iter()
            .filter_map(Value::as_object)
            .map(form_data_part)
            .collect(),
        other => list_from_json(other)
            .into_iter()
            .map(|parameter| FormDataPart {
                parameter,
                ..FormDataPart::default()
            })
            .collect(),
    }
}

fn form_data_part(object: &Map<String, Value>) -> FormDataPart {
    let is_file = object.get("type").and_then(Value::as_str) == Some("file");
    let files = match object.get("src") {
        Some(Value::String(path)) => vec![path.clone()],
        Some(Value::Array(paths)) => paths
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    FormDataPart {
        parameter: Parameter::from_object(object),
        files: is_file.then_some(files),
        content_type: text(object, "contentType"),
        file_name: text(object, "fileName"),
        is_list: object.get("src").is_some_and(Value::is_array),
    }
}

fn form_data_part_to_json(part: &FormDataPart) -> Value {
    let mut object = part.parameter.to_json();
    object["type"] = Value::from(if part.files.is_some() { "file" } else { "text" });
    match part.files.as_deref() {
        Some([path]) if !part.is_list => object["src"] = Value::from(path.as_str()),
        None | Some([]) => {}
        Some(paths) => object["src"] = json!(paths),
    }
    if let Some(content_type) = &part.content_type {
        object["contentType"] = Value::from(content_type.as_str());
    }
    if let Some(file_name) = &part.file_name {
        object["fileName"] = Value::from(file_name.as_str());
    }
    object
}

fn file(value: Option<&Value>) -> BodyContent {
    let inline = value
        .and_then(Value::as_object)
        .and_then(|object| text(object, "content"));
    match (file_source(value), inline) {
        (None, Some(base64)) => BodyContent::Inline(base64),
        (source, _) => BodyContent::File(source),
    }
}

fn file_source(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(path) => Some(path.clone()),
        Value::Object(object) => text(object, "src"),
        _ => None,
    }
}

fn graphql(value: Option<&Value>) -> GraphQl {
    let Some(Value::Object(object)) = value else {
        return GraphQl::default();
    };
    GraphQl {
        query: text(object, "query"),
        operation_name: text(object, "operationName"),
        variables: object.get("variables").cloned(),
    }
}
