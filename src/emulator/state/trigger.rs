//! Triggers: whether each is started, and when it fired.

use time::OffsetDateTime;
use uuid::Uuid;

/// Where one trigger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) struct TriggerState {
    pub(in crate::emulator) is_started: bool,
    pub(in crate::emulator) subscription: Subscription,
}

/// Whether storage tells an event trigger about new files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum Subscription {
    Disabled,
    Provisioning,
    Enabled,
}

impl Subscription {
    pub(in crate::emulator) fn as_str(self) -> &'static str {
        match self {
            Self::Disabled => "Disabled",
            Self::Provisioning => "Provisioning",
            Self::Enabled => "Enabled",
        }
    }
}

impl TriggerState {
    pub(super) fn new(is_started: bool) -> Self {
        Self {
            is_started,
            subscription: if is_started {
                Subscription::Enabled
            } else {
                Subscription::Disabled
            },
        }
    }
}

/// One firing of a trigger.
pub(in crate::emulator) struct TriggerRun {
    pub(in crate::emulator) id: Uuid,
    pub(in crate::emulator) workspace: String,
    pub(in crate::emulator) trigger: String,
    pub(in crate::emulator) kind: String,
    pub(in crate::emulator) fired: OffsetDateTime,
    /// Pipelines with the runs that were started.
    pub(in crate::emulator) pipelines: Vec<(String, Uuid)>,
}
