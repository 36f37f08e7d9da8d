//! The token endpoint, for the grant that works without a person: client credentials.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::json;
use uuid::Uuid;

use super::dispatch::Call;
use super::refusal::Refusal;
use crate::emulator::answer::Answer;
use crate::emulator::api_request::ApiRequest;
use crate::emulator::scenario::{Principal, Tenant};
use crate::emulator::token::Claims;
use crate::emulator::{data, management};

const SCOPE_SUFFIX: &str = "/.default";

/// The fields of a token request, from the form and, for the credentials, from a Basic header.
struct Form {
    fields: Vec<(String, String)>,
    basic: Option<(String, String)>,
}

/// `POST /{tenant}/oauth2/v2.0/token`
///
/// Checks in this order: tenant, grant, presence of the other fields, form of the scope,
/// application, secret, resource. Azure's order is not documented; this one is a guess at it.
pub(super) fn token(call: &Call<'_>) -> Result<Answer, Refusal> {
    let tenant = tenant(call)?;
    let form = Form::read(call.request);

    let grant = form.required("grant_type")?;
    if grant != "client_credentials" {
        return Err(Refusal::UnsupportedGrant {
            grant: grant.to_owned(),
        });
    }
    let client_id = match &form.basic {
        Some((client_id, _)) => client_id,
        None => form.required("client_id")?,
    };
    let scope = form.required("scope")?;
    let audience = scope
        .strip_suffix(SCOPE_SUFFIX)
        .ok_or_else(|| Refusal::InvalidScope {
            scope: scope.to_owned(),
        })?;
    let principal = tenant
        .principal(client_id)
        .ok_or_else(|| Refusal::UnknownClient {
            client_id: client_id.to_owned(),
            tenant: tenant.id.clone(),
        })?;
    form.check_secret(principal)?;
    if !is_known_resource(audience) {
        return Err(Refusal::UnknownResource {
            resource: audience.to_owned(),
            tenant: tenant.id.clone(),
        });
    }

    Ok(grant_token(call, tenant, principal, audience))
}

fn grant_token(call: &Call<'_>, tenant: &Tenant, principal: &Principal, audience: &str) -> Answer {
    let issued = call.service.now();
    let lifetime = call.service.scenario.token_lifetime;
    let claims = Claims {
        audience: audience.to_owned(),
        tenant_id: tenant.id.clone(),
        client_id: principal.client_id.clone(),
        object_id: principal.object_id.clone(),
        issued,
        expires: issued + lifetime,
    };
    Answer::json(
        StatusCode::OK,
        json!({
            "token_type": "Bearer",
            "expires_in": lifetime.as_secs(),
            "ext_expires_in": lifetime.as_secs(),
            "access_token": call.service.token_key.sign(&claims),
        }),
    )
}

fn tenant<'a>(call: &Call<'a>) -> Result<&'a Tenant, Refusal> {
    let given = call.parameters.get("tenant");
    call.service.scenario.tenant(given).ok_or_else(|| {
        // A domain has a dot; Azure tells text that can be neither from an unknown tenant.
        if Uuid::try_parse(given).is_err() && !given.contains('.') {
            Refusal::MalformedTenant {
                tenant: given.to_owned(),
            }
        } else {
            Refusal::UnknownTenant {
                tenant: given.to_owned(),
                error: "invalid_request",
            }
        }
    })
}

fn is_known_resource(audience: &str) -> bool {
    management::AUDIENCES.contains(&audience) || data::AUDIENCES.contains(&audience)
}

impl Form {
    /// Reads a form, and nothing from any other kind of body: to Azure a JSON body has no fields.
    fn read(request: &ApiRequest) -> Self {
        let is_form = request.header("content-type").is_some_and(|kind| {
            let essence = kind.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
        let fields = if is_form {
            url::form_urlencoded::parse(&request.body)
                .into_owned()
                .collect()
        } else {
            Vec::new()
        };
        Self {
            fields,
            basic: basic_credentials(request),
        }
    }

    /// A field's value; an empty one is as good as none.
    fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn required(&self, name: &'static str) -> Result<&str, Refusal> {
        self.field(name).ok_or(Refusal::MissingField { name })
    }

    fn check_secret(&self, principal: &Principal) -> Result<(), Refusal> {
        let given = match &self.basic {
            Some((_, secret)) => secret,
            None => self.field("client_secret").ok_or(Refusal::NoSecret)?,
        };
        let client_id = &principal.client_id;
        match principal
            .secrets
            .iter()
            .find(|secret| is_same(given, &secret.value, self.basic.is_some()))
        {
            Some(secret) if secret.is_expired => Err(Refusal::ExpiredSecret {
                client_id: client_id.clone(),
            }),
            Some(_) => Ok(()),
            None => Err(Refusal::WrongSecret {
                client_id: client_id.clone(),
            }),
        }
    }
}

/// Compares a secret. RFC 6749 (2.3.1) has the parts of a Basic header form-encoded, which many
/// clients leave out; both are taken.
fn is_same(given: &str, secret: &str, is_basic: bool) -> bool {
    given == secret || (is_basic && percent_decode_str(given).decode_utf8_lossy() == secret)
}

fn basic_credentials(request: &ApiRequest) -> Option<(String, String)> {
    let decoded = STANDARD.decode(request.credentials("basic")?).ok()?;
    let (client_id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((client_id.to_owned(), secret.to_owned()))
}
