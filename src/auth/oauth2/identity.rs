//! Tokens of the machine that a run takes place on: Azure's managed identities and workload identities.
//!
//! A collection has to ask for them by their grant, and it cannot say where the platform's own credentials go:
//! the addresses come from the platform's environment variables alone.

use std::time::Duration;

use super::client::ASSERTION_TYPE;
use super::form::TokenRequest;
use super::settings::{Place, request_url};
use super::{Grant, TokenError, TokenSettings};
use crate::auth::encode::{add_to_query, percent_encode};
use crate::http::{Header, RequestUrl};

/// Reads one environment variable of the process.
pub(crate) type ReadVariable = fn(&str) -> Option<String>;

/// Where Azure's virtual machines ask for tokens.
const METADATA_SERVICE: &str = "http://169.254.169.254";

/// The login of the public cloud.
const PUBLIC_AUTHORITY: &str = "https://login.microsoftonline.com";

/// What comes behind a resource in a scope that means all of its permissions.
const DEFAULT_SCOPE: &str = "/.default";

/// A request to the place where this machine's identity is kept.
#[derive(Debug, Clone)]
pub(crate) struct ManagedIdentity {
    /// What is sent.
    pub(crate) request: TokenRequest,
    /// How long an answer may take; a machine outside of Azure gives none.
    pub(crate) limit: Duration,
}

/// A token of the platform, which proves who the client is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Federation {
    /// The file that the platform keeps the token in and renews.
    pub(crate) token_file: String,
    client_id: String,
    url: RequestUrl,
}

impl TokenSettings {
    /// The request to the machine's identity endpoint.
    ///
    /// # Errors
    ///
    /// When the platform is not supported, or it is not said what the token is for.
    pub(crate) fn managed_identity(
        &self,
        variable: ReadVariable,
    ) -> Result<ManagedIdentity, TokenError> {
        let grant = Grant::ManagedIdentity;
        let resource = self.resource().ok_or(TokenError::Missing {
            grant,
            parameter: "resource",
        })?;
        let read = |name| variable(name).filter(|value: &String| !value.is_empty());
        if read("IMDS_ENDPOINT").is_some() || read("IDENTITY_SERVER_THUMBPRINT").is_some() {
            return Err(TokenError::OtherPlatform);
        }
        let endpoint = |name, text: &str| {
            request_url(text).ok_or(TokenError::InvalidUrl {
                parameter: name,
                url: text.to_owned(),
            })
        };
        let app_service = read("IDENTITY_ENDPOINT").zip(read("IDENTITY_HEADER"));
        let older = read("MSI_ENDPOINT").zip(read("MSI_SECRET"));
        let (mut url, header, version, client_parameter, limit) =
            if let Some((at, key)) = app_service {
                (
                    endpoint("IDENTITY_ENDPOINT", &at)?,
                    Header::new("X-IDENTITY-HEADER", key),
                    "2019-08-01",
                    "client_id",
                    Duration::from_secs(60),
                )
            } else if let Some((at, key)) = older {
                (
                    endpoint("MSI_ENDPOINT", &at)?,
                    Header::new("secret", key),
                    "2017-09-01",
                    "clientid",
                    Duration::from_secs(60),
                )
            } else {
                let host = read("AZURE_POD_IDENTITY_AUTHORITY_HOST");
                let host = host.unwrap_or_else(|| METADATA_SERVICE.to_owned());
                let at = format!(
                    "{}/metadata/identity/oauth2/token",
                    host.trim_end_matches('/')
                );
                (
                    endpoint("AZURE_POD_IDENTITY_AUTHORITY_HOST", &at)?,
                    Header::new("Metadata", "true"),
                    "2018-02-01",
                    "client_id",
                    Duration::from_secs(10),
                )
            };
        let mut pairs = vec![("api-version", version.to_owned()), ("resource", resource)];
        pairs.extend([
            (client_parameter, self.text("clientId")),
            ("object_id", self.text("objectId")),
            ("msi_res_id", self.text("identityResourceId")),
        ]);
        for (key, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            let pair = format!("{key}={}", percent_encode(value));
            add_to_query(&mut url.target, &[pair]);
        }
        Ok(ManagedIdentity {
            request: TokenRequest::get(url, vec![header]),
            limit,
        })
    }

    /// Where the platform's own token is, and where it is taken for a proof.
    ///
    /// # Errors
    ///
    /// When the platform has not set up a workload identity.
    pub(crate) fn federation(&self, variable: ReadVariable) -> Result<Federation, TokenError> {
        let read = |name| variable(name).filter(|value: &String| !value.is_empty());
        let needed = |name| read(name).ok_or(TokenError::NotOnPlatform { variable: name });
        let token_file = needed("AZURE_FEDERATED_TOKEN_FILE")?;
        let tenant = needed("AZURE_TENANT_ID")?;
        let client_id = match self.text("clientId") {
            text if text.is_empty() => needed("AZURE_CLIENT_ID")?,
            text => text,
        };
        let authority = read("AZURE_AUTHORITY_HOST");
        let authority = authority.unwrap_or_else(|| PUBLIC_AUTHORITY.to_owned());
        let url = format!(
            "{}/{tenant}/oauth2/v2.0/token",
            authority.trim_end_matches('/')
        );
        Ok(Federation {
            token_file,
            client_id,
            url: request_url(&url).ok_or(TokenError::InvalidUrl {
                parameter: "AZURE_AUTHORITY_HOST",
                url,
            })?,
        })
    }

    /// The request that a platform's token proves.
    ///
    /// # Errors
    ///
    /// When it is not said what the token is for.
    pub(crate) fn federated_request(
        &self,
        federation: &Federation,
        platform_token: &str,
    ) -> Result<TokenRequest, TokenError> {
        let scope = match self.text("scope") {
            text if text.is_empty() => self
                .texts("resource")
                .first()
                .map(|resource| format!("{resource}{DEFAULT_SCOPE}")),
            text => Some(text),
        };
        let scope = scope.ok_or(TokenError::Missing {
            grant: Grant::WorkloadIdentity,
            parameter: "scope",
        })?;
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", &scope),
            ("client_id", &federation.client_id),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", platform_token.trim()),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let extra = self.extra("tokenRequestParams", Place::Body);
        let extra = extra.into_iter().filter(|extra| extra.place == Place::Body);
        Ok(TokenRequest::post(
            federation.url.clone(),
            form.into(),
            Vec::new(),
            extra.collect(),
        ))
    }

    fn resource(&self) -> Option<String> {
        let scope = self.text("scope");
        let of_scope = scope.strip_suffix(DEFAULT_SCOPE).map(str::to_owned);
        self.texts("resource").into_iter().next().or(of_scope)
    }
}
