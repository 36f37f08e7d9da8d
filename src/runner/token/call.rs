//! One exchange with a token endpoint: sent, hidden, recorded, and repeated where that may help.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::Person;
use crate::auth::{ReadVariable, Signing, TokenError, TokenRequest, entropy};
use crate::collection::Url;
use crate::http::{Exchange, HttpResponse, RequestUrl, SendOptions, Transport};
use crate::record::{ExchangeOrigin, SentRequest, Step};
use crate::redact::Secrets;
use crate::runner::exchange::warning;
use crate::runner::tokens::learn_tokens;
use crate::runner::{Clock, Interrupt};
use crate::variables::Dialect;

/// How often a server that is busy is asked again.
const ATTEMPT_LIMIT: u32 = 3;

/// Waited before the first repetition; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// A server that wants to be left alone for longer is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Everything that asking for a token needs, and what is recorded of it.
pub(crate) struct TokenCalls<'run, T, C> {
    /// Carries the requests.
    pub(crate) transport: &'run T,
    /// Tells the time.
    pub(crate) clock: &'run C,
    /// How the run sends its requests.
    pub(crate) send: &'run SendOptions,
    /// Every value that must not be shown.
    pub(crate) secrets: &'run Secrets,
    /// The user's wish to stop.
    pub(crate) interrupt: &'run Interrupt,
    /// Reads the environment variables of the platform.
    pub(crate) platform: ReadVariable,
    /// Who may log in.
    pub(crate) person: &'run Person,
    /// What happened.
    pub(crate) steps: Vec<Step>,
}

/// An answer, and when it was asked for.
pub(super) struct Answered {
    pub(super) response: Arc<HttpResponse>,
    pub(super) url: RequestUrl,
    pub(super) asked: SystemTime,
}

impl<T: Transport, C: Clock> TokenCalls<'_, T, C> {
    pub(super) fn signing(&self) -> Signing<'static> {
        Signing::new(self.clock.now(), entropy(), Dialect::Postrider)
    }

    /// Sends a request until it is answered by more than a plea for patience.
    pub(super) async fn call(
        &mut self,
        token_request: &TokenRequest,
        is_busy: fn(u16) -> bool,
    ) -> Result<Answered, TokenError> {
        token_request.learn_secrets(self.secrets);
        let url = &token_request.request.url;
        if url.scheme == "http" && !is_local(&url.host) {
            self.steps.push(warning(format!(
                "credentials are sent to {} without TLS",
                url.authority()
            )));
        }
        let mut pause = FIRST_PAUSE;
        for attempt in 1.. {
            let asked = self.clock.now();
            let response = self.send(token_request).await?;
            if attempt == ATTEMPT_LIMIT || !is_busy(response.status) {
                return Ok(Answered {
                    response,
                    url: url.clone(),
                    asked,
                });
            }
            let wanted = response.header("retry-after");
            let wanted = wanted.and_then(|seconds| seconds.trim().parse().ok());
            let wanted = wanted.map(Duration::from_secs);
            self.wait(wanted.unwrap_or(pause).min(LONGEST_PAUSE))
                .await?;
            pause *= 2;
        }
        Err(TokenError::Stopped)
    }

    /// Waits, unless the run is to stop.
    pub(super) async fn wait(&self, time: Duration) -> Result<(), TokenError> {
        tokio::select! {
            () = tokio::time::sleep(time) => Ok(()),
            () = self.interrupt.wait() => Err(TokenError::Stopped),
        }
    }

    /// A redirect would carry the credentials on, and cookies belong to the requests of the collection.
    async fn send(
        &mut self,
        token_request: &TokenRequest,
    ) -> Result<Arc<HttpResponse>, TokenError> {
        let options = SendOptions {
            follow_redirects: false,
            use_cookies: false,
            bypass_proxy: token_request.bypass_proxy,
            ..self.send.clone()
        };
        let request = token_request.request.clone();
        let exchange = tokio::select! {
            exchange = self.transport.send(request, &options) => exchange,
            () = self.interrupt.wait() => return Err(TokenError::Stopped),
        };
        match exchange.outcome.clone() {
            Ok(response) => {
                learn_tokens(&response, self.secrets);
                self.record(exchange, token_request);
                Ok(response)
            }
            Err(error) => Err(TokenError::Unreachable {
                url: without_query(&token_request.request.url),
                reason: error.to_string(),
            }),
        }
    }

    fn record(&mut self, exchange: Exchange, token_request: &TokenRequest) {
        self.steps.push(Step::Request(SentRequest {
            origin: ExchangeOrigin::Token,
            definition: Arc::new(definition(&exchange, &token_request.form)),
            exchange: Arc::new(exchange),
        }));
    }
}

/// The request in the form of collection v2.1.
fn definition(exchange: &Exchange, form: &[(String, String)]) -> Value {
    let request = &exchange.request;
    let headers = request
        .headers
        .iter()
        .map(|field| json!({"key": field.name, "value": field.value, "system": field.system}));
    let mut definition = json!({
        "url": Url::parse(&request.url.to_string()).to_json(),
        "header": headers.collect::<Vec<_>>(),
        "method": request.method,
    });
    if request.body.is_some() {
        let fields = form
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value}));
        definition["body"] = json!({
            "mode": "urlencoded",
            "urlencoded": fields.collect::<Vec<_>>(),
        });
    }
    definition
}

/// Whether a status says that the server may answer later.
pub(super) fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 500 | 502..=504)
}

/// As [`is_busy`], and what the metadata service says while it starts or is renewed.
pub(super) fn is_metadata_busy(status: u16) -> bool {
    is_busy(status) || matches!(status, 404 | 410)
}

/// Loopback addresses, and the link-local one of metadata services.
fn is_local(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.is_ok_and(|address| match address {
            std::net::IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
            std::net::IpAddr::V6(address) => address.is_loopback(),
        })
}

fn without_query(url: &RequestUrl) -> String {
    let text = url.to_string();
    text.split('?').next().unwrap_or_default().to_owned()
}
