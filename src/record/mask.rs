//! Hiding secrets in each part of an event.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::{
    Assertion, AssertionError, AssertionOutcome, ConsoleMessage, Execution, ItemInfo, ScriptError,
    ScriptPlace, ScriptRun, SentRequest, Step, Visualization,
};
use crate::http::{
    Content, Error, Exchange, Header, Hop, HttpRequest, HttpResponse, Piece, RequestUrl,
};
use crate::redact::Secrets;

/// An execution with every secret replaced; its item is masked already.
pub(super) fn mask_execution(
    execution: &Execution,
    item: Arc<ItemInfo>,
    secrets: &Secrets,
) -> Execution {
    Execution {
        cursor: execution.cursor.clone(),
        item,
        skipped: execution.skipped,
        steps: execution
            .steps
            .iter()
            .map(|step| mask_step(step, secrets))
            .collect(),
        next_request: execution
            .next_request
            .as_ref()
            .map(|name| name.as_ref().map(|name| text(name, secrets))),
        visualization: execution.visualization.as_ref().map(|visualization| {
            Arc::new(Visualization {
                template: text(&visualization.template, secrets),
                data: json(&visualization.data, secrets),
            })
        }),
    }
}

fn mask_step(step: &Step, secrets: &Secrets) -> Step {
    match step {
        Step::Script(run) => Step::Script(ScriptRun {
            kind: run.kind,
            owner: text(&run.owner, secrets),
            duration: run.duration,
            error: run.error.as_ref().map(|error| ScriptError {
                name: text(&error.name, secrets),
                message: text(&error.message, secrets),
                place: error.place.as_ref().map(|place| mask_place(place, secrets)),
            }),
        }),
        Step::Console(message) => Step::Console(ConsoleMessage {
            level: message.level,
            arguments: message
                .arguments
                .iter()
                .map(|text_| text(text_, secrets))
                .collect(),
        }),
        Step::Request(sent) => Step::Request(SentRequest {
            origin: sent.origin,
            definition: Arc::new(json(&sent.definition, secrets)),
            exchange: Arc::new(mask_exchange(&sent.exchange, secrets)),
        }),
        Step::Assertion(assertion) => Step::Assertion(mask_assertion(assertion, secrets)),
        Step::Unsendable {
            origin,
            method,
            url,
            reason,
            hint,
            transport,
        } => Step::Unsendable {
            origin: *origin,
            method: text(method, secrets),
            url: text(url, secrets),
            reason: text(reason, secrets),
            hint: hint.as_ref().map(|hint| text(hint, secrets)),
            transport: transport.as_ref().map(|error| mask_error(error, secrets)),
        },
    }
}

fn mask_assertion(assertion: &Assertion, secrets: &Secrets) -> Assertion {
    let outcome = match &assertion.outcome {
        AssertionOutcome::Failed(error) => AssertionOutcome::Failed(AssertionError {
            name: text(&error.name, secrets),
            message: text(&error.message, secrets),
            actual: error.actual.as_ref().map(|value| text(value, secrets)),
            expected: error.expected.as_ref().map(|value| text(value, secrets)),
        }),
        other => other.clone(),
    };
    Assertion {
        name: text(&assertion.name, secrets),
        index: assertion.index,
        outcome,
        place: assertion
            .place
            .as_ref()
            .map(|place| mask_place(place, secrets)),
    }
}

fn mask_place(place: &ScriptPlace, secrets: &Secrets) -> ScriptPlace {
    ScriptPlace {
        owner: text(&place.owner, secrets),
        source_line: text(&place.source_line, secrets),
        ..place.clone()
    }
}

fn mask_exchange(exchange: &Exchange, secrets: &Secrets) -> Exchange {
    let request = &exchange.request;
    Exchange {
        request: HttpRequest {
            method: text(&request.method, secrets),
            url: RequestUrl {
                host: text(&request.url.host, secrets),
                target: text(&request.url.target, secrets),
                ..request.url.clone()
            },
            headers: fields(&request.headers, secrets),
            body: request.body.as_ref().map(|body| content(body, secrets)),
        },
        outcome: exchange
            .outcome
            .as_ref()
            .map_err(|error| mask_error(error, secrets))
            .map(|response| {
                Arc::new(HttpResponse {
                    reason: text(&response.reason, secrets),
                    headers: fields(&response.headers, secrets),
                    body: response
                        .body
                        .with_bytes(secrets.mask_bytes(&response.body).into_owned().into()),
                    ..HttpResponse::clone(response)
                })
            }),
        timings: exchange.timings,
        hops: exchange
            .hops
            .iter()
            .map(|hop| Hop {
                method: text(&hop.method, secrets),
                url: text(&hop.url, secrets),
                ..hop.clone()
            })
            .collect(),
    }
}

/// Texts of the transport repeat addresses and URLs, and those can carry a key in the query.
fn mask_error(error: &Error, secrets: &Secrets) -> Error {
    let masked = |words: &str| text(words, secrets);
    match error {
        Error::ConnectionRefused { address } => Error::ConnectionRefused {
            address: masked(address),
        },
        Error::HostNotFound { host } => Error::HostNotFound { host: masked(host) },
        Error::ConnectionClosed { address } => Error::ConnectionClosed {
            address: masked(address),
        },
        Error::ResponseCut { address } => Error::ResponseCut {
            address: masked(address),
        },
        Error::TimedOut { address, limit } => Error::TimedOut {
            address: masked(address),
            limit: *limit,
        },
        Error::Tls {
            address,
            code,
            reason,
        } => Error::Tls {
            address: masked(address),
            code: *code,
            reason: masked(reason),
        },
        Error::ClientCertificate { name, reason } => Error::ClientCertificate {
            name: masked(name),
            reason: masked(reason),
        },
        Error::Handshake {
            address,
            code,
            reason,
        } => Error::Handshake {
            address: masked(address),
            code: *code,
            reason: masked(reason),
        },
        Error::ProxyRefusal { reason } => Error::ProxyRefusal {
            reason: masked(reason),
        },
        Error::Proxy {
            inner,
            proxy,
            origin,
        } => Error::Proxy {
            inner: Box::new(mask_error(inner, secrets)),
            proxy: masked(proxy),
            origin,
        },
        Error::TooManyRedirects { url } => Error::TooManyRedirects { url: masked(url) },
        Error::InvalidRedirect { location } => Error::InvalidRedirect {
            location: masked(location),
        },
        Error::InvalidRequest { code, reason } => Error::InvalidRequest {
            code: *code,
            reason: masked(reason),
        },
        Error::InvalidContent { encoding, reason } => Error::InvalidContent {
            encoding: masked(encoding),
            reason: masked(reason),
        },
        Error::EncodedTooLarge { limit_bytes } => Error::EncodedTooLarge {
            limit_bytes: *limit_bytes,
        },
        Error::Unsaved { path, reason } => Error::Unsaved {
            path: masked(path),
            reason: masked(reason),
        },
        Error::NotHttp { address, reason } => Error::NotHttp {
            address: masked(address),
            reason: masked(reason),
        },
        Error::Io { address, reason } => Error::Io {
            address: masked(address),
            reason: masked(reason),
        },
    }
}

fn content(content: &Content, secrets: &Secrets) -> Content {
    let pieces = content.pieces.iter().map(|piece| match piece {
        Piece::Bytes(bytes) => Piece::Bytes(secrets.mask_bytes(bytes).into_owned().into()),
        file @ Piece::File { .. } => file.clone(),
    });
    Content {
        pieces: pieces.collect(),
    }
}

pub(super) fn item_info(item: &ItemInfo, secrets: &Secrets) -> ItemInfo {
    ItemInfo {
        id: item.id.clone(),
        name: text(&item.name, secrets),
        folders: item
            .folders
            .iter()
            .map(|name| text(name, secrets))
            .collect(),
        parent: (item.parent.0.clone(), text(&item.parent.1, secrets)),
        definition: Arc::new(json(&item.definition, secrets)),
    }
}

fn fields(headers: &[Header], secrets: &Secrets) -> Vec<Header> {
    headers
        .iter()
        .map(|field| Header {
            name: text(&field.name, secrets),
            value: text(&field.value, secrets),
            system: field.system,
        })
        .collect()
}

pub(super) fn text(text: &str, secrets: &Secrets) -> String {
    secrets.mask(text).into_owned()
}

/// A JSON value with every secret in its texts, keys and numbers replaced.
pub(crate) fn json(value: &Value, secrets: &Secrets) -> Value {
    match value {
        Value::String(string) => Value::String(text(string, secrets)),
        Value::Array(members) => members.iter().map(|member| json(member, secrets)).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, member)| (text(key, secrets), json(member, secrets)))
                .collect(),
        ),
        // A secret of digits only may be a number in a body or a variable.
        Value::Number(number) => match secrets.mask(&number.to_string()) {
            Cow::Borrowed(_) => value.clone(),
            Cow::Owned(masked) => Value::String(masked),
        },
        Value::Bool(_) | Value::Null => value.clone(),
    }
}
