//! Counting calls, and refusing those that the scenario wants refused.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answer::Answer;
use super::api_request::ApiRequest;
use super::plane::Plane;
use super::scenario::Fault;

/// How many calls each fault of a scenario has counted.
pub(super) struct FaultCounter(Vec<AtomicU64>);

impl FaultCounter {
    pub(super) fn new(faults: &[Fault]) -> Self {
        Self(faults.iter().map(|_| AtomicU64::new(0)).collect())
    }

    /// The refusal of this call, if one is wanted. Every fault counts the call.
    pub(super) fn answer(
        &self,
        faults: &[Fault],
        plane: &Plane,
        request: &ApiRequest,
    ) -> Option<Answer> {
        let is_login = *plane == Plane::Login;
        let due: Vec<&Fault> = faults
            .iter()
            .zip(&self.0)
            .filter(|(fault, _)| {
                fault
                    .pattern
                    .matches(request.method.as_str(), &request.segments, is_login)
            })
            .filter(|(fault, counter)| {
                let call = counter.fetch_add(1, Ordering::Relaxed) + 1;
                fault.calls.is_empty() || fault.calls.contains(&call)
            })
            .map(|(fault, _)| fault)
            .collect();
        due.first().map(|fault| refusal(fault, plane))
    }
}

fn refusal(fault: &Fault, plane: &Plane) -> Answer {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let answer = Answer::json(status, body(fault, status, plane));
    match fault.retry_after {
        Some(wait) => answer.with_header("retry-after", wait.as_secs().to_string()),
        None => answer,
    }
}

/// The words of each plane, in its shape.
fn body(fault: &Fault, status: StatusCode, plane: &Plane) -> Value {
    let is_throttled = status == StatusCode::TOO_MANY_REQUESTS;
    let code = match (is_throttled, plane) {
        (true, Plane::Management) => "SubscriptionRequestsThrottled".to_owned(),
        _ => status
            .canonical_reason()
            .unwrap_or("Error")
            .replace([' ', '-', '\''], ""),
    };
    let seconds = fault.retry_after.map_or(1, |wait| wait.as_secs());
    let message = fault.message.clone().unwrap_or_else(|| {
        if is_throttled {
            format!(
                "Your request has hit layered throttling rate-limit of 2 requests per 1 second(s). \
                 Please retry after {seconds} second(s)"
            )
        } else {
            "The scenario of the emulator wants this call to fail.".to_owned()
        }
    });
    match plane {
        Plane::Login => json!({
            "error": if is_throttled { "temporarily_unavailable" } else { "server_error" },
            "error_description": if is_throttled { format!("AADSTS90055: {message}") } else { message },
            "error_codes": if is_throttled { json!([90055]) } else { json!([]) },
        }),
        Plane::Data { .. } => json!({ "code": code, "message": message }),
        Plane::Management | Plane::Elsewhere => {
            json!({ "error": { "code": code, "message": message } })
        }
    }
}
