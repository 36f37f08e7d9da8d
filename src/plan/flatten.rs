//! Walking through a collection and handing down what its levels share.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::collection::{
    Auth, Collection, CollectionVariable, Event, Item, ItemGroup, Node, ScriptKind,
};
use crate::record::ItemInfo;
use crate::variables::{Dialect, VariableScope};

use super::{Error, PlannedItem, PlannedScript, RunPlan, Selection, variable_scope};

/// Puts the selected items in order, depth first, as they stand in the file.
///
/// # Errors
///
/// As [`RunPlan::select`].
pub(crate) fn plan(
    collection: &Collection,
    selection: &Selection,
    dialect: Dialect,
) -> Result<RunPlan, Error> {
    plan_all(collection, dialect).select(collection, selection, dialect)
}

/// Puts all items in order, depth first, as they stand in the file; there may be none.
pub(crate) fn plan_all(collection: &Collection, dialect: Dialect) -> RunPlan {
    let root = Level {
        names: vec![collection.name.clone()],
        parent: (collection.id.clone(), collection.name.clone()),
        auth: collection.auth.as_ref(),
        auth_place: &collection.id,
        behavior: collection.behavior.clone(),
        variables: Vec::new(),
        dialect,
        prerequest: scripts(&collection.name, &collection.events, ScriptKind::Prerequest),
        test: scripts(&collection.name, &collection.events, ScriptKind::Test),
    };
    let mut items = Vec::new();
    root.walk(&collection.nodes, &mut items);
    RunPlan { items }
}

impl RunPlan {
    /// Keeps the selected items of a plan that has all items of the collection.
    ///
    /// # Errors
    ///
    /// When a selected name does not exist or nothing is left to run.
    pub(crate) fn select(
        self,
        collection: &Collection,
        selection: &Selection,
        dialect: Dialect,
    ) -> Result<Self, Error> {
        let everything_is_empty = self.items.is_empty();
        let items: Vec<PlannedItem> = match selection.selected_items(collection)? {
            None => self.items,
            Some(selected) => self
                .items
                .into_iter()
                .zip(selected)
                .filter_map(|(item, is_selected)| is_selected.then_some(item))
                .collect(),
        };
        let filters = selection.filters();
        // newman has `--folder` only, and runs an empty folder.
        let is_filtered = !matches!(filters.as_slice(), [] | ["--folder"]);
        if items.is_empty() && !everything_is_empty && is_filtered {
            return Err(Error::NothingLeft {
                collection: collection.name.clone(),
                flags: filters,
            });
        }
        if items.is_empty() && dialect == Dialect::Postrider {
            return Err(Error::NothingSelected {
                collection: collection.name.clone(),
            });
        }
        Ok(Self { items })
    }
}

/// What a collection or folder hands down.
struct Level<'collection> {
    names: Vec<String>,
    parent: (String, String),
    auth: Option<&'collection Auth>,
    auth_place: &'collection str,
    behavior: Map<String, Value>,
    variables: Vec<&'collection CollectionVariable>,
    dialect: Dialect,
    prerequest: Vec<PlannedScript>,
    test: Vec<PlannedScript>,
}

impl<'collection> Level<'collection> {
    fn walk(&self, nodes: &'collection [Node], items: &mut Vec<PlannedItem>) {
        for node in nodes {
            match node {
                Node::Item(item) => items.push(self.item(item)),
                Node::Group(group) => self.inner(group).walk(&group.nodes, items),
            }
        }
    }

    fn inner(&self, group: &'collection ItemGroup) -> Self {
        let mut names = self.names.clone();
        names.push(group.name.clone());
        let mut variables = self.variables.clone();
        variables.extend(&group.variables);
        Self {
            names,
            parent: (group.id.clone(), group.name.clone()),
            auth: group.auth.as_ref().or(self.auth),
            auth_place: match group.auth {
                Some(_) => &group.id,
                None => self.auth_place,
            },
            behavior: merged(&self.behavior, &group.behavior),
            variables,
            dialect: self.dialect,
            prerequest: with(
                &self.prerequest,
                &group.name,
                &group.events,
                ScriptKind::Prerequest,
            ),
            test: with(&self.test, &group.name, &group.events, ScriptKind::Test),
        }
    }

    fn item(&self, item: &Item) -> PlannedItem {
        let mut location = self.names.clone();
        location.push(item.name.clone());
        PlannedItem {
            info: Arc::new(ItemInfo {
                id: item.id.clone(),
                name: item.name.clone(),
                folders: self.names[1..].to_vec(),
                parent: self.parent.clone(),
                definition: Arc::new(item.to_json()),
            }),
            location,
            request: item.request.clone(),
            auth: item.request.auth.as_ref().or(self.auth).cloned(),
            auth_place: match item.request.auth {
                Some(_) => item.id.clone(),
                None => self.auth_place.to_owned(),
            },
            behavior: merged(&self.behavior, &item.behavior),
            variables: match self.dialect {
                Dialect::Postrider => variable_scope(self.variables.iter().copied(), self.dialect),
                Dialect::Newman => VariableScope::default(),
            },
            prerequest: with(
                &self.prerequest,
                &item.name,
                &item.events,
                ScriptKind::Prerequest,
            ),
            test: with(&self.test, &item.name, &item.events, ScriptKind::Test),
        }
    }
}

fn with(
    inherited: &[PlannedScript],
    owner: &str,
    events: &[Event],
    kind: ScriptKind,
) -> Vec<PlannedScript> {
    inherited
        .iter()
        .cloned()
        .chain(scripts(owner, events, kind))
        .collect()
}

fn scripts(owner: &str, events: &[Event], kind: ScriptKind) -> Vec<PlannedScript> {
    events
        .iter()
        .filter(|event| event.listen == kind && !event.disabled)
        .filter(|event| !event.script.source.trim().is_empty())
        .map(|event| PlannedScript {
            owner: owner.to_owned(),
            script: event.script.clone(),
        })
        .collect()
}

fn merged(outer: &Map<String, Value>, inner: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = outer.clone();
    merged.extend(
        inner
            .iter()
            .map(|(key, value)| (key.clone(), value.clone())),
    );
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::parse;
    use serde_json::json;

    fn collection() -> Collection {
        let script = |text: &str| json!([{"listen": "test", "script": {"exec": text}}]);
        parse(&json!({
            "info": {"name": "C"},
            "event": script("c"),
            "auth": {"type": "bearer", "bearer": {"token": "outer"}},
            "protocolProfileBehavior": {"strictSSL": false, "maxRedirects": 1},
            "item": [
                {"name": "A", "request": "http://a", "event": script("a")},
                {"name": "F", "event": script("f"), "auth": {"type": "noauth"},
                 "protocolProfileBehavior": {"maxRedirects": 2},
                 "item": [
                    {"name": "B", "request": "http://b", "event": script("b")},
                    {"name": "A", "request": {"url": "http://a2", "auth": {"type": "basic"}}}
                 ]}
            ]
        }))
        .unwrap()
    }

    fn names(folders: &[&str]) -> Vec<String> {
        let folders = folders.iter().map(|&name| name.to_owned()).collect();
        let plan = plan(
            &collection(),
            &Selection {
                folders,
                ..Selection::default()
            },
            Dialect::Postrider,
        )
        .unwrap();
        plan.items.iter().map(|item| item.info.path()).collect()
    }

    #[test]
    fn scripts_run_from_the_outside_in() {
        let plan = plan(&collection(), &Selection::default(), Dialect::Postrider).unwrap();

        let sources: Vec<&str> = plan.items[1]
            .test
            .iter()
            .map(|planned| planned.script.source.as_str())
            .collect();
        assert_eq!(sources, ["c", "f", "b"]);
    }

    #[test]
    fn the_nearest_auth_and_behavior_win() {
        let plan = plan(&collection(), &Selection::default(), Dialect::Postrider).unwrap();

        let kinds: Vec<&str> = plan
            .items
            .iter()
            .map(|item| item.auth.as_ref().unwrap().kind.as_str())
            .collect();
        assert_eq!(kinds, ["bearer", "noauth", "basic"]);
        assert_eq!(plan.items[1].behavior["maxRedirects"], json!(2));
        assert_eq!(plan.items[1].behavior["strictSSL"], json!(false));
    }

    #[test]
    fn the_innermost_folders_variable_wins_unless_it_is_switched_off() {
        let variable = |key: &str, value: &str| json!({"key": key, "value": value});
        let collection = parse(&json!({
            "variable": [variable("a", "collection"), variable("d", "collection")],
            "item": [{"name": "F", "variable": [variable("a", "outer"), variable("b", "outer")], "item": [
                {"name": "G", "variable": [
                    variable("a", "inner"), {"key": "b", "value": "inner", "disabled": true}
                ], "item": [{"name": "A", "request": "http://a"}]},
                {"name": "B", "request": "http://b"}
            ]}]
        }))
        .unwrap();

        let plan = plan(&collection, &Selection::default(), Dialect::Postrider).unwrap();
        let value = |position: usize, key: &str| {
            let found = plan.items[position].variables.get(key)?;
            Some(found.to_text())
        };
        assert_eq!(value(0, "a").as_deref(), Some("inner"));
        assert_eq!(value(0, "b").as_deref(), Some("outer"));
        assert_eq!(value(0, "d"), None);
        assert_eq!(value(1, "a").as_deref(), Some("outer"));
    }

    #[test]
    fn a_folder_or_a_request_can_be_selected() {
        assert_eq!(names(&["F"]), ["F / B", "F / A"]);
        assert_eq!(names(&["A"]), ["A"]);
        assert_eq!(names(&["B", "A"]), ["A", "F / B"]);
    }

    #[test]
    fn everything_is_planned_also_where_there_is_nothing() {
        let empty = parse(&json!({"info": {"name": "C"}, "item": []})).unwrap();

        assert_eq!(plan_all(&collection(), Dialect::Postrider).items.len(), 3);
        assert!(plan_all(&empty, Dialect::Postrider).items.is_empty());
    }

    #[test]
    fn an_unknown_name_is_told_with_a_near_one() {
        let selection = Selection {
            folders: vec!["b".to_owned()],
            ..Selection::default()
        };

        let error = plan(&collection(), &selection, Dialect::Postrider).unwrap_err();
        assert_eq!(error.to_string(), "no folder or request is called `b`");
        assert_eq!(error.hint(), "did you mean `B`?");
    }

    #[test]
    fn the_last_item_of_a_name_is_the_one_to_jump_to() {
        let plan = plan(&collection(), &Selection::default(), Dialect::Postrider).unwrap();

        assert_eq!(plan.position("A"), Some(2));
        assert_eq!(plan.position("F"), None);
    }
}
