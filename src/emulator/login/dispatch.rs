//! Routes of the login plane, and the headers that all its answers carry.

use uuid::Uuid;

use super::refusal::{Context, Refusal};
use super::{discovery, token_request};
use crate::emulator::answer::Answer;
use crate::emulator::api_request::ApiRequest;
use crate::emulator::route::{Match, Parameters, Route, find};
use crate::emulator::service::Service;

/// One request to the login plane.
pub(super) struct Call<'a> {
    pub(super) service: &'a Service,
    pub(super) request: &'a ApiRequest,
    pub(super) parameters: Parameters<'a>,
}

type Handler = fn(&Call<'_>) -> Result<Answer, Refusal>;

const ROUTES: &[Route<Handler>] = &[
    Route {
        method: "GET",
        template: "/common/discovery/instance",
        handler: discovery::instance,
    },
    Route {
        method: "GET",
        template: "/{tenant}/v2.0/.well-known/openid-configuration",
        handler: discovery::openid_configuration,
    },
    Route {
        method: "GET",
        template: "/{tenant}/discovery/v2.0/keys",
        handler: discovery::keys,
    },
    Route {
        method: "POST",
        template: "/{tenant}/oauth2/v2.0/token",
        handler: token_request::token,
    },
];

/// Answers a request to the login plane.
pub(in crate::emulator) fn answer(service: &Service, request: &ApiRequest) -> Answer {
    let context = Context {
        now: service.now(),
        trace_id: Uuid::new_v4(),
        correlation_id: request
            .header("client-request-id")
            .and_then(|id| Uuid::try_parse(id).ok())
            .unwrap_or_else(Uuid::new_v4),
    };
    let outcome = match find(ROUTES, request) {
        Match::Route(handler, parameters) => handler(&Call {
            service,
            request,
            parameters,
        }),
        Match::OtherMethods(methods) => Err(Refusal::Method {
            allowed: methods.join(", "),
            method: request.method.to_string(),
        }),
        Match::Nothing => Err(Refusal::UnknownPath),
    };
    let answer = outcome
        .unwrap_or_else(|refusal| refusal.answer(&context))
        .with_header("cache-control", "no-store, no-cache")
        .with_header("pragma", "no-cache")
        .with_header("expires", "-1")
        .with_header(
            "strict-transport-security",
            "max-age=31536000; includeSubDomains",
        )
        .with_header("x-content-type-options", "nosniff")
        .with_header("x-ms-request-id", context.trace_id.to_string())
        .with_header("x-ms-ests-server", "2.1.1 - EMULATOR")
        // Azure sets cookies on clients that have no use for any; so a runner's jar meets one.
        .with_header(
            "set-cookie",
            format!(
                "fpc={}; path=/; secure; HttpOnly; SameSite=None",
                context.trace_id.simple()
            ),
        );
    match request.header("client-request-id") {
        Some(id) => answer.with_header("client-request-id", id),
        None => answer,
    }
}

/// Method and template of every route, for the test of the documentation.
#[cfg(test)]
pub(in crate::emulator) fn route_names() -> Vec<(&'static str, &'static str)> {
    ROUTES
        .iter()
        .map(|route| (route.method, route.template))
        .collect()
}
