//! The `request` member of an item.

use serde_json::{Map, Value, json};

use super::json::{description, text};
use super::parameter::headers_from_json;
use super::{Auth, Body, Parameter, Url};

/// A request as written, with its variables in place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Request {
    /// The method as [`Request::method_from`] gives it.
    pub(crate) method: String,
    /// Where to.
    pub(crate) url: Url,
    /// Header fields in order, those that are switched off included.
    pub(crate) headers: Vec<Parameter>,
    /// The body, if the file has one.
    pub(crate) body: Option<Body>,
    /// The request's own authorization; `None` inherits.
    pub(crate) auth: Option<Auth>,
    /// What the author wrote about it.
    pub(crate) description: Option<String>,
}

impl Request {
    /// Reads the member; a text is a GET of that URL.
    pub(crate) fn from_json(value: &Value) -> Self {
        match value {
            Value::Object(object) => Self::from_object(object),
            other => Self {
                method: "GET".to_owned(),
                url: Url::from_json(Some(other)),
                ..Self::default()
            },
        }
    }

    fn from_object(object: &Map<String, Value>) -> Self {
        let method = text(object, "method").filter(|method| !method.is_empty());
        Self {
            method: Self::method_from(method),
            url: Url::from_json(object.get("url")),
            headers: headers_from_json(object.get("header")),
            body: Body::from_json(object.get("body")),
            auth: Auth::from_json(object.get("auth")),
            description: description(object),
        }
    }

    /// The method in upper case, `GET` when there is none.
    ///
    /// One that holds a variable stays as it is, because names of variables have a case; newman 6.2.2
    /// looks such a variable up in upper case and does not find it.
    pub(crate) fn method_from(written: Option<String>) -> String {
        match written {
            None => "GET".to_owned(),
            Some(method) if method.contains("{{") || method.contains("<<") => method,
            Some(method) => method.to_uppercase(),
        }
    }

    /// The request in the form of collection v2.1.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = json!({
            "url": self.url.to_json(),
            "header": self.headers.iter().map(Parameter::to_json).collect::<Vec<_>>(),
            "method": self.method,
        });
        if let Some(body) = &self.body {
            object["body"] = body.to_json();
        }
        if let Some(auth) = &self.auth {
            object["auth"] = auth.to_json();
        }
        if let Some(description) = &self.description {
            object["description"] = json!({ "content": description, "type": "text/plain" });
        }
        object
    }
}
