//! One item at one cursor: everything that happened, in order.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{
    Assertion, AssertionOutcome, Cursor, Failure, FailureKind, ItemInfo, ScriptError, ScriptKind,
};
use crate::http::{self, Exchange, HttpResponse};

/// Who asked for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeOrigin {
    /// The item's own request, or a redirect or a challenge round of it.
    Item,
    /// `pm.sendRequest`.
    Script,
    /// The authorization of another request, which needs a token.
    Token,
}

impl ExchangeOrigin {
    /// A word for it in reports that programs read.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Script => "script",
            Self::Token => "token",
        }
    }
}

/// How loud a console message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConsoleLevel {
    /// `console.log`
    Log,
    /// `console.info`
    Info,
    /// `console.debug`
    Debug,
    /// `console.warn`
    Warn,
    /// `console.error`
    Error,
}

/// One call of a console method, or a warning of postrider about this item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsoleMessage {
    /// The method called.
    pub(crate) level: ConsoleLevel,
    /// The arguments as Node's `util.inspect` prints them; texts are in single quotes.
    pub(crate) arguments: Vec<String>,
}

/// One script that ran.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ScriptRun {
    /// Before or after the request.
    pub(crate) kind: ScriptKind,
    /// The name of the collection, folder or request that the script belongs to.
    pub(crate) owner: String,
    /// How long it ran.
    pub(crate) duration: Duration,
    /// Why it failed, if it did.
    pub(crate) error: Option<ScriptError>,
}

/// One request that was sent or could not be sent.
#[derive(Debug, Clone)]
pub(crate) struct SentRequest {
    /// Who asked for it.
    pub(crate) origin: ExchangeOrigin,
    /// The request in the form of collection v2.1, resolved, with the system header fields.
    pub(crate) definition: Arc<Value>,
    /// What went over the wire.
    pub(crate) exchange: Arc<Exchange>,
}

/// What a script wants to be drawn of a response: `pm.visualizer`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Visualization {
    /// A handlebars template of HTML.
    pub(crate) template: String,
    /// What the template shows.
    pub(crate) data: Value,
}

/// One thing that happened while an item was executed.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A script ended.
    Script(ScriptRun),
    /// A script wrote to the console.
    Console(ConsoleMessage),
    /// A request was sent.
    Request(SentRequest),
    /// A `pm.test`, a legacy test or an expectation was evaluated.
    Assertion(Assertion),
    /// The request could not even be made, for instance because its URL is empty.
    Unsendable {
        /// Who asked for it.
        origin: ExchangeOrigin,
        /// The method as written.
        method: String,
        /// The URL as far as it is known.
        url: String,
        /// Why.
        reason: String,
        /// What a user can do about it.
        hint: Option<String>,
        /// What the transport would have said, where it would have been the one to find out.
        transport: Option<http::Error>,
    },
}

/// Everything that happened while one item was executed once.
#[derive(Debug, Clone)]
pub(crate) struct Execution {
    /// Which iteration and item.
    pub(crate) cursor: Cursor,
    /// The item.
    pub(crate) item: Arc<ItemInfo>,
    /// Whether a script or a rule skipped the request.
    pub(crate) skipped: bool,
    /// What happened, in order.
    pub(crate) steps: Vec<Step>,
    /// The name or id that a script asked to continue with, as written; `None` for "end the iteration".
    pub(crate) next_request: Option<Option<String>>,
    /// What the last script that drew something wants to be shown.
    pub(crate) visualization: Option<Arc<Visualization>>,
}

impl Execution {
    /// The exchange whose response the test scripts saw.
    pub(crate) fn main_request(&self) -> Option<&SentRequest> {
        self.requests()
            .rfind(|sent| sent.origin == ExchangeOrigin::Item)
    }

    /// The response that the test scripts saw.
    pub(crate) fn response(&self) -> Option<&Arc<HttpResponse>> {
        self.main_request()
            .and_then(|sent| sent.exchange.response())
    }

    /// All requests in the order they were sent.
    pub(crate) fn requests(&self) -> impl DoubleEndedIterator<Item = &SentRequest> {
        self.steps.iter().filter_map(|step| match step {
            Step::Request(sent) => Some(sent),
            _ => None,
        })
    }

    /// All scripts in the order they ran.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = &ScriptRun> {
        self.steps.iter().filter_map(|step| match step {
            Step::Script(run) => Some(run),
            _ => None,
        })
    }

    /// Everything that makes the run fail, in order.
    pub(crate) fn failures(&self) -> Vec<Failure> {
        self.steps
            .iter()
            .filter_map(|step| self.failure(step))
            .collect()
    }

    fn failure(&self, step: &Step) -> Option<Failure> {
        let (kind, name, test, message, place, hint) = match step {
            Step::Assertion(Assertion {
                name,
                outcome: AssertionOutcome::Failed(error),
                place,
                ..
            }) => (
                FailureKind::Assertion,
                error.name.clone(),
                Some(name.clone()),
                error.message.clone(),
                place.clone(),
                None,
            ),
            Step::Script(ScriptRun {
                error: Some(error),
                kind,
                ..
            }) => (
                FailureKind::Script(*kind),
                error.name.clone(),
                None,
                error.message.clone(),
                error.place.clone(),
                None,
            ),
            Step::Request(sent) => {
                let error = sent.exchange.outcome.as_ref().err()?;
                let hint = error.hint().map(str::to_owned);
                (
                    FailureKind::Request,
                    "Error".to_owned(),
                    None,
                    error.to_string(),
                    None,
                    hint,
                )
            }
            Step::Unsendable { reason, hint, .. } => (
                FailureKind::Request,
                "Error".to_owned(),
                None,
                reason.clone(),
                None,
                hint.clone(),
            ),
            _ => return None,
        };
        Some(Failure {
            kind,
            name,
            test,
            message,
            place,
            hint,
            item: Arc::clone(&self.item),
            cursor: self.cursor.clone(),
        })
    }
}
