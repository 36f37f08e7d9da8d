//! Routes of the data plane, its checks before any of them, and its common headers.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::refusal::{Problem, Refusal};
use super::{
    activity_run, big_data_pool, notebook_run, pipeline, pipeline_run, spark_application,
    spark_batch, spark_job_definition, trigger, trigger_run,
};
use crate::emulator::answer::Answer;
use crate::emulator::api_request::ApiRequest;
use crate::emulator::api_version;
use crate::emulator::route::{Match, Parameters, Route, find};
use crate::emulator::scenario::{Principal, Workspace};
use crate::emulator::service::Service;

/// Audiences of tokens for this plane. Azure's documentation has both.
pub(in crate::emulator) const AUDIENCES: &[&str] = &[
    "https://dev.azuresynapse.net",
    "https://dev.azuresynapse.net/",
];

/// One request to a workspace by someone who may use it.
pub(super) struct Call<'a> {
    pub(super) service: &'a Service,
    pub(super) request: &'a ApiRequest,
    pub(super) workspace: &'a Workspace,
    pub(super) caller: &'a Principal,
    pub(super) parameters: Parameters<'a>,
    /// The API version; the one in the path for Livy.
    pub(super) version: &'a str,
}

impl Call<'_> {
    /// The body as a JSON object; none where it is empty, whatever its content type says.
    ///
    /// Azure's own clients send `Content-Type: application/json` with no body at all.
    pub(super) fn body(&self) -> Result<Option<Map<String, Value>>, Problem> {
        if self.request.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        match serde_json::from_slice(&self.request.body) {
            Ok(Value::Object(object)) => Ok(Some(object)),
            Ok(_) => Err(Problem::BadRequest {
                reason: "The request body must be a JSON object.".to_owned(),
            }),
            Err(error) => Err(Problem::BadRequest {
                reason: format!("The request body is not valid JSON: {error}."),
            }),
        }
    }

    pub(super) fn not_found(&self, kind: &'static str, name: impl Into<String>) -> Problem {
        Problem::NotFound {
            kind,
            name: name.into(),
        }
    }
}

/// A handler of this plane; what it says no to is worded for its workspace by [`Refusal`].
pub(super) type Handler = fn(&Call<'_>) -> Result<Answer, Problem>;

const ROUTES: &[Route<Handler>] = &[
    Route {
        method: "GET",
        template: "/pipelines",
        handler: pipeline::list,
    },
    Route {
        method: "GET",
        template: "/pipelines/{pipeline}",
        handler: pipeline::get,
    },
    Route {
        method: "POST",
        template: "/pipelines/{pipeline}/createRun",
        handler: pipeline::create_run,
    },
    Route {
        method: "GET",
        template: "/pipelineruns/{run}",
        handler: pipeline_run::get,
    },
    Route {
        method: "POST",
        template: "/pipelineruns/{run}/cancel",
        handler: pipeline_run::cancel,
    },
    Route {
        method: "POST",
        template: "/queryPipelineRuns",
        handler: pipeline_run::query,
    },
    Route {
        method: "POST",
        template: "/pipelines/{pipeline}/pipelineruns/{run}/queryActivityruns",
        handler: activity_run::query,
    },
    Route {
        method: "GET",
        template: "/sparkJobDefinitions",
        handler: spark_job_definition::list,
    },
    Route {
        method: "GET",
        template: "/sparkJobDefinitions/{definition}",
        handler: spark_job_definition::get,
    },
    Route {
        method: "POST",
        template: "/sparkJobDefinitions/{definition}/execute",
        handler: spark_job_definition::execute,
    },
    Route {
        method: "GET",
        template: "/operationResults/{operation}",
        handler: spark_job_definition::operation_result,
    },
    Route {
        method: "GET",
        template: "/bigDataPools",
        handler: big_data_pool::list,
    },
    Route {
        method: "GET",
        template: "/bigDataPools/{pool}",
        handler: big_data_pool::get,
    },
    Route {
        method: "GET",
        template: "/livyApi/versions/2019-11-01-preview/sparkPools/{pool}/batches",
        handler: spark_batch::list,
    },
    Route {
        method: "POST",
        template: "/livyApi/versions/2019-11-01-preview/sparkPools/{pool}/batches",
        handler: spark_batch::create,
    },
    Route {
        method: "GET",
        template: "/livyApi/versions/2019-11-01-preview/sparkPools/{pool}/batches/{batch}",
        handler: spark_batch::get,
    },
    Route {
        method: "DELETE",
        template: "/livyApi/versions/2019-11-01-preview/sparkPools/{pool}/batches/{batch}",
        handler: spark_batch::cancel,
    },
    Route {
        method: "PUT",
        template: "/notebooks/runs/{run}",
        handler: notebook_run::start,
    },
    Route {
        method: "GET",
        template: "/notebooks/runs/{run}",
        handler: notebook_run::get,
    },
    Route {
        method: "POST",
        template: "/notebooks/runs/{run}/cancel",
        handler: notebook_run::cancel,
    },
    Route {
        method: "GET",
        template: "/notebooks/runs/{run}/snapshot",
        handler: notebook_run::snapshot,
    },
    Route {
        method: "GET",
        template: "/triggers",
        handler: trigger::list,
    },
    Route {
        method: "GET",
        template: "/triggers/{trigger}",
        handler: trigger::get,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/start",
        handler: trigger::start,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/stop",
        handler: trigger::stop,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/subscribeToEvents",
        handler: trigger::subscribe,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/unsubscribeFromEvents",
        handler: trigger::unsubscribe,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/getEventSubscriptionStatus",
        handler: trigger::subscription,
    },
    Route {
        method: "POST",
        template: "/queryTriggerRuns",
        handler: trigger_run::query,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/triggerRuns/{run}/rerun",
        handler: trigger_run::rerun,
    },
    Route {
        method: "POST",
        template: "/triggers/{trigger}/triggerRuns/{run}/cancel",
        handler: trigger_run::cancel,
    },
    Route {
        method: "GET",
        template: "/monitoring/workloadTypes/spark/Applications",
        handler: spark_application::list,
    },
];

/// Answers a request to the data plane of the named workspace, or of the first one.
///
/// Checks in this order: workspace, token, role, path and method, API version, then what the
/// route itself checks.
pub(in crate::emulator) fn answer(
    service: &Service,
    request: &ApiRequest,
    name: Option<&str>,
) -> Answer {
    let request_id = Uuid::new_v4().to_string();
    let is_livy = is_livy(request);
    handle(service, request, name)
        .unwrap_or_else(|refusal| refusal.answer())
        .with_header(
            "server",
            if is_livy {
                "Kestrel Microsoft-HTTPAPI/2.0"
            } else {
                "Microsoft-HTTPAPI/2.0"
            },
        )
        .with_header("x-ms-correlation-request-id", request_id.clone())
        .with_header("x-ms-request-id", request_id)
}

fn handle(service: &Service, request: &ApiRequest, name: Option<&str>) -> Result<Answer, Refusal> {
    let scenario = &service.scenario;
    let workspace = match name {
        Some(name) => scenario.workspace(name),
        None => scenario.workspaces.first(),
    }
    .ok_or_else(|| Refusal::UnknownWorkspace {
        name: name.unwrap_or_default().to_owned(),
    })?;
    let caller = service
        .authenticate(request, AUDIENCES, Some(scenario.tenant_id_of(workspace)))
        .map_err(Refusal::Token)?;
    if !caller.has_synapse_role {
        return Err(Refusal::NoRole {
            object_id: caller.object_id.clone(),
            workspace: workspace.name.clone(),
        });
    }
    match find(ROUTES, request) {
        Match::Route(handler, parameters) => {
            let version = if is_livy(request) {
                request.segments.get(2).map_or("", String::as_str)
            } else {
                api_version::check(request, api_version::DATA).map_err(Refusal::Version)?
            };
            let call = Call {
                service,
                request,
                workspace,
                caller,
                parameters,
                version,
            };
            handler(&call).map_err(|problem| Refusal::problem(problem, workspace))
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

/// Livy has its version in the path and takes none in the query.
fn is_livy(request: &ApiRequest) -> bool {
    request
        .segments
        .first()
        .is_some_and(|first| first.eq_ignore_ascii_case("livyApi"))
}

/// Method and template of every route, for the test of the documentation.
#[cfg(test)]
pub(in crate::emulator) fn route_names() -> Vec<(&'static str, &'static str)> {
    ROUTES
        .iter()
        .map(|route| (route.method, route.template))
        .collect()
}
