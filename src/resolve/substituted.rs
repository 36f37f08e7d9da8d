//! Replacing the variables in a whole request.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::collection::{Auth, Body, BodyContent, FormDataPart, Parameter, Request, Url};
use crate::variables::{Dialect, Substitution, VariableScopes};

/// Where in a request variables are replaced.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Replace<'scopes> {
    /// In all of it.
    Everywhere(&'scopes VariableScopes),
    /// In URL, header fields and authorization: the body is what a script made of it.
    OutsideOfBody(&'scopes VariableScopes),
    /// In nothing, as newman does with the requests of scripts.
    Nowhere,
}

impl Replace<'_> {
    /// Replaces the variables in a text that is not of the body.
    pub(crate) fn text(self, text: &str) -> Substitution {
        match self {
            Self::Everywhere(scopes) | Self::OutsideOfBody(scopes) => scopes.substitute(text),
            Self::Nowhere => Substitution {
                text: text.to_owned(),
                unknown: BTreeSet::new(),
            },
        }
    }
}

/// Replaces variables and remembers the names that nobody knew.
pub(super) struct Substituter<'scopes> {
    replace: Replace<'scopes>,
    dialect: Dialect,
    pub(super) unknown: BTreeSet<String>,
}

impl<'scopes> Substituter<'scopes> {
    pub(super) fn new(replace: Replace<'scopes>, dialect: Dialect) -> Self {
        Self {
            replace,
            dialect,
            unknown: BTreeSet::new(),
        }
    }

    pub(super) fn text(&mut self, text: &str) -> String {
        let mut substitution = self.replace.text(text);
        self.unknown.append(&mut substitution.unknown);
        substitution.text
    }

    /// The whole URL becomes one text first, so a value may hold any part of it and change its
    /// structure.
    pub(super) fn request(&mut self, request: &Request) -> Request {
        // newman makes the method upper case before it looks for variables in it.
        let method = match self.dialect {
            Dialect::Postrider => self.text(&request.method),
            Dialect::Newman => self.text(&request.method.to_uppercase()),
        };
        Request {
            method: Request::method_from(Some(method)),
            url: Url::parse(&self.text(&request.url.to_text())),
            headers: self.parameters(&request.headers),
            body: match self.replace {
                Replace::Everywhere(_) => request.body.as_ref().map(|body| self.body(body)),
                Replace::OutsideOfBody(_) | Replace::Nowhere => request.body.clone(),
            },
            auth: None,
            description: request.description.clone(),
        }
    }

    pub(super) fn auth(&mut self, auth: &Auth) -> Auth {
        let parameters = auth
            .parameters
            .iter()
            .map(|(key, value)| {
                // Such as the extra parameters of an OAuth 2 token.
                (key.clone(), self.leaves(value))
            })
            .collect();
        Auth {
            kind: auth.kind.clone(),
            parameters,
        }
    }

    fn parameters(&mut self, parameters: &[Parameter]) -> Vec<Parameter> {
        parameters
            .iter()
            .map(|parameter| self.parameter(parameter))
            .collect()
    }

    fn parameter(&mut self, parameter: &Parameter) -> Parameter {
        if parameter.disabled {
            return parameter.clone();
        }
        Parameter {
            key: parameter.key.as_ref().map(|key| self.text(key)),
            value: parameter.value.as_ref().map(|value| self.text(value)),
            ..parameter.clone()
        }
    }

    fn body(&mut self, body: &Body) -> Body {
        let content = match &body.content {
            BodyContent::Raw(text) => BodyContent::Raw(self.text(text)),
            BodyContent::UrlEncoded(fields) => BodyContent::UrlEncoded(self.parameters(fields)),
            BodyContent::FormData(parts) => {
                BodyContent::FormData(parts.iter().map(|part| self.form_data_part(part)).collect())
            }
            BodyContent::Inline(base64) => BodyContent::Inline(self.text(base64)),
            BodyContent::File(source) => {
                BodyContent::File(source.as_ref().map(|source| self.text(source)))
            }
            BodyContent::GraphQl(graphql) => {
                let mut resolved = graphql.clone();
                resolved.query = graphql.query.as_ref().map(|query| self.text(query));
                resolved.operation_name =
                    graphql.operation_name.as_ref().map(|name| self.text(name));
                resolved.variables = graphql.variables.as_ref().map(|value| self.leaves(value));
                BodyContent::GraphQl(resolved)
            }
        };
        Body {
            content,
            ..body.clone()
        }
    }

    fn form_data_part(&mut self, part: &FormDataPart) -> FormDataPart {
        FormDataPart {
            parameter: self.parameter(&part.parameter),
            files: part
                .files
                .as_ref()
                .map(|files| files.iter().map(|file| self.text(file)).collect()),
            content_type: part.content_type.as_ref().map(|text| self.text(text)),
            file_name: part.file_name.clone(),
            is_list: part.is_list,
        }
    }

    /// Keys of objects are not looked at.
    fn leaves(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(members) => members.iter().map(|member| self.leaves(member)).collect(),
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, member)| (key.clone(), self.leaves(member)))
                    .collect(),
            ),
            scalar => scalar.clone(),
        }
    }
}
