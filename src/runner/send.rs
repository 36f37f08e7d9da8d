//! Sending one request, whoever asks for it: resolve, sign, exchange.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Clock, Surroundings};
use crate::collection::{Auth, Request};
use crate::http::{Exchange, StoredCookie, Transport};
use crate::record::{ExchangeOrigin, Step};
use crate::resolve::{Replace, resolve};

/// A request with everything that decides how it is sent.
pub(super) struct Outgoing<'item> {
    /// The request as written.
    pub(super) request: &'item Request,
    /// How it is signed.
    pub(super) auth: Option<&'item Auth>,
    /// The place where that authorization stands, if it stands in the collection.
    pub(super) auth_place: Option<&'item str>,
    /// Its `protocolProfileBehavior`.
    pub(super) behavior: &'item Map<String, Value>,
    /// Where its variables are replaced.
    pub(super) replace: Replace<'item>,
    /// Who asks for it.
    pub(super) origin: ExchangeOrigin,
}

/// What became of a request.
#[derive(Default)]
pub(super) struct Sent {
    /// What reports tell of it.
    pub(super) steps: Vec<Step>,
    /// The names of variables that nobody knew.
    pub(super) unknown: BTreeSet<String>,
    /// The request as sent in the form of collection v2.1; `None` when it could not be made.
    pub(super) definition: Option<Arc<Value>>,
    /// What went over the wire, unless it could not be made or the user wants the run to stop.
    pub(super) exchange: Option<Arc<Exchange>>,
    /// The cookies that the jar would send to the same URL afterwards.
    pub(super) cookies: Vec<StoredCookie>,
}

impl<T: Transport, E, C: Clock> Surroundings<'_, T, E, C> {
    /// Sends a request; whatever goes wrong is part of what became of it.
    pub(super) async fn send(&self, outgoing: Outgoing<'_>) -> Sent {
        let user_info = outgoing.request.url.user_info.as_ref();
        if let Some(password) = user_info.and_then(|(_, password)| password.as_ref()) {
            self.secrets.add(&outgoing.replace.text(password).text);
        }
        let prepared = match resolve(
            outgoing.request,
            outgoing.auth,
            outgoing.behavior,
            outgoing.replace,
            self.files,
            self.options.dialect,
        ) {
            Ok(prepared) => prepared,
            Err(error) => {
                let url = outgoing.replace.text(&outgoing.request.url.to_text());
                let step = Step::Unsendable {
                    origin: outgoing.origin,
                    method: outgoing.request.method.clone(),
                    url: url.text,
                    reason: error.to_string(),
                    hint: Some(error.hint().to_owned()),
                    transport: error.as_transport_error(),
                };
                return Sent {
                    steps: vec![step],
                    unknown: url.unknown,
                    ..Sent::default()
                };
            }
        };
        let authorization = prepared.request.header("authorization");
        if user_info.is_some()
            && let Some((_, credentials)) = authorization.and_then(|value| value.split_once(' '))
        {
            self.secrets.add(credentials);
        }
        self.exchange(&outgoing, prepared).await
    }
}
