//! The emulator behind the socket: everything that answering one request needs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use serde_json::json;
use time::OffsetDateTime;

use super::answer::Answer;
use super::api_request::ApiRequest;
use super::clock::Clock;
use super::fault_counter::FaultCounter;
use super::plane::{HOSTS, Plane};
use super::scenario::{Principal, Scenario};
use super::state::Store;
use super::token::{Claims, TokenFault, TokenKey};
use super::{data, login, management};

/// The scenario, what has been started in it, and the key of its tokens.
pub(super) struct Service {
    pub(super) scenario: Scenario,
    pub(super) token_key: TokenKey,
    faults: FaultCounter,
    clock: Arc<dyn Clock>,
    store: Mutex<Store>,
}

impl Service {
    pub(super) fn new(scenario: Scenario, clock: Arc<dyn Clock>) -> Self {
        Self {
            faults: FaultCounter::new(&scenario.faults),
            store: Mutex::new(Store::new(scenario.pace)),
            scenario,
            token_key: TokenKey::generate(),
            clock,
        }
    }

    /// Answers one request.
    pub(super) fn answer(&self, request: &ApiRequest) -> Answer {
        let plane = Plane::of(&request.authority, &request.segments);
        let answer = match self.faults.answer(&self.scenario.faults, &plane, request) {
            Some(refusal) => refusal,
            None => self.answer_on(plane, request),
        };
        // Azure repeats the client's id only where the client asks for that.
        match request.header("x-ms-client-request-id") {
            Some(id)
                if request
                    .header("x-ms-return-client-request-id")
                    .is_some_and(|wanted| wanted.eq_ignore_ascii_case("true")) =>
            {
                answer.with_header("x-ms-client-request-id", id)
            }
            _ => answer,
        }
    }

    fn answer_on(&self, plane: Plane, request: &ApiRequest) -> Answer {
        match plane {
            Plane::Login => login::answer(self, request),
            Plane::Management => management::answer(self, request),
            Plane::Data { workspace } => data::answer(self, request, workspace.as_deref()),
            Plane::Elsewhere => elsewhere(request),
        }
    }

    pub(super) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Locks what has been started, as it is now.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        // No change to the store is left half done, so one that a panic interrupted is still good.
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.pass(self.now());
        store
    }

    /// Finds out who asks, from the bearer token.
    ///
    /// `audiences` are those that the plane takes; `tenant` is the one that the resource belongs
    /// to, and none where the request names no known resource.
    ///
    /// # Errors
    ///
    /// When the token is missing, not ours, for another plane, too old or of another tenant.
    pub(super) fn authenticate(
        &self,
        request: &ApiRequest,
        audiences: &[&str],
        tenant: Option<&str>,
    ) -> Result<&Principal, TokenFault> {
        let token = request
            .credentials("bearer")
            .filter(|token| !token.is_empty());
        let claims = self
            .token_key
            .read(token.ok_or(TokenFault::Missing)?)
            .ok_or(TokenFault::Unreadable)?;
        if !audiences.contains(&claims.audience.as_str()) {
            return Err(TokenFault::WrongAudience {
                audience: claims.audience,
            });
        }
        let now = self.now();
        if claims.expires <= now {
            return Err(TokenFault::Expired {
                expiry: claims.expires,
                now,
            });
        }
        if let Some(expected) =
            tenant.filter(|tenant| !tenant.eq_ignore_ascii_case(&claims.tenant_id))
        {
            let expected = expected.to_owned();
            return Err(TokenFault::WrongTenant {
                issuer: claims.issuer(),
                expected,
            });
        }
        self.principal(&claims).ok_or(TokenFault::Unreadable)
    }

    fn principal(&self, claims: &Claims) -> Option<&Principal> {
        self.scenario
            .tenant(&claims.tenant_id)?
            .principal(&claims.client_id)
    }
}

/// A request for a host that the emulator does not stand in for, as a wrong mapping of hosts
/// brings it here.
fn elsewhere(request: &ApiRequest) -> Answer {
    let message = format!(
        "The host '{}' is not emulated. The emulator answers to {} and to addresses of this machine.",
        request.authority,
        HOSTS.join(", ")
    );
    Answer::json(
        StatusCode::MISDIRECTED_REQUEST,
        json!({ "error": { "code": "MisdirectedRequest", "message": message } }),
    )
}
