//! The texts of a request in which variables are replaced.

use serde_json::Value;

use super::places::RequestPart;
use crate::collection::{Auth, BodyContent, Parameter, Request};

/// One text of a request.
#[derive(Debug, Clone)]
pub(super) struct PartText {
    /// What it is, such as `the URL`.
    pub(super) part: String,
    /// The name under which it stands; empty for a URL or a body.
    pub(super) name: String,
    /// The text as written.
    pub(super) text: String,
    /// Where it stands.
    pub(super) place: RequestPart,
}

impl PartText {
    fn new(place: RequestPart, part: &str, name: &str, text: &str) -> Self {
        Self {
            place,
            part: part.to_owned(),
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// The texts of a request with an authorization, without those that are switched off.
pub(super) fn texts(request: &Request, auth: Option<&Auth>) -> Vec<PartText> {
    let mut texts = vec![
        PartText::new(RequestPart::Method, "the method", "", &request.method),
        PartText::new(RequestPart::Url, "the URL", "", &request.url.to_text()),
    ];
    add_parameters(
        RequestPart::Headers,
        "the header",
        &request.headers,
        &mut texts,
    );
    if let Some(body) = request.body.as_ref().filter(|body| !body.disabled) {
        add_body(&body.content, &mut texts);
    }
    if let Some(auth) = auth {
        texts.extend(auth_texts(auth));
    }
    texts
}

/// The texts in the parameters of an authorization, those in lists such as `tokenRequestParams` included.
pub(super) fn auth_texts(auth: &Auth) -> impl Iterator<Item = PartText> {
    auth.parameters.iter().flat_map(|(key, value)| {
        let kind = &auth.kind;
        let part = format!("`{key}` of the {kind} authorization");
        // The parameter that holds an API key is called `value`; a list is named after what uses it.
        let name = match value.is_string() {
            true => format!("{kind} {key}"),
            false => String::new(),
        };
        let mut texts = Vec::new();
        leaves(value, &mut |text| {
            texts.push(PartText::new(RequestPart::Auth, &part, &name, text));
        });
        texts
    })
}

fn add_parameters(
    place: RequestPart,
    what: &str,
    parameters: &[Parameter],
    texts: &mut Vec<PartText>,
) {
    for parameter in parameters.iter().filter(|parameter| !parameter.disabled) {
        let part = format!("{what} `{}`", parameter.key());
        texts.push(PartText::new(place, &part, "", parameter.key()));
        texts.push(PartText::new(
            place,
            &part,
            parameter.key(),
            parameter.value(),
        ));
    }
}

fn add_body(content: &BodyContent, texts: &mut Vec<PartText>) {
    let mut push = |text: &str| texts.push(PartText::new(RequestPart::Body, "the body", "", text));
    match content {
        BodyContent::Raw(text) => push(text),
        BodyContent::UrlEncoded(fields) => {
            add_parameters(RequestPart::Body, "the field", fields, texts);
        }
        BodyContent::FormData(parts) => {
            for part in parts.iter().filter(|part| !part.parameter.disabled) {
                add_parameters(
                    RequestPart::Body,
                    "the field",
                    std::slice::from_ref(&part.parameter),
                    texts,
                );
                let name = format!("the field `{}`", part.parameter.key());
                let own = part.files.iter().flatten().chain(&part.content_type);
                texts.extend(own.map(|text| PartText::new(RequestPart::Body, &name, "", text)));
            }
        }
        BodyContent::Inline(_) => {}
        BodyContent::File(source) => source.iter().for_each(|source| push(source)),
        BodyContent::GraphQl(graphql) => {
            let own = graphql.query.iter().chain(&graphql.operation_name);
            own.for_each(|text| push(text));
            if let Some(variables) = &graphql.variables {
                leaves(variables, &mut push);
            }
        }
    }
}

/// Keys of objects are not replaced.
fn leaves(value: &Value, push: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => push(text),
        Value::Array(members) => members.iter().for_each(|member| leaves(member, push)),
        Value::Object(members) => members.values().for_each(|member| leaves(member, push)),
        _ => {}
    }
}
