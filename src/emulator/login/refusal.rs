//! How the login plane says no: RFC 6749's shape with Microsoft's fields and AADSTS numbers.

use axum::http::StatusCode;
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::emulator::answer::Answer;
use crate::emulator::timestamp;

/// What every refusal repeats about the request.
pub(super) struct Context {
    pub(super) now: OffsetDateTime,
    pub(super) trace_id: Uuid,
    pub(super) correlation_id: Uuid,
}

/// Why there is no token.
#[derive(Debug)]
pub(super) enum Refusal {
    WrongSecret {
        client_id: String,
    },
    ExpiredSecret {
        client_id: String,
    },
    NoSecret,
    UnknownClient {
        client_id: String,
        tenant: String,
    },
    /// `error` differs between the token endpoint and the OpenID document.
    UnknownTenant {
        tenant: String,
        error: &'static str,
    },
    MalformedTenant {
        tenant: String,
    },
    InvalidScope {
        scope: String,
    },
    UnknownResource {
        resource: String,
        tenant: String,
    },
    MissingField {
        name: &'static str,
    },
    UnsupportedGrant {
        grant: String,
    },
    Method {
        allowed: String,
        method: String,
    },
    UnknownPath,
}

impl Refusal {
    pub(super) fn answer(&self, context: &Context) -> Answer {
        if let Self::UnknownPath = self {
            return Answer::empty(StatusCode::NOT_FOUND);
        }
        let (status, error, code) = self.kind();
        let time = timestamp::with_blank(context.now);
        let Context {
            trace_id,
            correlation_id,
            ..
        } = context;
        Answer::json(
            status,
            json!({
                "error": error,
                "error_description": format!(
                    "AADSTS{code}: {} Trace ID: {trace_id} Correlation ID: {correlation_id} Timestamp: {time}",
                    self.message()
                ),
                "error_codes": [code],
                "timestamp": time,
                "trace_id": trace_id.to_string(),
                "correlation_id": correlation_id.to_string(),
                "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
            }),
        )
    }

    /// Status, OAuth's word and the AADSTS number.
    fn kind(&self) -> (StatusCode, &'static str, u32) {
        let bad = StatusCode::BAD_REQUEST;
        let unauthorized = StatusCode::UNAUTHORIZED;
        match self {
            Self::WrongSecret { .. } => (unauthorized, "invalid_client", 7_000_215),
            Self::ExpiredSecret { .. } => (unauthorized, "invalid_client", 7_000_222),
            Self::NoSecret => (unauthorized, "invalid_client", 7_000_216),
            Self::UnknownClient { .. } => (bad, "unauthorized_client", 700_016),
            Self::UnknownTenant { error, .. } => (bad, error, 90_002),
            Self::MalformedTenant { .. } => (bad, "invalid_request", 900_023),
            Self::InvalidScope { .. } => (bad, "invalid_scope", 1_002_012),
            Self::UnknownResource { .. } => (bad, "invalid_resource", 500_011),
            Self::MissingField { .. } => (bad, "invalid_request", 900_144),
            Self::UnsupportedGrant { .. } => (bad, "unsupported_grant_type", 70_003),
            Self::Method { .. } | Self::UnknownPath => (bad, "invalid_request", 900_561),
        }
    }

    fn message(&self) -> String {
        match self {
            Self::WrongSecret { client_id } => format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client \
                 secret value, not the client secret ID, for a secret added to app '{client_id}'."
            ),
            Self::ExpiredSecret { client_id } => format!(
                "The provided client secret keys for app '{client_id}' are expired. Create new keys for the \
                 app, or consider using certificate credentials for added security."
            ),
            Self::NoSecret => "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."
                .to_owned(),
            Self::UnknownClient { client_id, tenant } => format!(
                "Application with identifier '{client_id}' was not found in the directory '{tenant}'. This \
                 can happen if the application has not been installed by the administrator of the tenant or \
                 consented to by any user in the tenant."
            ),
            Self::UnknownTenant { tenant, .. } => format!(
                "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are \
                 signing into the correct cloud. Check with your subscription administrator, this may happen \
                 if there are no active subscriptions for the tenant."
            ),
            Self::MalformedTenant { tenant } => format!(
                "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."
            ),
            Self::InvalidScope { scope } => format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope \
                 value with /.default suffixed to the resource identifier (application ID URI)."
            ),
            Self::UnknownResource { resource, tenant } => format!(
                "The resource principal named {resource} was not found in the tenant named {tenant}. This can \
                 happen if the application has not been installed by the administrator of the tenant or \
                 consented to by any user in the tenant."
            ),
            Self::MissingField { name } => {
                format!("The request body must contain the following parameter: '{name}'.")
            }
            Self::UnsupportedGrant { grant } => {
                format!("The app requested an unsupported grant type '{grant}'.")
            }
            Self::Method { allowed, method } => {
                format!("The endpoint only accepts {allowed} requests. Received a {method} request.")
            }
            Self::UnknownPath => String::new(),
        }
    }
}
