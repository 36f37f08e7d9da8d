//! One file of a request.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{auth, body, definition, parameter, script};
use crate::collection::{Body, BodyContent, Event, Item, Parameter, Request, Url};
use crate::load::notice::Notices;
use crate::load::yaml::{Content, Fields, Node};
use crate::suggest::nearest;

const KINDS: [&str; 8] = [
    "http-request",
    "graphql-request",
    "grpc-request",
    "websocket-request",
    "socket.io-request",
    "mqtt-request",
    "mcp-request",
    "llm-request",
];

const HTTP_KEYS: [&str; 15] = [
    "$kind",
    "id",
    "name",
    "description",
    "order",
    "url",
    "method",
    "headers",
    "queryParams",
    "pathVariables",
    "body",
    "auth",
    "scripts",
    "examples",
    "settings",
];

const GRAPHQL_KEYS: [&str; 15] = [
    "$kind",
    "id",
    "name",
    "description",
    "order",
    "url",
    "query",
    "variables",
    "operationName",
    "headers",
    "schema",
    "auth",
    "scripts",
    "examples",
    "settings",
];

const SETTINGS: [&str; 15] = [
    "protocolVersion",
    "strictSSL",
    "followRedirects",
    "maxRedirects",
    "disabledSystemHeaders",
    "followOriginalHttpMethod",
    "followAuthorizationHeader",
    "removeRefererHeaderOnRedirect",
    "insecureHTTPParser",
    "disableBodyPruning",
    "disableCookies",
    "disableUrlEncoding",
    "tlsPreferServerCiphers",
    "tlsDisabledProtocols",
    "tlsCipherSelection",
];

const SYSTEM_HEADERS: [&str; 9] = [
    "cache-control",
    "postman-token",
    "content-type",
    "content-length",
    "accept-encoding",
    "user-agent",
    "connection",
    "accept",
    "host",
];

/// A request with its place among its neighbours.
pub(super) struct OrderedItem {
    pub(super) item: Item,
    pub(super) order: Option<f64>,
}

/// Reads a request file; a request that cannot be run is told and left out.
pub(super) fn read(node: &Node, file_name: &str, notices: &mut Notices) -> Option<OrderedItem> {
    let kind = kind(node, notices)?;
    let (is_graphql, keys) = match kind.as_str() {
        "graphql-request" => (true, &GRAPHQL_KEYS),
        _ => (false, &HTTP_KEYS),
    };
    let fields = Fields::read(node, "a request", keys, notices)?;
    let events: Vec<Event> = fields
        .get("scripts")
        .map(|scripts| script::read(scripts, false, notices))
        .unwrap_or_default();
    let request = match is_graphql {
        true => graphql_request(&fields, notices),
        false => http_request(&fields, notices),
    };
    Some(OrderedItem {
        item: Item {
            id: fields
                .text("id", notices)
                .filter(|id| !id.is_empty())
                .unwrap_or_else(|| Uuid::new_v4().to_string()),
            name: fields
                .text("name", notices)
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| file_name.to_owned()),
            request,
            events,
            behavior: fields
                .get("settings")
                .map(|settings| behavior(settings, notices))
                .unwrap_or_default(),
            place: String::new(),
        },
        order: definition::order(&fields, notices),
    })
}

/// The kind of a request that can be run.
fn kind(node: &Node, notices: &mut Notices) -> Option<String> {
    let Content::Mapping(entries) = &node.content else {
        let message = format!("the file is {}, where a request belongs", node.kind());
        notices.push(node.line, message, None);
        return None;
    };
    let Some((key, value)) = entries.iter().find(|(key, _)| key.text == "$kind") else {
        notices.advise(
            node.line,
            "the request has no `$kind` and is taken for HTTP",
            "write `$kind: http-request`",
        );
        return Some("http-request".to_owned());
    };
    let kind = match &value.content {
        Content::Scalar(scalar) => scalar.text.clone(),
        _ => String::new(),
    };
    if ["http-request", "graphql-request"].contains(&kind.as_str()) {
        return Some(kind);
    }
    let hint = match nearest(&kind, KINDS).filter(|_| !KINDS.contains(&kind.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "only `http-request` and `graphql-request` can be run".to_owned(),
    };
    let message = format!("the request is of the kind `{kind}` and is left out");
    notices.advise(key.line, message, hint);
    None
}

fn http_request(fields: &Fields<'_>, notices: &mut Notices) -> Request {
    let method = fields
        .text("method", notices)
        .filter(|method| !method.trim().is_empty());
    Request {
        method: Request::method_from(method),
        url: url(fields, notices),
        body: fields
            .get("body")
            .and_then(|body| body::read(body, notices)),
        ..common(fields, notices)
    }
}

fn graphql_request(fields: &Fields<'_>, notices: &mut Notices) -> Request {
    Request {
        method: "POST".to_owned(),
        url: Url::parse(&fields.text("url", notices).unwrap_or_default()),
        body: Some(Body {
            content: BodyContent::GraphQl(body::graphql_of(fields, notices)),
            disabled: false,
            options: None,
        }),
        ..common(fields, notices)
    }
}

fn common(fields: &Fields<'_>, notices: &mut Notices) -> Request {
    let headers = fields.get("headers");
    Request {
        headers: headers
            .map(|headers| parameter::read(headers, "a header field", notices))
            .unwrap_or_default()
            .into_iter()
            .map(|header| Parameter {
                value: Some(header.value.unwrap_or_default()),
                ..header
            })
            .collect(),
        auth: fields
            .get("auth")
            .and_then(|auth| auth::read(auth, notices)),
        description: fields.text("description", notices),
        ..Request::default()
    }
}

/// The list of query parameters repeats those of the URL, with those that are switched off beside them; a
/// parameter that only the URL has is sent as well.
fn url(fields: &Fields<'_>, notices: &mut Notices) -> Url {
    let mut url = Url::parse(&fields.text("url", notices).unwrap_or_default());
    if let Some(query) = fields.get("queryParams") {
        let listed = parameter::read(query, "a query parameter", notices);
        url.query
            .retain(|own| listed.iter().all(|entry| entry.key() != own.key()));
        url.query.extend(listed);
    }
    if let Some(variables) = fields.get("pathVariables") {
        url.variables = parameter::read(variables, "a path variable", notices);
    }
    url
}

/// The settings are the keys of `protocolProfileBehavior`; only the list of header fields is a map there.
fn behavior(node: &Node, notices: &mut Notices) -> Map<String, Value> {
    let mut behavior = Map::new();
    let Some(fields) = Fields::read(node, "the settings", &SETTINGS, notices) else {
        return behavior;
    };
    for key in SETTINGS {
        let Some(value) = fields.get(key).filter(|value| !value.is_null()) else {
            continue;
        };
        let value = match key {
            "disabledSystemHeaders" => disabled_headers(value, notices),
            _ => value.to_json(),
        };
        behavior.insert(key.to_owned(), value);
    }
    behavior
}

fn disabled_headers(node: &Node, notices: &mut Notices) -> Value {
    let Content::List(members) = &node.content else {
        return node.to_json();
    };
    let mut names = Map::new();
    for member in members {
        let Content::Scalar(scalar) = &member.content else {
            continue;
        };
        let name = scalar.text.to_ascii_lowercase();
        if !SYSTEM_HEADERS.contains(&name.as_str()) {
            let message = format!(
                "`{}` is no header field that is added by itself",
                scalar.text
            );
            let near = nearest(&name, SYSTEM_HEADERS);
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            notices.push(member.line, message, hint);
        }
        names.insert(name, Value::Bool(true));
    }
    Value::Object(names)
}
