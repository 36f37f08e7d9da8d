//! Requests to token endpoints: forms that are posted (RFC 6749, 4 and appendix B).

use super::client::{BasicForm, Proof};
use super::settings::{Extra, Place};
use super::{Grant, TokenError, TokenSettings};
use crate::auth::encode::{add_to_query, percent_encode};
use crate::auth::{Parameters, Signing};
use crate::http::{Content, Header, HttpRequest, RequestUrl};
use crate::redact::Secrets;

/// Parts of parameter names whose values are not to be shown.
const SECRET_NAMES: [&str; 5] = ["secret", "assertion", "password", "token", "key"];

/// A request to a token endpoint.
#[derive(Debug, Clone)]
pub(crate) struct TokenRequest {
    /// What is sent.
    pub(crate) request: HttpRequest,
    /// The fields of its form.
    pub(crate) form: Vec<(String, String)>,
    /// Whether it is for the machine itself, and no proxy may see it.
    pub(crate) bypass_proxy: bool,
}

impl TokenRequest {
    /// A request without content, to a service of the machine.
    pub(super) fn get(url: RequestUrl, headers: Vec<Header>) -> Self {
        let mut request = bare("GET", url);
        request.headers.splice(0..0, headers);
        Self {
            request,
            form: Vec::new(),
            bypass_proxy: true,
        }
    }

    /// A posted form; fields without a value are left out, as servers take an empty `scope` for a wrong one.
    pub(super) fn post(
        mut url: RequestUrl,
        mut form: Vec<(String, String)>,
        headers: Vec<Header>,
        extra: Vec<Extra>,
    ) -> Self {
        let mut fields = headers;
        for Extra { place, key, value } in extra {
            match place {
                Place::Body => {
                    // A field that the user names is meant instead of postrider's own, except where both
                    // may stand, as `resource` may (RFC 8707, 2).
                    form.retain(|(known, _)| *known != key || key == "resource");
                    form.push((key, value));
                }
                Place::Url => {
                    let pair = format!("{}={}", percent_encode(&key), percent_encode(&value));
                    add_to_query(&mut url.target, &[pair]);
                }
                Place::Header => fields.push(Header::new(key, value)),
            }
        }
        form.retain(|(_, value)| !value.is_empty());
        let content = encoded(&form);
        let mut request = bare("POST", url);
        let kind = Header::system("Content-Type", "application/x-www-form-urlencoded");
        let length = Header::system("Content-Length", content.len().to_string());
        request.headers.splice(0..0, [kind, length]);
        fields
            .into_iter()
            .for_each(|field| request.replace_header(field));
        request.body = Some(Content::from(content));
        Self {
            request,
            form,
            bypass_proxy: false,
        }
    }

    /// Makes what the form and its header fields hold known as secrets.
    pub(crate) fn learn_secrets(&self, secrets: &Secrets) {
        for (key, value) in &self.form {
            match key.as_str() {
                "client_secret" | "password" | "refresh_token" => drop(secrets.add(value)),
                "client_assertion" | "code" | "code_verifier" | "device_code" => {
                    secrets.add_passing(value);
                }
                _ => {}
            }
        }
        let authorization = self.request.header("authorization");
        if let Some((_, credentials)) = authorization.and_then(|value| value.split_once(' ')) {
            secrets.add(credentials);
        }
    }
}

impl TokenSettings {
    /// The request of a grant that needs nothing from outside.
    ///
    /// # Errors
    ///
    /// When a URL is none, or the client cannot prove who it is.
    pub(crate) fn token_request(
        &self,
        basic: BasicForm,
        signing: &Signing<'_>,
    ) -> Result<TokenRequest, TokenError> {
        let form = match self.grant {
            Grant::Password => vec![
                ("grant_type", "password".to_owned()),
                ("username", self.text("username")),
                ("password", self.text("password")),
            ],
            _ => vec![("grant_type", "client_credentials".to_owned())],
        };
        self.form_request(form, basic, signing)
    }

    /// The request that turns something (a code, a device code) into a token.
    ///
    /// # Errors
    ///
    /// As [`TokenSettings::token_request`].
    pub(crate) fn form_request(
        &self,
        mut form: Vec<(&'static str, String)>,
        basic: BasicForm,
        signing: &Signing<'_>,
    ) -> Result<TokenRequest, TokenError> {
        if self.grant != Grant::AuthorizationCode {
            form.push(("scope", self.text("scope")));
        }
        let targets = self.targets().into_iter();
        let url = self.token_url()?;
        let proof = Proof::of(self, basic, &url, signing)?;
        let extra = self.extra("tokenRequestParams", Place::Body);
        let form = form.into_iter().chain(targets).chain(proof.form);
        let form = form.map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(TokenRequest::post(url, form, proof.headers, extra))
    }

    /// The request that renews a token (RFC 6749, 6).
    ///
    /// # Errors
    ///
    /// As [`TokenSettings::token_request`].
    pub(crate) fn refresh_request(
        &self,
        refresh_token: &str,
        basic: BasicForm,
        signing: &Signing<'_>,
    ) -> Result<TokenRequest, TokenError> {
        let url = self.refresh_url()?;
        let proof = Proof::of(self, basic, &url, signing)?;
        let mut form = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", refresh_token.to_owned()),
        ];
        // Elsewhere the scope is that of the first token (RFC 6749, 6).
        if self.grant == Grant::RefreshToken {
            form.push(("scope", self.text("scope")));
            form.extend(self.targets());
        }
        let extra = self.extra("refreshRequestParams", Place::Body);
        let form = form.into_iter().chain(proof.form);
        let form = form.map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(TokenRequest::post(url, form, proof.headers, extra))
    }

    /// What the token is for: `audience` and `resource`, of which there may be several.
    pub(super) fn targets(&self) -> Vec<(&'static str, String)> {
        ["audience", "resource"]
            .into_iter()
            .flat_map(|key| self.texts(key).into_iter().map(move |text| (key, text)))
            .collect()
    }

    /// The values of the extra parameters that look like credentials.
    pub(super) fn extra_secrets(parameters: &Parameters<'_>) -> Vec<String> {
        ["tokenRequestParams", "refreshRequestParams"]
            .into_iter()
            .flat_map(|list| Extra::list(parameters, list, Place::Body))
            .filter(|extra| {
                let key = extra.key.to_ascii_lowercase();
                let is_secret = SECRET_NAMES.iter().any(|name| key.contains(name));
                is_secret && !key.ends_with("_type")
            })
            .map(|extra| extra.value)
            .collect()
    }
}

/// The form's bytes. `~` stays as it is, unlike in a browser's form, so that the secret is found again when
/// it is hidden; to a server both are the same.
pub(super) fn encoded(form: &[(String, String)]) -> String {
    let encode = |text: &str| percent_encode(text).replace("%20", "+");
    let fields = form
        .iter()
        .map(|(key, value)| format!("{}={}", encode(key), encode(value)));
    fields.collect::<Vec<_>>().join("&")
}

fn bare(method: &str, url: RequestUrl) -> HttpRequest {
    HttpRequest {
        method: method.to_owned(),
        headers: vec![
            Header::system("Accept", "application/json"),
            Header::system(
                "User-Agent",
                concat!("postrider/", env!("CARGO_PKG_VERSION")),
            ),
            Header::system("Host", url.authority()),
        ],
        url,
        body: None,
    }
}
