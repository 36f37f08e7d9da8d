//! How the data plane says no: flat from its token check and artifact store, wrapped in `error`
//! from the rest.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::emulator::answer::Answer;
use crate::emulator::api_version::VersionRefusal;
use crate::emulator::scenario::Workspace;
use crate::emulator::timestamp;
use crate::emulator::token::TokenFault;

/// Why a request does not get as far as a handler, or what the handler said.
#[derive(Debug)]
pub(super) enum Refusal {
    UnknownWorkspace {
        name: String,
    },
    Token(TokenFault),
    NoRole {
        object_id: String,
        workspace: String,
    },
    Version(VersionRefusal),
    Method {
        allowed: String,
        method: String,
    },
    UnknownPath {
        path: String,
    },
    /// `place` names the workspace as messages do.
    Problem {
        problem: Problem,
        place: String,
    },
}

/// What a handler cannot do.
#[derive(Debug)]
pub(super) enum Problem {
    /// `kind` is Azure's word, which makes the code as well.
    NotFound {
        kind: &'static str,
        name: String,
    },
    BadReference {
        pipeline: String,
        run: String,
    },
    BadRequest {
        reason: String,
    },
}

impl Refusal {
    pub(super) fn problem(problem: Problem, workspace: &Workspace) -> Self {
        let place = format!(
            "(subscription={} resourceGroup={} workspace={})",
            workspace.subscription_id, workspace.resource_group, workspace.name
        );
        Self::Problem { problem, place }
    }

    pub(super) fn answer(&self) -> Answer {
        match self {
            Self::UnknownWorkspace { name } => flat(
                StatusCode::NOT_FOUND,
                "WorkspaceNotFound",
                &format!("The Workspace {name} was not found"),
            ),
            Self::Token(fault) => {
                let (code, message) = token_text(fault);
                flat(StatusCode::UNAUTHORIZED, code, &message)
            }
            // The status and the code do not fit each other, and neither does Azure's.
            Self::NoRole { object_id, workspace } => wrapped(
                StatusCode::FORBIDDEN,
                json!({
                    "code": "Unauthorized",
                    "message": format!(
                        "The principal '{object_id}' does not have the required Synapse RBAC permission to perform \
                         this action. Required permission: Action: Microsoft.Synapse/workspaces/read, Scope: \
                         workspaces/{workspace}/*."
                    ),
                }),
            ),
            Self::Version(refusal) => {
                let (code, message) = refusal.text();
                wrapped(StatusCode::BAD_REQUEST, json!({ "code": code, "message": message }))
            }
            Self::Method { allowed, method } => flat(
                StatusCode::METHOD_NOT_ALLOWED,
                "MethodNotAllowed",
                &format!("The method {method} is not supported here. The supported methods are {allowed}."),
            )
            .with_header("allow", allowed.clone()),
            Self::UnknownPath { path } => flat(
                StatusCode::NOT_FOUND,
                "NotFound",
                &format!("The emulator has nothing at /{path}"),
            ),
            Self::Problem { problem, place } => problem.answer(place),
        }
    }
}

impl Problem {
    fn answer(&self, place: &str) -> Answer {
        match self {
            Self::NotFound { kind, name } => flat(
                StatusCode::NOT_FOUND,
                &format!("{kind}NotFound"),
                &format!("The {kind} {name} was not found in {place}"),
            ),
            Self::BadReference { pipeline, run } => wrapped(
                StatusCode::BAD_REQUEST,
                json!({
                    "code": "ReferencedPipelineRunNotValid",
                    "message": format!("Referenced pipeline run id {run} is not a valid run id."),
                    "target": format!("pipeline/{pipeline}/"),
                    "details": null,
                }),
            ),
            Self::BadRequest { reason } => wrapped(
                StatusCode::BAD_REQUEST,
                json!({ "code": "BadRequest", "message": reason }),
            ),
        }
    }
}

fn flat(status: StatusCode, code: &str, message: &str) -> Answer {
    Answer::json(status, json!({ "code": code, "message": message }))
}

fn wrapped(status: StatusCode, error: Value) -> Answer {
    Answer::json(status, json!({ "error": error }))
}

fn token_text(fault: &TokenFault) -> (&'static str, String) {
    let failed = "Token Authentication failed";
    match fault {
        TokenFault::Missing => (
            "AuthenticationFailed",
            format!("{failed} - the 'Authorization' header with a bearer token is missing."),
        ),
        TokenFault::Unreadable => (
            "AuthenticationFailed",
            format!(
                "{failed} with SecurityTokenInvalidSignatureException - the token is not valid."
            ),
        ),
        TokenFault::WrongAudience { audience } => (
            "InvalidTokenAuthenticationAudience",
            format!(
                "{failed} with SecurityTokenInvalidAudienceException - IDX10214: Audience validation failed. \
                 Audiences: '{audience}'. Did not match: validationParameters.ValidAudience: \
                 'https://dev.azuresynapse.net'."
            ),
        ),
        TokenFault::Expired { expiry, now } => (
            "AuthenticationFailed",
            format!(
                "{failed} with SecurityTokenExpiredException - IDX10223: Lifetime validation failed. The token is \
                 expired. ValidTo (UTC): '{}', Current time (UTC): '{}'.",
                timestamp::american(*expiry),
                timestamp::american(*now)
            ),
        ),
        TokenFault::WrongTenant { issuer, expected } => (
            "AuthenticationFailed",
            format!(
                "{failed} with SecurityTokenInvalidIssuerException - IDX10205: Issuer validation failed. Issuer: \
                 '{issuer}'. Did not match: validationParameters.ValidIssuer: 'https://sts.windows.net/{expected}/'."
            ),
        ),
    }
}
