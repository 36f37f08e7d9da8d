//! What an authorization says about tokens.

use serde_json::Value;
use url::Url;

use super::{Grant, TokenError};
use crate::auth::Parameters;
use crate::auth::hash::{Hash, hex};
use crate::collection::Auth;
use crate::http::RequestUrl;

/// Parameters that say nothing about which token it is.
const OF_THE_REQUEST: [&str; 9] = [
    "accessToken",
    "addTokenTo",
    "headerPrefix",
    "tokenName",
    "tokenType",
    "refreshTokenUrl",
    "state",
    "code_verifier",
    "disableRetryRequest",
];

/// The names that older collections have for a parameter.
const OLDER_NAMES: [(&str, &str); 4] = [
    ("grant_type", "grantType"),
    ("client_authentication", "clientAuth"),
    ("redirect_uri", "redirectUri"),
    ("redirect_uri", "callBackUrl"),
];

/// An authorization from which a token can be made.
#[derive(Debug, Clone)]
pub(crate) struct TokenSettings {
    auth: Auth,
    /// How the token is obtained.
    pub(crate) grant: Grant,
}

impl TokenSettings {
    /// Reads an authorization whose variables are replaced; `None` when it says nothing about a grant, or
    /// has a token already.
    ///
    /// Without a `grant_type`, what is there tells the grant: a refresh token, or a client with a token URL
    /// and without a page to log in at.
    ///
    /// # Errors
    ///
    /// When it names a grant that nobody knows, or lacks something that the grant needs.
    pub(crate) fn read(auth: &Auth) -> Result<Option<Self>, TokenError> {
        if auth.kind != "oauth2" {
            return Ok(None);
        }
        let parameters = Parameters::new(auth);
        let token = parameters.text("accessToken");
        if !token.is_empty() && !is_unresolved(&token) {
            return Ok(None);
        }
        let settings = |grant| Self {
            auth: auth.clone(),
            grant,
        };
        // Which parameters count does not depend on the grant.
        let name = settings(Grant::ClientCredentials).text("grant_type");
        let grant = if name.is_empty() {
            match guessed(&parameters) {
                Some(grant) => grant,
                None => return Ok(None),
            }
        } else {
            Grant::named(&name).ok_or(TokenError::UnknownGrant { name })?
        };
        let settings = settings(grant);
        settings.check()?;
        Ok(Some(settings))
    }

    fn check(&self) -> Result<(), TokenError> {
        for parameter in self.grant.needs() {
            if self.text(parameter).is_empty() {
                let grant = self.grant;
                return Err(TokenError::Missing { grant, parameter });
            }
        }
        for parameter in ["accessTokenUrl", "authUrl", "clientId", "clientSecret"] {
            let text = self.text(parameter);
            // An unresolved secret is not shown: it may be a text that only looks like a variable.
            if is_unresolved(&text) || (parameter.ends_with("Url") && text.contains("{{")) {
                return Err(TokenError::Unresolved { parameter });
            }
        }
        if self.grant == Grant::RefreshToken {
            self.refresh_url()?;
        }
        Ok(())
    }

    /// The text of a parameter, under its older name as well; absent is empty.
    pub(super) fn text(&self, key: &str) -> String {
        let parameters = Parameters::new(&self.auth);
        let older = OLDER_NAMES.iter().filter(|(name, _)| *name == key);
        let names = std::iter::once(key).chain(older.map(|(_, older)| *older));
        names
            .map(|name| parameters.text(name))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// A parameter of which there may be several: a text, or the members of a list or an object.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let values: Vec<&Value> = match Parameters::new(&self.auth).value(key) {
            None => Vec::new(),
            Some(Value::Array(members)) => members.iter().collect(),
            Some(Value::Object(members)) => members.values().collect(),
            Some(single) => vec![single],
        };
        let texts = values.into_iter().filter_map(Value::as_str);
        texts
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The entries of a list such as `tokenRequestParams` that are switched on.
    pub(super) fn extra(&self, key: &str, default_place: Place) -> Vec<Extra> {
        Extra::list(&Parameters::new(&self.auth), key, default_place)
    }

    /// The token endpoint.
    pub(super) fn token_url(&self) -> Result<RequestUrl, TokenError> {
        self.url("accessTokenUrl")
    }

    /// Where a token is renewed.
    pub(super) fn refresh_url(&self) -> Result<RequestUrl, TokenError> {
        match self.text("refreshTokenUrl").is_empty() {
            true => self.token_url(),
            false => self.url("refreshTokenUrl"),
        }
    }

    pub(super) fn url(&self, parameter: &'static str) -> Result<RequestUrl, TokenError> {
        let text = self.text(parameter);
        if text.is_empty() {
            let grant = self.grant;
            return Err(TokenError::Missing { grant, parameter });
        }
        request_url(&text).ok_or(TokenError::InvalidUrl {
            parameter,
            url: text,
        })
    }

    /// A refresh token that the user has.
    pub(crate) fn refresh_token(&self) -> Option<String> {
        let token = self.text("refreshToken");
        (!token.is_empty() && !is_unresolved(&token)).then_some(token)
    }

    /// Whether a 401 of the resource is the result, whatever token was sent.
    pub(crate) fn keeps_refused_token(&self) -> bool {
        Parameters::new(&self.auth).is_on("disableRetryRequest")
    }

    /// Tells one token from another: everything that decides about it, and nothing of the request that it
    /// is for. It is a hash, as secrets are part of it.
    pub(crate) fn key(&self) -> String {
        let mut parts: Vec<String> = self
            .auth
            .parameters
            .iter()
            .filter(|(key, value)| {
                !OF_THE_REQUEST.contains(&key.as_str()) && !value.is_null() && *value != ""
            })
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        parts.sort();
        parts.push(self.grant.name().to_owned());
        hex(&Hash::Sha256.of(parts.join("\n")))
    }
}

/// Where an extra parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Url,
    Header,
}

/// A parameter that the user adds to a request for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extra {
    pub(super) place: Place,
    pub(super) key: String,
    pub(super) value: String,
}

impl Extra {
    pub(super) fn list(parameters: &Parameters<'_>, key: &str, default_place: Place) -> Vec<Self> {
        let list = parameters.value(key).and_then(Value::as_array);
        let entries = list.into_iter().flatten();
        entries
            .filter(|entry| entry["enabled"] != false && entry["disabled"] != true)
            .filter_map(|entry| {
                let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
                Some(Self {
                    place: match text("send_as").as_str() {
                        "request_body" => Place::Body,
                        "request_url" => Place::Url,
                        "request_header" => Place::Header,
                        _ => default_place,
                    },
                    key: Some(text("key")).filter(|key| !key.is_empty())?,
                    value: text("value"),
                })
            })
            .collect()
    }
}

fn guessed(parameters: &Parameters<'_>) -> Option<Grant> {
    let is_there = |key: &str| !parameters.text(key).is_empty();
    if is_there("refreshToken") && (is_there("refreshTokenUrl") || is_there("accessTokenUrl")) {
        return Some(Grant::RefreshToken);
    }
    let is_client = is_there("accessTokenUrl") && is_there("clientId");
    (is_client && !is_there("authUrl")).then_some(Grant::ClientCredentials)
}

/// Whether a text is nothing but a variable that nobody knows.
pub(super) fn is_unresolved(text: &str) -> bool {
    text.starts_with("{{") && text.ends_with("}}")
}

/// Takes a URL apart; `None` when nothing can be sent to it.
pub(super) fn request_url(text: &str) -> Option<RequestUrl> {
    let url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let query = url.query().map(|query| format!("?{query}"));
    Some(RequestUrl {
        scheme: url.scheme().to_owned(),
        host: url.host_str()?.to_owned(),
        port: url.port(),
        target: format!("{}{}", url.path(), query.unwrap_or_default()),
    })
}
