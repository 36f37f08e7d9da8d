//! An item with everything it inherits.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::collection::{Auth, Request, Script};
use crate::record::ItemInfo;
use crate::variables::VariableScope;

/// A script with the name of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedScript {
    /// The name of the collection, folder or request.
    pub(crate) owner: String,
    /// The script.
    pub(crate) script: Script,
}

/// One item of the plan.
#[derive(Debug, Clone)]
pub(crate) struct PlannedItem {
    /// What reports say about it.
    pub(crate) info: Arc<ItemInfo>,
    /// The names from the collection down to the item.
    pub(crate) location: Vec<String>,
    /// The request as written.
    pub(crate) request: Request,
    /// The nearest authorization, from the item outwards.
    pub(crate) auth: Option<Auth>,
    /// The id of the item, folder or collection where that authorization stands.
    pub(crate) auth_place: String,
    /// `protocolProfileBehavior` of item, folders and collection; the nearest key wins.
    pub(crate) behavior: Map<String, Value>,
    /// The variables of the folders around it, from the outside in.
    pub(crate) variables: VariableScope,
    /// Scripts of the collection, of each folder from the outside in, then of the item.
    pub(crate) prerequest: Vec<PlannedScript>,
    /// The same for the time after the response.
    pub(crate) test: Vec<PlannedScript>,
}

/// The items of one iteration in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunPlan {
    /// The items.
    pub(crate) items: Vec<PlannedItem>,
}

impl RunPlan {
    /// The position of the item that `setNextRequest` means: by id, else the last one of that name (as
    /// newman 6.2.2).
    pub(crate) fn position(&self, id_or_name: &str) -> Option<usize> {
        let by_id = self
            .items
            .iter()
            .position(|item| item.info.id == id_or_name);
        by_id.or_else(|| {
            self.items
                .iter()
                .rposition(|item| item.info.name == id_or_name)
        })
    }
}
