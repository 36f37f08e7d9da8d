//! Routes of the management plane, its checks before any of them, and its common headers.

use uuid::Uuid;

use super::refusal::Refusal;
use super::{big_data_pool, sql_pool, subscription, workspace};
use crate::emulator::answer::Answer;
use crate::emulator::api_request::ApiRequest;
use crate::emulator::api_version;
use crate::emulator::plane::is_local;
use crate::emulator::route::{Match, Parameters, Route, find};
use crate::emulator::scenario::{Principal, Subscription};
use crate::emulator::service::Service;

/// Audiences of tokens for this plane, in the order in which its refusal lists them.
pub(in crate::emulator) const AUDIENCES: &[&str] = &[
    "https://management.core.windows.net/",
    "https://management.core.windows.net",
    "https://management.azure.com/",
    "https://management.azure.com",
];

/// One request to the management plane by someone known.
pub(super) struct Call<'a> {
    pub(super) service: &'a Service,
    pub(super) request: &'a ApiRequest,
    pub(super) parameters: Parameters<'a>,
    pub(super) caller: &'a Principal,
    pub(super) version: &'a str,
    /// What a role is wanted for, in Azure's words.
    pub(super) action: &'static str,
}

impl<'a> Call<'a> {
    /// The subscription in the path.
    pub(super) fn subscription(&self) -> Result<&'a Subscription, Refusal> {
        let id = self.parameters.get("subscription");
        self.service
            .scenario
            .subscription(id)
            .ok_or_else(|| Refusal::UnknownSubscription { id: id.to_owned() })
    }

    /// Demands the role for reading `scope`. Azure asks for it before it says what is not there.
    pub(super) fn authorize(&self, scope: &str) -> Result<(), Refusal> {
        if self.caller.reads_resources {
            return Ok(());
        }
        Err(Refusal::NoRole {
            client_id: self.caller.client_id.clone(),
            object_id: self.caller.object_id.clone(),
            action: self.action,
            scope: scope.to_owned(),
        })
    }
}

/// What a route needs besides its path.
struct Endpoint {
    versions: &'static [&'static str],
    action: &'static str,
    handle: fn(&Call<'_>) -> Result<Answer, Refusal>,
}

const SUBSCRIPTION_READ: &str = "Microsoft.Resources/subscriptions/read";
const WORKSPACE_READ: &str = "Microsoft.Synapse/workspaces/read";
const POOL_READ: &str = "Microsoft.Synapse/workspaces/bigDataPools/read";
const SQL_POOL_READ: &str = "Microsoft.Synapse/workspaces/sqlPools/read";

const ROUTES: &[Route<Endpoint>] = &[
    Route {
        method: "GET",
        template: "/subscriptions",
        handler: Endpoint {
            versions: api_version::SUBSCRIPTION,
            action: SUBSCRIPTION_READ,
            handle: subscription::list,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}",
        handler: Endpoint {
            versions: api_version::SUBSCRIPTION,
            action: SUBSCRIPTION_READ,
            handle: subscription::get,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/providers/Microsoft.Synapse/workspaces",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: WORKSPACE_READ,
            handle: workspace::list_in_subscription,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: WORKSPACE_READ,
            handle: workspace::list_in_group,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: WORKSPACE_READ,
            handle: workspace::get,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/bigDataPools",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: POOL_READ,
            handle: big_data_pool::list,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/bigDataPools/{pool}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: POOL_READ,
            handle: big_data_pool::get,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/sqlPools",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: SQL_POOL_READ,
            handle: sql_pool::list,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/sqlPools/{pool}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: SQL_POOL_READ,
            handle: sql_pool::get,
        },
    },
    Route {
        method: "PATCH",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/sqlPools/{pool}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: "Microsoft.Synapse/workspaces/sqlPools/write",
            handle: sql_pool::scale,
        },
    },
    Route {
        method: "POST",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/sqlPools/{pool}/pause",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: "Microsoft.Synapse/workspaces/sqlPools/pause/action",
            handle: sql_pool::pause,
        },
    },
    Route {
        method: "POST",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/sqlPools/{pool}/resume",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: "Microsoft.Synapse/workspaces/sqlPools/resume/action",
            handle: sql_pool::resume,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/operationStatuses/{operation}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: "Microsoft.Synapse/workspaces/operationStatuses/read",
            handle: sql_pool::operation_status,
        },
    },
    Route {
        method: "GET",
        template: "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Synapse/workspaces/{workspace}/operationResults/{operation}",
        handler: Endpoint {
            versions: api_version::RESOURCE,
            action: "Microsoft.Synapse/workspaces/operationResults/read",
            handle: sql_pool::operation_result,
        },
    },
];

/// Answers a request to the management plane.
///
/// Checks in this order: token, path and method, API version, then what the route itself checks.
pub(in crate::emulator) fn answer(service: &Service, request: &ApiRequest) -> Answer {
    let subscription = match request.segments.as_slice() {
        [_, id, ..] => service.scenario.subscription(id),
        _ => None,
    };
    let answer = handle(service, request, subscription)
        .unwrap_or_else(|refusal| refusal.answer(&authorization_uri(request, subscription)));
    let kind = if request.method == "GET" {
        ("x-ms-ratelimit-remaining-subscription-reads", "249")
    } else {
        ("x-ms-ratelimit-remaining-subscription-writes", "199")
    };
    let correlation = Uuid::new_v4().to_string();
    answer
        .with_header("cache-control", "no-cache")
        .with_header("pragma", "no-cache")
        .with_header("expires", "-1")
        .with_header("x-ms-request-id", correlation.clone())
        .with_header("x-ms-routing-request-id", format!("EMULATOR:{correlation}"))
        .with_header("x-ms-correlation-request-id", correlation)
        .with_header(kind.0, kind.1)
        .with_header(
            "strict-transport-security",
            "max-age=31536000; includeSubDomains",
        )
        .with_header("x-content-type-options", "nosniff")
}

fn handle(
    service: &Service,
    request: &ApiRequest,
    subscription: Option<&Subscription>,
) -> Result<Answer, Refusal> {
    let tenant = subscription.map(|subscription| subscription.tenant_id.as_str());
    let caller = service
        .authenticate(request, AUDIENCES, tenant)
        .map_err(Refusal::Token)?;
    match find(ROUTES, request) {
        Match::Route(endpoint, parameters) => {
            let version =
                api_version::check(request, endpoint.versions).map_err(Refusal::Version)?;
            (endpoint.handle)(&Call {
                service,
                request,
                parameters,
                caller,
                version,
                action: endpoint.action,
            })
        }
        Match::OtherMethods(methods) => Err(Refusal::Method {
            allowed: methods.join(", "),
            method: request.method.to_string(),
        }),
        Match::Nothing => Err(Refusal::UnknownPath {
            path: request.segments.join("/"),
        }),
    }
}

/// Where a client is told to get a token. Its last segment is how tools learn the tenant of a
/// subscription; its host is the client's own where that is an address, so that nobody is sent
/// from a local test to Microsoft.
fn authorization_uri(request: &ApiRequest, subscription: Option<&Subscription>) -> String {
    let tenant = subscription.map_or("common", |subscription| &subscription.tenant_id);
    if is_local(&request.authority) {
        format!("{}/{tenant}", request.base_url())
    } else {
        format!("https://login.windows.net/{tenant}")
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
