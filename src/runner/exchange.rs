//! Signing and exchanging one request, as often as the server asks for other credentials.

use std::sync::Arc;

use super::behavior::send_options;
use super::send::{Outgoing, Sent};
use super::tokens::learn_tokens;
use super::{Clock, Surroundings};
use crate::auth::{Answer, Error, Outcome, Signing, answer, entropy, merge, sign, with_learnt};
use crate::collection::{Auth, AuthParameters};
use crate::http::{Exchange, HttpResponse, Transport};
use crate::record::{ConsoleLevel, ConsoleMessage, SentRequest, Step};
use crate::resolve::{Definition, Prepared};
use crate::variables::Dialect;

/// How often a request is sent again at most (as newman 6.2.2).
const ANSWER_LIMIT: usize = 3;

impl<T: Transport, E, C: Clock> Surroundings<'_, T, E, C> {
    /// Each attempt is recorded as it was sent; scripts and rules see the last one.
    pub(super) async fn exchange(&self, outgoing: &Outgoing<'_>, mut prepared: Prepared) -> Sent {
        let mut sent = Sent {
            unknown: std::mem::take(&mut prepared.unknown),
            ..Sent::default()
        };
        let warnings = std::mem::take(&mut prepared.warnings);
        sent.steps.extend(warnings.into_iter().map(warning));
        let url = prepared.request.url.clone();
        let dialect = self.options.dialect;
        let mut learnt = match outgoing.auth_place {
            Some(place) => self.memory.borrow().recall(place, &url, dialect),
            None => AuthParameters::default(),
        };
        let mut renewed = false;
        for answered in 0.. {
            let auth = prepared.auth.as_ref();
            let auth = auth.map(|auth| with_learnt(auth, &learnt, dialect));
            sent.exchange = None;
            let (auth, token) = match self.with_token(outgoing, &prepared, auth, &mut sent).await {
                Ok(with_token) => with_token,
                Err(()) => break,
            };
            self.attempt(
                outgoing,
                prepared.clone(),
                auth.as_ref(),
                answered,
                &mut sent,
            )
            .await;
            let exchange = sent.exchange.clone();
            let response = exchange.as_ref().and_then(|exchange| exchange.response());
            let (Some(auth), Some(response), false) = (auth, response, self.interrupt.is_set())
            else {
                break;
            };
            let is_again = self.answer(&auth, response, answered, &mut learnt, &mut sent)
                || self.renew(token, response, &mut renewed).await;
            if let Some(place) = outgoing.auth_place {
                let mut memory = self.memory.borrow_mut();
                memory.keep(place, &url, dialect, learnt.clone());
            }
            if !is_again {
                break;
            }
        }
        sent
    }

    /// Signs and sends the request once.
    async fn attempt(
        &self,
        outgoing: &Outgoing<'_>,
        mut prepared: Prepared,
        auth: Option<&Auth>,
        answered: usize,
        sent: &mut Sent,
    ) {
        if let Some(auth) = auth {
            let content_type = prepared.content_type();
            let signing = Signing {
                encodes_url: prepared.encodes_url(),
                ..self.signing(answered).of_content(content_type.as_deref())
            };
            let outcome = sign(auth, &mut prepared.request, signing, &self.secrets).await;
            sent.steps
                .extend(unsigned(auth, outcome, self.options.dialect).map(warning));
        }
        let (request, definition) = prepared.complete();
        let options = send_options(outgoing.behavior, &self.options.send);
        tokio::select! {
            exchange = self.transport.send(request.clone(), &options) => {
                self.record(outgoing, exchange, &definition, sent);
            }
            () = self.interrupt.wait() => {
                sent.definition = Some(Arc::new(definition.to_json(&request)));
            }
        }
    }

    fn record(
        &self,
        outgoing: &Outgoing<'_>,
        exchange: Exchange,
        definition: &Definition,
        sent: &mut Sent,
    ) {
        if let Some(response) = exchange.response() {
            learn_tokens(response, &self.secrets);
        }
        let exchange = Arc::new(exchange);
        let definition = Arc::new(definition.to_json(&exchange.request));
        sent.steps.push(Step::Request(SentRequest {
            origin: outgoing.origin,
            definition: Arc::clone(&definition),
            exchange: Arc::clone(&exchange),
        }));
        sent.cookies = self.transport.cookies(&exchange.request.url);
        sent.definition = Some(definition);
        sent.exchange = Some(exchange);
    }

    /// Whether the request is to be sent once more, and with what in addition.
    fn answer(
        &self,
        auth: &Auth,
        response: &HttpResponse,
        answered: usize,
        learnt: &mut AuthParameters,
        sent: &mut Sent,
    ) -> bool {
        let kind = &auth.kind;
        let problem = match answer(auth, response, &self.signing(answered)) {
            Ok(Answer::Done(later)) => {
                merge(learnt, later);
                return false;
            }
            Ok(Answer::Again(later)) if answered < ANSWER_LIMIT => {
                merge(learnt, later);
                return true;
            }
            Ok(Answer::Again(_)) => {
                format!(
                    "the server asked for {kind} credentials once more, after {ANSWER_LIMIT} answers"
                )
            }
            Err(error) => format!("the authorization {kind} cannot answer: {error}"),
        };
        sent.steps.push(warning(problem));
        false
    }

    fn signing(&self, answered: usize) -> Signing<'static> {
        Signing {
            answered,
            ..Signing::new(self.clock.now(), entropy(), self.options.dialect)
        }
    }
}

/// What a user should know when a request goes out without its authorization.
///
/// newman says nothing of a parameter that is missing.
fn unsigned(
    auth: &Auth,
    outcome: Option<Result<Outcome, Error>>,
    dialect: Dialect,
) -> Option<String> {
    let kind = &auth.kind;
    match outcome {
        Some(Ok(Outcome::Incomplete(_))) if dialect == Dialect::Newman => None,
        Some(Ok(Outcome::Signed | Outcome::SignedWith(_) | Outcome::Waits)) => None,
        Some(Ok(Outcome::Incomplete(parameter))) => Some(format!(
            "the authorization {kind} has no {parameter}; the request is sent without it"
        )),
        Some(Err(error)) => Some(format!(
            "the authorization {kind} cannot be used: {error}; the request is sent without it"
        )),
        None => Some(format!(
            "the authorization type {kind} is not supported; the request is sent without it"
        )),
    }
}

/// A warning beside the item's own console messages.
pub(super) fn warning(text: String) -> Step {
    Step::Console(ConsoleMessage {
        level: ConsoleLevel::Warn,
        arguments: vec![format!("'{text}'")],
    })
}
