//! Subscriptions, which tools list right after signing in.

use serde_json::{Value, json};

use super::dispatch::Call;
use super::refusal::Refusal;
use crate::emulator::answer::Answer;
use crate::emulator::resource;
use crate::emulator::scenario::Subscription;

/// `GET /subscriptions`: those that the caller may read. Without a role that is none, and no error.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let scenario = &call.service.scenario;
    let visible = scenario.subscriptions.iter().filter(|subscription| {
        call.caller.reads_resources
            && scenario
                .tenant(&subscription.tenant_id)
                .and_then(|tenant| tenant.principal(&call.caller.client_id))
                .is_some_and(|principal| principal.object_id == call.caller.object_id)
    });
    Ok(Answer::ok(resource::list(visible.map(document))))
}

/// `GET /subscriptions/{subscription}`
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    let subscription = call.subscription()?;
    call.authorize(&format!("/subscriptions/{}", subscription.id))?;
    Ok(Answer::ok(document(subscription)))
}

fn document(subscription: &Subscription) -> Value {
    json!({
        "id": format!("/subscriptions/{}", subscription.id),
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription.id,
        "tenantId": subscription.tenant_id,
        "displayName": subscription.display_name,
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    })
}
