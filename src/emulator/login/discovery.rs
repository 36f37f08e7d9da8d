//! Documents about the login plane that clients read before they ask for a token.
//!
//! Clients send their secret to the `token_endpoint` that they find here. Every URL therefore
//! names the host of the request, and never Microsoft's.

use serde_json::json;

use super::dispatch::Call;
use super::refusal::Refusal;
use crate::emulator::answer::Answer;

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`
pub(super) fn openid_configuration(call: &Call<'_>) -> Result<Answer, Refusal> {
    let given = call.parameters.get("tenant");
    let tenant = tenant_for_discovery(call, given)?;
    let base = call.request.base_url();
    Ok(Answer::ok(json!({
        "token_endpoint": format!("{base}/{given}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "jwks_uri": format!("{base}/{given}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{base}/{tenant}/v2.0"),
        "authorization_endpoint": format!("{base}/{given}/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": format!("{base}/{given}/oauth2/v2.0/devicecode"),
        "tenant_region_scope": "OC",
    })))
}

/// `GET /{tenant}/discovery/v2.0/keys`
pub(super) fn keys(call: &Call<'_>) -> Result<Answer, Refusal> {
    tenant_for_discovery(call, call.parameters.get("tenant"))?;
    Ok(Answer::ok(
        json!({ "keys": [call.service.token_key.public_key()] }),
    ))
}

/// `GET /common/discovery/instance`
pub(super) fn instance(call: &Call<'_>) -> Result<Answer, Refusal> {
    let base = call.request.base_url();
    Ok(Answer::ok(json!({
        "tenant_discovery_endpoint": format!("{base}/common/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{
            "preferred_network": "login.microsoftonline.com",
            "preferred_cache": "login.windows.net",
            "aliases": ["login.microsoftonline.com", "login.windows.net"],
        }],
    })))
}

/// The id to write into a document, which for the paths common to all tenants is a placeholder.
fn tenant_for_discovery<'a>(call: &Call<'a>, given: &str) -> Result<&'a str, Refusal> {
    if ["common", "organizations"]
        .iter()
        .any(|shared| shared.eq_ignore_ascii_case(given))
    {
        return Ok("{tenantid}");
    }
    match call.service.scenario.tenant(given) {
        Some(tenant) => Ok(&tenant.id),
        None => Err(Refusal::UnknownTenant {
            tenant: given.to_owned(),
            error: "invalid_tenant",
        }),
    }
}
