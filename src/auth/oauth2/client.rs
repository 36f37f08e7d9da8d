//! How a client proves who it is (RFC 6749, 2.3; RFC 7523, 2.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::assertion::assertion;
use super::{TokenError, TokenSettings};
use crate::auth::Signing;
use crate::auth::encode::percent_encode;
use crate::http::{Header, RequestUrl};

/// The value of `client_assertion_type` (RFC 7523, 2.2).
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How id and secret stand in a Basic field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum BasicForm {
    /// As they are, which Postman and most servers mean.
    #[default]
    Raw,
    /// Encoded as in a form, as RFC 6749 (2.3.1) has it.
    Encoded,
}

/// What a client adds to a request.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) headers: Vec<Header>,
    pub(super) form: Vec<(&'static str, String)>,
}

impl Proof {
    /// One way only, as servers refuse two (RFC 6749, 2.3).
    pub(super) fn of(
        settings: &TokenSettings,
        basic: BasicForm,
        audience: &RequestUrl,
        signing: &Signing<'_>,
    ) -> Result<Self, TokenError> {
        let id = settings.text("clientId");
        let secret = settings.text("clientSecret");
        let in_body = |form: Vec<(&'static str, String)>| Self {
            headers: Vec::new(),
            form,
        };
        Ok(match settings.text("client_authentication").as_str() {
            "private_key_jwt" | "client_secret_jwt" => in_body(vec![
                ("client_id", id),
                ("client_assertion_type", ASSERTION_TYPE.to_owned()),
                ("client_assertion", assertion(settings, audience, signing)?),
            ]),
            "" | "header" if !secret.is_empty() => {
                let credentials = match basic {
                    BasicForm::Raw => format!("{id}:{secret}"),
                    BasicForm::Encoded => format!("{}:{}", encoded(&id), encoded(&secret)),
                };
                let value = format!("Basic {}", STANDARD.encode(credentials));
                Self {
                    headers: vec![Header::new("Authorization", value)],
                    form: Vec::new(),
                }
            }
            "" | "header" | "body" => in_body(vec![("client_id", id), ("client_secret", secret)]),
            other => {
                return Err(TokenError::UnknownClientAuthentication {
                    name: other.to_owned(),
                });
            }
        })
    }
}

impl TokenSettings {
    /// Whether the two forms of a Basic field differ for this client.
    pub(crate) fn has_two_basic_forms(&self) -> bool {
        let way = self.text("client_authentication");
        let (id, secret) = (self.text("clientId"), self.text("clientSecret"));
        matches!(way.as_str(), "" | "header")
            && !secret.is_empty()
            && (encoded(&id) != id || encoded(&secret) != secret)
    }
}

fn encoded(text: &str) -> String {
    percent_encode(text).replace("%20", "+")
}
