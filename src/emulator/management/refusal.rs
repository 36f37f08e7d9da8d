//! How the management plane says no: code and message, wrapped in `error`.

use axum::http::StatusCode;
use serde_json::json;

use super::dispatch::AUDIENCES;
use crate::emulator::answer::Answer;
use crate::emulator::api_version::VersionRefusal;
use crate::emulator::timestamp;
use crate::emulator::token::TokenFault;

#[derive(Debug)]
pub(in crate::emulator) enum Refusal {
    Token(TokenFault),
    Version(VersionRefusal),
    NoRole {
        client_id: String,
        object_id: String,
        action: &'static str,
        scope: String,
    },
    UnknownSubscription {
        id: String,
    },
    UnknownGroup {
        name: String,
    },
    /// `path` is the type and name without the group, such as `Microsoft.Synapse/workspaces/x`.
    UnknownResource {
        path: String,
        group: String,
    },
    UnknownPath {
        path: String,
    },
    BadRequest {
        message: String,
    },
    /// Something else goes on that has to end first.
    Conflict {
        message: String,
    },
    Method {
        allowed: String,
        method: String,
    },
}

impl Refusal {
    /// The answer; one that wants a token names `authorization_uri` as the place to get it.
    pub(super) fn answer(&self, authorization_uri: &str) -> Answer {
        let (status, code, message) = self.parts();
        let body = json!({ "error": { "code": code, "message": message } });
        let answer = Answer::json(status, body).with_header("x-ms-failure-cause", "gateway");
        match self {
            Self::Token(fault) => answer.with_header(
                "www-authenticate",
                challenge(fault, authorization_uri, &message),
            ),
            Self::Method { allowed, .. } => answer.with_header("allow", allowed.clone()),
            _ => answer,
        }
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        let missing = StatusCode::NOT_FOUND;
        match self {
            Self::Token(fault) => {
                let (code, message) = token_text(fault);
                (StatusCode::UNAUTHORIZED, code, message)
            }
            Self::Version(refusal) => {
                let (code, message) = refusal.text();
                (StatusCode::BAD_REQUEST, code, message)
            }
            Self::NoRole {
                client_id,
                object_id,
                action,
                scope,
            } => (
                StatusCode::FORBIDDEN,
                "AuthorizationFailed",
                format!(
                    "The client '{client_id}' with object id '{object_id}' does not have authorization to perform \
                     action '{action}' over scope '{scope}' or the scope is invalid. If access was recently \
                     granted, please refresh your credentials."
                ),
            ),
            Self::UnknownSubscription { id } => (
                missing,
                "SubscriptionNotFound",
                format!("The subscription '{id}' could not be found."),
            ),
            Self::UnknownGroup { name } => (
                missing,
                "ResourceGroupNotFound",
                format!("Resource group '{name}' could not be found."),
            ),
            Self::UnknownResource { path, group } => (
                missing,
                "ResourceNotFound",
                format!(
                    "The Resource '{path}' under resource group '{group}' was not found. For more details please \
                     go to https://aka.ms/ARMResourceNotFoundFix"
                ),
            ),
            Self::UnknownPath { path } => (
                missing,
                "InvalidResourceType",
                format!("The emulator has no resource at '/{path}'."),
            ),
            Self::BadRequest { message } => {
                (StatusCode::BAD_REQUEST, "BadRequest", message.clone())
            }
            Self::Conflict { message } => (StatusCode::CONFLICT, "Conflict", message.clone()),
            Self::Method { method, allowed } => (
                StatusCode::METHOD_NOT_ALLOWED,
                "MethodNotAllowed",
                format!(
                    "The method '{method}' is not supported here. The supported methods are '{allowed}'."
                ),
            ),
        }
    }
}

fn token_text(fault: &TokenFault) -> (&'static str, String) {
    match fault {
        TokenFault::Missing => (
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.".to_owned(),
        ),
        TokenFault::Unreadable => (
            "InvalidAuthenticationToken",
            "The access token is invalid.".to_owned(),
        ),
        TokenFault::WrongAudience { audience } => {
            let allowed: Vec<String> = AUDIENCES
                .iter()
                .map(|allowed| format!("'{allowed}'"))
                .collect();
            (
                "InvalidAuthenticationTokenAudience",
                format!(
                    "The access token has been obtained for wrong audience or resource '{audience}'. It should \
                     exactly match with one of the allowed audiences {}.",
                    allowed.join(",")
                ),
            )
        }
        TokenFault::Expired { expiry, now } => (
            "ExpiredAuthenticationToken",
            format!(
                "The access token expiry UTC time '{}' is earlier than current UTC time '{}'.",
                timestamp::american(*expiry),
                timestamp::american(*now)
            ),
        ),
        TokenFault::WrongTenant { issuer, expected } => (
            "InvalidAuthenticationTokenTenant",
            format!(
                "The access token is from the wrong issuer '{issuer}'. It must match the tenant \
                 'https://sts.windows.net/{expected}/' associated with this subscription."
            ),
        ),
    }
}

fn challenge(fault: &TokenFault, authorization_uri: &str, message: &str) -> String {
    let description = match fault {
        TokenFault::Missing => {
            "The authentication failed because of missing 'Authorization' header."
        }
        _ => message,
    };
    format!(
        "Bearer authorization_uri=\"{authorization_uri}\", error=\"invalid_token\", \
         error_description=\"{description}\""
    )
}
