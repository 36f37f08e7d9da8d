//! A login on another device (RFC 8628).

use std::time::Duration;

use serde_json::Value;

use super::answer::{members, plain, refusal};
use super::client::{BasicForm, Proof};
use super::form::TokenRequest;
use super::settings::Place;
use super::{TokenError, TokenSettings};
use crate::auth::Signing;
use crate::http::{HttpResponse, RequestUrl};

/// The grant on the wire (RFC 8628, 3.4).
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Waited between two questions when the server says nothing (RFC 8628, 3.2).
const USUAL_INTERVAL: Duration = Duration::from_secs(5);

/// Added for good when the server asks for patience (RFC 8628, 3.5).
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a code holds when the server does not say so.
const USUAL_LIFETIME: Duration = Duration::from_secs(900);

/// What the person has to do, and how to ask whether it is done.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DeviceCode {
    /// What is asked with.
    pub(crate) device_code: String,
    /// What the person types in.
    pub(crate) user_code: String,
    /// Where the person goes.
    pub(crate) address: String,
    /// The same with the code in it.
    pub(crate) complete_address: Option<String>,
    /// Waited before each question.
    pub(crate) interval: Duration,
    /// How long the code holds.
    pub(crate) lifetime: Duration,
}

/// What follows from an answer without a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Poll {
    /// Ask again after this time.
    After(Duration),
    /// It is over.
    End(TokenError),
}

impl DeviceCode {
    /// Reads the answer of the device endpoint.
    ///
    /// # Errors
    ///
    /// When there is no code in it.
    pub(crate) fn read(response: &HttpResponse, url: &RequestUrl) -> Result<Self, TokenError> {
        let members = members(response);
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| members.get(*name));
            found.and_then(Value::as_str).map(str::to_owned)
        };
        let seconds = |name: &str, usual: Duration| {
            let number = members.get(name).and_then(Value::as_u64);
            number.map_or(usual, Duration::from_secs)
        };
        let code = (
            text(&["device_code"]),
            text(&["user_code"]),
            // Google's older name.
            text(&["verification_uri", "verification_url"]),
        );
        match code {
            (Some(device_code), Some(user_code), Some(address)) if response.status == 200 => {
                Ok(Self {
                    device_code,
                    user_code: plain(&user_code),
                    address: plain(&address),
                    complete_address: text(&["verification_uri_complete"])
                        .map(|address| plain(&address)),
                    interval: seconds("interval", USUAL_INTERVAL),
                    lifetime: seconds("expires_in", USUAL_LIFETIME),
                })
            }
            _ => Err(refusal(response, url, &members)),
        }
    }

    /// The fields that ask whether the person is done.
    pub(crate) fn form(&self) -> Vec<(&'static str, String)> {
        vec![
            ("grant_type", GRANT_TYPE.to_owned()),
            ("device_code", self.device_code.clone()),
        ]
    }

    /// What the person is told.
    pub(crate) fn instructions(&self) -> String {
        let Self {
            address, user_code, ..
        } = self;
        let complete = self.complete_address.as_ref();
        let complete = complete.map_or(String::new(), |address| format!(" (or open {address})"));
        format!("to get a token, open {address} and enter the code {user_code}{complete}")
    }
}

impl Poll {
    /// What follows from an error, after the questions came at this interval.
    pub(crate) fn after(error: TokenError, interval: Duration) -> Self {
        match error.code() {
            Some("authorization_pending") => Self::After(interval),
            Some("slow_down") => Self::After(interval + PATIENCE),
            Some("access_denied" | "expired_token") => {
                let (error, description) = match error {
                    TokenError::Refused {
                        error, description, ..
                    } => (error, description),
                    other => return Self::End(other),
                };
                Self::End(TokenError::LoginFailed { error, description })
            }
            _ => Self::End(error),
        }
    }
}

impl TokenSettings {
    /// The request for a device code.
    ///
    /// # Errors
    ///
    /// When the URL is none, or the client cannot prove who it is.
    pub(crate) fn device_request(
        &self,
        basic: BasicForm,
        signing: &Signing<'_>,
    ) -> Result<TokenRequest, TokenError> {
        let url = self.url("deviceAuthorizationUrl")?;
        let proof = Proof::of(self, basic, &url, signing)?;
        let mut form = vec![("scope".to_owned(), self.text("scope"))];
        let fields = self.targets().into_iter().chain(proof.form);
        form.extend(fields.map(|(key, value)| (key.to_owned(), value)));
        if !form.iter().any(|(key, _)| key == "client_id") {
            form.push(("client_id".to_owned(), self.text("clientId")));
        }
        let extra = self.extra("authRequestParams", Place::Body);
        Ok(TokenRequest::post(url, form, proof.headers, extra))
    }
}
