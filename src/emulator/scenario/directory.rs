//! The scenario as a whole, and the people and subscriptions in it.

use super::Workspace;

/// Everything that the emulator knows before the first request.
pub(in crate::emulator) struct Scenario {
    pub(in crate::emulator) tenants: Vec<Tenant>,
    pub(in crate::emulator) subscriptions: Vec<Subscription>,
    /// The first one answers where a request does not name a workspace by its host.
    pub(in crate::emulator) workspaces: Vec<Workspace>,
}

/// A directory, in which applications are registered.
pub(in crate::emulator) struct Tenant {
    pub(in crate::emulator) id: String,
    /// A verified domain, which stands for the id in the login plane's paths.
    pub(in crate::emulator) domain: String,
    pub(in crate::emulator) principals: Vec<Principal>,
}

/// An application with its service principal.
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
        self.workspaces
            .iter()
            .find(|workspace| workspace.name.eq_ignore_ascii_case(name))
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
