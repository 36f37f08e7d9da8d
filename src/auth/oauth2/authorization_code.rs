//! A login in a browser (RFC 6749, 4.1) with proof of who began it (RFC 7636), which leads back to this
//! machine (RFC 8252, 7.3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::answer::plain;
use super::settings::Place;
use super::{TokenError, TokenSettings};
use crate::auth::Signing;
use crate::auth::encode::{form_pairs, split_target};
use crate::auth::hash::Hash;

/// Where a login leads back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The host as the collection spells it.
    host: String,
    /// The port to listen on; 0 for any.
    pub(crate) port: u16,
    path: String,
}

impl Redirect {
    /// Whether the address is one of version 6.
    pub(crate) fn is_version_6(&self) -> bool {
        self.host.starts_with('[')
    }

    /// The address with the port that is listened on.
    fn url(&self, port: u16) -> String {
        format!("http://{}:{port}{}", self.host, self.path)
    }
}

/// A login that has begun.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    /// The page where the person logs in.
    pub(crate) address: String,
    redirect: Redirect,
    redirect_uri: String,
    state: String,
    verifier: String,
}

/// What a request to the address that the login leads back to is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callback {
    /// Something else, such as a browser's question for an icon.
    Unrelated,
    /// The end of the login: a code, or why there is none.
    End(Result<String, TokenError>),
}

impl TokenSettings {
    /// Where the login leads back to.
    ///
    /// # Errors
    ///
    /// When that is not on this machine.
    pub(crate) fn redirect(&self) -> Result<Redirect, TokenError> {
        let text = self.text("redirect_uri");
        if text.is_empty() {
            return Ok(Redirect {
                host: "127.0.0.1".to_owned(),
                port: 0,
                path: "/callback".to_owned(),
            });
        }
        let foreign = || TokenError::ForeignRedirect { url: text.clone() };
        let url = Url::parse(&text).map_err(|_| foreign())?;
        let host = url.host_str().unwrap_or_default();
        if url.scheme() != "http" || !matches!(host, "127.0.0.1" | "[::1]" | "localhost") {
            return Err(foreign());
        }
        Ok(Redirect {
            host: host.to_owned(),
            port: url.port().unwrap_or(0),
            path: url.path().to_owned(),
        })
    }

    /// Begins a login that leads back to a port of this machine.
    ///
    /// # Errors
    ///
    /// When the page's address is none.
    pub(crate) fn authorization(
        &self,
        redirect: Redirect,
        port: u16,
        signing: &Signing<'_>,
    ) -> Result<Authorization, TokenError> {
        let invalid = || TokenError::InvalidUrl {
            parameter: "authUrl",
            url: self.text("authUrl"),
        };
        let mut url = Url::parse(&self.text("authUrl")).map_err(|_| invalid())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(invalid());
        }
        let or_random = |key: &str, random: String| match self.text(key) {
            text if text.is_empty() => random,
            text => text,
        };
        let state = or_random("state", signing.uuid().simple().to_string());
        let verifier = or_random("code_verifier", URL_SAFE_NO_PAD.encode(signing.random()));
        let (method, challenge) = match self.text("challengeAlgorithm").as_str() {
            "plain" => ("plain", verifier.clone()),
            _ => ("S256", challenge(&verifier)),
        };
        let redirect_uri = redirect.url(port);
        let mut fields = vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.text("clientId")),
            ("redirect_uri", redirect_uri.clone()),
            ("scope", self.text("scope")),
            ("state", state.clone()),
            ("code_challenge", challenge),
            ("code_challenge_method", method.to_owned()),
        ];
        fields.extend(self.targets());
        {
            let mut query = url.query_pairs_mut();
            for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
                query.append_pair(key, value);
            }
            for extra in self.extra("authRequestParams", Place::Url) {
                query.append_pair(&extra.key, &extra.value);
            }
        }
        Ok(Authorization {
            address: url.to_string(),
            redirect,
            redirect_uri,
            state,
            verifier,
        })
    }
}

/// RFC 7636, 4.2.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Hash::Sha256.of(verifier))
}

impl Authorization {
    /// Reads the target of a request that came to this machine.
    pub(crate) fn callback(&self, target: &str) -> Callback {
        let (path, query) = split_target(target);
        if path != self.redirect.path {
            return Callback::Unrelated;
        }
        let pairs = form_pairs(query);
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.and_then(|(_, value)| value.clone())
        };
        // Someone else's answer must not end the login.
        let state = value("state").unwrap_or_default();
        if !is_same(state.as_bytes(), self.state.as_bytes()) {
            return Callback::Unrelated;
        }
        Callback::End(match (value("error"), value("code")) {
            (Some(error), _) => Err(TokenError::LoginFailed {
                error: plain(&error),
                description: value("error_description").map(|text| plain(&text)),
            }),
            (None, Some(code)) => Ok(code),
            (None, None) => return Callback::Unrelated,
        })
    }

    /// The fields that turn the code into a token.
    pub(crate) fn form(&self, code: String) -> Vec<(&'static str, String)> {
        vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code),
            ("redirect_uri", self.redirect_uri.clone()),
            ("code_verifier", self.verifier.clone()),
        ]
    }
}

/// Compares in a time that tells nothing about where the texts differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differences = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}
