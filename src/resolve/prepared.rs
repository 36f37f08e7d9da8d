//! A request with its variables replaced, before and after it is signed.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::collection::{Auth, Body, Parameter, Request, Url};
use crate::files::WorkingDir;
use crate::http::{Header, HttpRequest};
use crate::variables::Dialect;

use super::body::{self, BodyOptions, MediaType};
use super::substituted::{Replace, Substituter};
use super::url::to_target;
use super::{Error, system_headers};

/// A request that is ready to be signed.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// What will be sent; the system header fields are still missing.
    pub(crate) request: HttpRequest,
    /// The authorization with its variables replaced.
    pub(crate) auth: Option<Auth>,
    /// The names of variables that nobody knew.
    pub(crate) unknown: BTreeSet<String>,
    /// What was left out of the body, for the console.
    pub(crate) warnings: Vec<String>,
    model: Request,
    media_type: Option<MediaType>,
    behavior: Map<String, Value>,
    dialect: Dialect,
}

/// Replaces variables and encodes URL and content.
///
/// # Errors
///
/// When what is written cannot be a request.
pub(crate) fn resolve(
    request: &Request,
    auth: Option<&Auth>,
    behavior: &Map<String, Value>,
    replace: Replace<'_>,
    files: &WorkingDir,
    dialect: Dialect,
) -> Result<Prepared, Error> {
    let mut substituter = Substituter::new(replace, dialect);
    let model = substituter.request(request);
    let auth = auth.map(|auth| substituter.auth(auth));
    let is_on = |key: &str| behavior.get(key) == Some(&Value::Bool(true));
    let target = to_target(&model.url, !is_on("disableUrlEncoding"))?;
    let headers = user_headers(&model.headers);
    let declared = headers.iter().rfind(|header| header.is("content-type"));
    let options = BodyOptions {
        method: &model.method,
        user_media_type: declared.map(|header| header.value.as_str()),
        keep_always: is_on("disableBodyPruning"),
        dialect,
        files,
    };
    let mut warnings = Vec::new();
    let content = body::content(model.body.as_ref(), &options, &mut warnings)?;
    let (body, media_type) = match content {
        Some(made) => (Some(made.content), Some(made.media_type)),
        None => (None, None),
    };
    let mut outgoing = HttpRequest {
        method: model.method.clone(),
        url: target.url,
        headers,
        body,
    };
    // Signers see this one field already, as the one who strips comments adds it (as newman 6.2.2).
    if let Some(MediaType::Implicit(json @ "application/json")) = media_type
        && model.body.as_ref().and_then(Body::language) == Some("json")
        && outgoing.header("content-type").is_none()
    {
        outgoing.headers.push(Header::system("Content-Type", json));
    }
    if let Some((user, password)) = target.credentials
        && outgoing.header("authorization").is_none()
    {
        let value = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        outgoing.headers.push(Header::new("Authorization", value));
    }
    Ok(Prepared {
        request: outgoing,
        auth,
        unknown: substituter.unknown,
        warnings,
        model,
        media_type,
        behavior: behavior.clone(),
        dialect,
    })
}

/// Replaces the variables of an authorization alone.
pub(crate) fn resolve_auth(
    auth: &Auth,
    replace: Replace<'_>,
    dialect: Dialect,
) -> (Auth, BTreeSet<String>) {
    let mut substituter = Substituter::new(replace, dialect);
    let auth = substituter.auth(auth);
    (auth, substituter.unknown)
}

impl Prepared {
    /// The media type that the content will be declared with.
    pub(crate) fn content_type(&self) -> Option<String> {
        let (complete, _) = self.clone().complete();
        complete.header("content-type").map(str::to_owned)
    }

    /// Whether the URL may be encoded.
    pub(crate) fn encodes_url(&self) -> bool {
        self.behavior.get("disableUrlEncoding") != Some(&Value::Bool(true))
    }

    /// Adds the header fields that Postman adds by itself; the request is then complete.
    pub(crate) fn complete(mut self) -> (HttpRequest, Definition) {
        let empty = Map::new();
        let disabled = self
            .behavior
            .get("disabledSystemHeaders")
            .and_then(Value::as_object);
        system_headers::add(
            &mut self.request,
            self.media_type.as_ref(),
            disabled.unwrap_or(&empty),
            self.dialect,
        );
        (
            self.request,
            Definition {
                model: self.model,
                auth: self.auth,
            },
        )
    }
}

/// The resolved request in the terms of a collection, for scripts and reports.
pub(crate) struct Definition {
    model: Request,
    auth: Option<Auth>,
}

impl Definition {
    /// The form of collection v2.1, with the URL and the header fields that were sent.
    pub(crate) fn to_json(&self, sent: &HttpRequest) -> Value {
        let headers = sent.headers.iter().map(|field| Parameter {
            system: field.system,
            ..Parameter::new(field.name.clone(), field.value.clone())
        });
        let mut url = Url::parse(&sent.url.to_string());
        let written = &self.model.url;
        url.user_info.clone_from(&written.user_info);
        url.hash.clone_from(&written.hash);
        url.variables.clone_from(&written.variables);
        Request {
            url,
            headers: headers.collect(),
            auth: self.auth.clone(),
            ..self.model.clone()
        }
        .to_json()
    }
}

/// Fields with a name, switched on; of names that differ in case only, the last spelling survives (as
/// newman 6.2.2).
fn user_headers(headers: &[Parameter]) -> Vec<Header> {
    let sent: Vec<Header> = headers
        .iter()
        .filter(|header| !header.disabled && !header.key().is_empty())
        .map(|header| Header::new(header.key(), header.value()))
        .collect();
    let survives = |position: usize| {
        let own = &sent[position];
        !sent[position + 1..]
            .iter()
            .any(|later| later.is(&own.name) && later.name != own.name)
    };
    (0..sent.len())
        .filter(|&position| survives(position))
        .map(|position| sent[position].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::VariableScopes;
    use serde_json::json;

    fn sent(request: Value, behavior: Value) -> HttpRequest {
        let mut scopes = VariableScopes::default();
        scopes.environment.set("v", "va l&x=1".into());
        let behavior = behavior.as_object().cloned().unwrap_or_default();
        let files = WorkingDir::new(std::path::Path::new("."), true).unwrap();
        let request = Request::from_json(&request);
        let prepared = resolve(
            &request,
            None,
            &behavior,
            Replace::Everywhere(&scopes),
            &files,
            Dialect::Postrider,
        )
        .unwrap();
        prepared.complete().0
    }

    fn names(request: &HttpRequest) -> Vec<&str> {
        request
            .headers
            .iter()
            .map(|field| field.name.as_str())
            .collect()
    }

    #[test]
    fn header_fields_come_in_postmans_order() {
        let raw = sent(
            json!({"method": "POST", "url": "http://h", "header": {"X-A": "1"}, "body": "text"}),
            json!({}),
        );
        let form = sent(
            json!({"method": "POST", "url": "http://h", "body": {"mode": "urlencoded", "urlencoded": "a=1"}}),
            json!({}),
        );

        assert_eq!(
            names(&raw),
            [
                "X-A",
                "Content-Type",
                "User-Agent",
                "Accept",
                "Cache-Control",
                "Postman-Token",
                "Host",
                "Accept-Encoding",
                "Connection",
                "Content-Length"
            ]
        );
        assert_eq!(names(&form)[7..], ["Content-Type", "Content-Length"]);
    }

    #[test]
    fn a_value_may_change_the_structure_of_the_url() {
        let request = sent(json!("http://h/a?q={{v}}"), json!({}));

        assert_eq!(request.url.target, "/a?q=va%20l&x=1");
    }

    #[test]
    fn a_system_field_is_left_out_when_the_user_has_one_or_switched_it_off() {
        let request = sent(
            json!({"url": "http://h", "header": [{"key": "accept", "value": "a/b"}, {"key": "x-Low", "value": "1"},
                {"key": "X-LOW", "value": "2"}]}),
            json!({"disabledSystemHeaders": {"user-agent": true, "postman-token": true}}),
        );

        assert_eq!(
            names(&request),
            [
                "accept",
                "X-LOW",
                "Cache-Control",
                "Host",
                "Accept-Encoding",
                "Connection"
            ]
        );
    }

    #[test]
    fn a_post_without_content_says_so() {
        let request = sent(json!({"method": "POST", "url": "http://h"}), json!({}));

        assert_eq!(request.header("content-length"), Some("0"));
    }
}
