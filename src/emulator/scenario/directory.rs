//! The scenario as a whole, and the people and subscriptions in it.

use std::time::Duration;

use super::workspace::by_name;
use super::{Fault, Workspace};
use crate::emulator::state::Pace;

/// Everything that the emulator knows before the first request.
pub(crate) struct Scenario {
    pub(in crate::emulator) tenants: Vec<Tenant>,
    pub(in crate::emulator) subscriptions: Vec<Subscription>,
    /// The first one answers where a request does not name a workspace by its host.
    pub(in crate::emulator) workspaces: Vec<Workspace>,
    pub(in crate::emulator) faults: Vec<Fault>,
    pub(in crate::emulator) pace: Pace,
    /// For how long a token is good.
    pub(in crate::emulator) token_lifetime: Duration,
}

/// A directory, in which applications are registered.
pub(in crate::emulator) struct Tenant {
    pub(in crate::emulator) id: String,
    /// A verified domain, which stands for the id in the login plane's paths.
    pub(in crate::emulator) domain: String,
    pub(in crate::emulator) principals: Vec<Principal>,
}

/// An application with its service principal.
#[derive(Clone)]
pub(in crate::emulator) struct Principal {
    /// The application's id, `appid` in a token.
    pub(in crate::emulator) client_id: String,
    /// The service principal's id, `oid` in a token and `submitterId` in answers.
    pub(in crate::emulator) object_id: String,
    pub(in crate::emulator) secrets: Vec<ClientSecret>,
    /// Whether it may read through the management plane (Azure's role Reader).
    pub(in crate::emulator) reads_resources: bool,
    /// Whether it may use the data plane (a Synapse role).
    pub(in crate::emulator) has_synapse_role: bool,
}

#[derive(Clone)]
pub(in crate::emulator) struct ClientSecret {
    pub(in crate::emulator) value: String,
    pub(in crate::emulator) is_expired: bool,
}

pub(in crate::emulator) struct Subscription {
    pub(in crate::emulator) id: String,
    pub(in crate::emulator) tenant_id: String,
    pub(in crate::emulator) display_name: String,
    pub(in crate::emulator) resource_groups: Vec<String>,
}

impl Scenario {
    /// Sets for how long a token is good.
    pub(crate) fn set_token_lifetime(&mut self, lifetime: Duration) {
        self.token_lifetime = lifetime;
    }

    /// Has runs move on by time, one state each `step`, instead of by looks at them.
    pub(crate) fn move_by_time(&mut self, step: Duration) {
        self.pace = Pace::Time(step);
    }

    /// Answers the call with this number, counted from 1 over both planes, with 429.
    pub(crate) fn throttle(&mut self, call: u64, retry_after: Duration) {
        self.faults.push(Fault::throttling(call, retry_after));
    }

    /// Takes the role for the management plane from everybody.
    pub(crate) fn remove_management_role(&mut self) {
        self.principals_mut()
            .for_each(|principal| principal.reads_resources = false);
    }

    /// Takes the Synapse role, which the data plane wants, from everybody.
    pub(crate) fn remove_synapse_role(&mut self) {
        self.principals_mut()
            .for_each(|principal| principal.has_synapse_role = false);
    }

    fn principals_mut(&mut self) -> impl Iterator<Item = &mut Principal> {
        self.tenants
            .iter_mut()
            .flat_map(|tenant| &mut tenant.principals)
    }

    /// The tenant with this id or domain.
    pub(in crate::emulator) fn tenant(&self, id_or_domain: &str) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| {
            tenant.id.eq_ignore_ascii_case(id_or_domain)
                || tenant.domain.eq_ignore_ascii_case(id_or_domain)
        })
    }

    pub(in crate::emulator) fn subscription(&self, id: &str) -> Option<&Subscription> {
        self.subscriptions
            .iter()
            .find(|subscription| subscription.id.eq_ignore_ascii_case(id))
    }

    pub(in crate::emulator) fn workspace(&self, name: &str) -> Option<&Workspace> {
        by_name(&self.workspaces, name)
    }

    /// The tenant whose tokens a workspace takes.
    pub(in crate::emulator) fn tenant_id_of(&self, workspace: &Workspace) -> &str {
        self.subscription(&workspace.subscription_id)
            .map_or("", |subscription| &subscription.tenant_id)
    }
}

impl Tenant {
    pub(in crate::emulator) fn principal(&self, client_id: &str) -> Option<&Principal> {
        self.principals
            .iter()
            .find(|principal| principal.client_id.eq_ignore_ascii_case(client_id))
    }
}

impl Subscription {
    /// The group in the spelling of the scenario; names are compared without regard to case.
    pub(in crate::emulator) fn resource_group(&self, name: &str) -> Option<&str> {
        self.resource_groups
            .iter()
            .find(|group| group.eq_ignore_ascii_case(name))
            .map(String::as_str)
    }
}
