//! Published examples of the schemes, and what else is known to be right: `tests/vectors/`.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::Value;

use super::{Outcome, Signing, sign};
use crate::collection::Auth;
use crate::http::{Content, Header, HttpRequest, RequestUrl};
use crate::redact::Secrets;

/// One example.
pub(super) struct Vector {
    pub(super) id: String,
    pub(super) scheme: String,
    pub(super) inputs: Value,
    pub(super) expected: Value,
    /// Printed in a standard by mistake; must not come out.
    pub(super) is_wrong: bool,
}

impl Vector {
    pub(super) fn input(&self, name: &str) -> &str {
        self.inputs[name].as_str().unwrap_or_default()
    }

    pub(super) fn expected(&self, name: &str) -> Option<&str> {
        self.expected[name].as_str()
    }

    /// A list of pairs.
    pub(super) fn pairs(&self, name: &str) -> Vec<(String, String)> {
        let pairs = self.inputs[name].as_array();
        let pairs = pairs.into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        pairs.map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
    }

    /// The input `headers`.
    pub(super) fn request_headers(&self) -> Vec<Header> {
        let headers = self.pairs("headers").into_iter();
        headers
            .map(|(name, value)| Header::new(name, value))
            .collect()
    }

    /// The request with the inputs `method`, `url`, `headers` and `body`.
    pub(super) fn request(&self) -> HttpRequest {
        let mut request = request(self.input("method"), self.input("url"));
        request.headers = self.request_headers();
        let body = Some(self.input("body")).filter(|body| !body.is_empty());
        request.body = body.map(|body| Content::from(body.to_owned()));
        request
    }
}

/// The examples of a file.
pub(super) fn vectors(json: &str) -> Vec<Vector> {
    let entries: Vec<Value> = serde_json::from_str(json).unwrap();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    entries
        .into_iter()
        .map(|entry| Vector {
            id: text(&entry, "id"),
            scheme: text(&entry, "scheme"),
            is_wrong: entry["wrong"] == true,
            inputs: entry["inputs"].clone(),
            expected: entry["expected"].clone(),
        })
        .collect()
}

/// A request without header fields and content; the target is taken as it is written.
pub(super) fn request(method: &str, url: &str) -> HttpRequest {
    let (scheme, rest) = url.split_once("://").unwrap();
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
        _ => (authority, None),
    };
    HttpRequest {
        method: method.to_owned(),
        url: RequestUrl {
            scheme: scheme.to_owned(),
            host: host.to_owned(),
            port,
            target: if target.is_empty() { "/" } else { target }.to_owned(),
        },
        headers: Vec::new(),
        body: None,
    }
}

/// The request, signed; the scheme has to do its part.
pub(super) fn signed(
    kind: &str,
    parameters: Value,
    mut request: HttpRequest,
    signing: Signing<'_>,
) -> HttpRequest {
    let outcome = sign_with(kind, parameters, &mut request, signing);
    assert!(
        matches!(outcome, Ok(Outcome::Signed | Outcome::SignedWith(_))),
        "{outcome:?}"
    );
    request
}

/// Signs a request and tells what came of it.
pub(super) fn sign_with(
    kind: &str,
    parameters: Value,
    request: &mut HttpRequest,
    signing: Signing<'_>,
) -> Result<Outcome, super::Error> {
    let secrets = Secrets::default();
    block_on(sign(&auth(kind, parameters), request, signing, &secrets)).unwrap()
}

/// An authorization with these parameters.
pub(super) fn auth(kind: &str, parameters: Value) -> Auth {
    let Value::Object(parameters) = parameters else {
        panic!("the parameters of {kind} are no object");
    };
    Auth {
        kind: kind.to_owned(),
        parameters: parameters.into_iter().collect(),
    }
}

/// Waits for what is done at once, as no content is read from a file.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits for something"),
    }
}
