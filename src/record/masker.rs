//! Hiding secrets in everything that a reporter will see.
//!
//! It is done once, on the events, so that no reporter can forget it and no encoding of a report (an
//! array of byte values, base64) can carry a secret past it.

use std::collections::HashMap;
use std::sync::Arc;

use super::mask::{item_info, json, mask_execution, text};
use super::{CollectionInfo, ItemInfo, RunEvent, RunSummary};
use crate::redact::Secrets;

/// Hides secrets in events.
///
/// An item comes back in every iteration; what is made of its definition is kept as long as the
/// secrets stay the same.
pub(crate) struct Masker {
    secrets: Secrets,
    /// The state of the secrets when the items were made.
    revision: u64,
    /// By the address of what was masked.
    items: HashMap<usize, MaskedItem>,
}

struct MaskedItem {
    masked: Arc<ItemInfo>,
    /// Keeps its address from being used again.
    _original: Arc<ItemInfo>,
}

impl Masker {
    /// Hides these secrets, and those that become known later.
    pub(crate) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            revision: 0,
            items: HashMap::new(),
        }
    }

    /// The same event with every secret replaced.
    pub(crate) fn mask(&mut self, event: RunEvent) -> RunEvent {
        // Asked before anything is masked: a secret that comes in between only means one round more.
        let revision = self.secrets.revision();
        if revision == 0 {
            return event;
        }
        if revision != self.revision {
            self.items.clear();
            self.revision = revision;
        }
        let secrets = self.secrets.clone();
        match event {
            RunEvent::RunStarted {
                collection,
                iteration_count,
                item_count,
                started,
            } => RunEvent::RunStarted {
                collection: Arc::new(CollectionInfo {
                    id: collection.id.clone(),
                    name: text(&collection.name, &secrets),
                    definition: Arc::new(json(&collection.definition, &secrets)),
                }),
                iteration_count,
                item_count,
                started,
            },
            RunEvent::ItemStarted { cursor, item } => RunEvent::ItemStarted {
                cursor,
                item: self.item(&item),
            },
            RunEvent::ItemFinished(execution) => {
                let item = self.item(&execution.item);
                RunEvent::ItemFinished(Arc::new(mask_execution(&execution, item, &secrets)))
            }
            RunEvent::RunFinished(summary) => RunEvent::RunFinished(Arc::new(RunSummary {
                environment: Arc::new(json(&summary.environment, &secrets)),
                globals: Arc::new(json(&summary.globals, &secrets)),
                ..RunSummary::clone(&summary)
            })),
            other @ (RunEvent::IterationStarted { .. } | RunEvent::IterationFinished) => other,
        }
    }

    fn item(&mut self, item: &Arc<ItemInfo>) -> Arc<ItemInfo> {
        let known = self.items.entry(Arc::as_ptr(item).addr());
        let known = known.or_insert_with(|| MaskedItem {
            masked: Arc::new(item_info(item, &self.secrets)),
            _original: Arc::clone(item),
        });
        Arc::clone(&known.masked)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::record::Cursor;

    fn item() -> Arc<ItemInfo> {
        Arc::new(ItemInfo {
            id: "1".to_owned(),
            name: "first and second".to_owned(),
            folders: Vec::new(),
            parent: ("2".to_owned(), "C".to_owned()),
            definition: Arc::new(json!({"url": "http://h/first/second"})),
        })
    }

    fn masked(masker: &mut Masker, item: &Arc<ItemInfo>) -> Arc<ItemInfo> {
        let event = RunEvent::ItemStarted {
            cursor: Cursor {
                iteration: 0,
                iteration_count: 1,
                position: 0,
                item_count: 1,
                reference: String::new(),
            },
            item: Arc::clone(item),
        };
        match masker.mask(event) {
            RunEvent::ItemStarted { item, .. } => item,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_item_is_masked_once_until_a_further_secret_is_known() {
        let secrets = Secrets::default();
        secrets.add("first");
        let mut masker = Masker::new(secrets.clone());
        let item = item();

        let before = masked(&mut masker, &item);
        assert!(Arc::ptr_eq(&before, &masked(&mut masker, &item)));
        assert_eq!(before.name, "*** and second");
        secrets.add("second");
        let after = masked(&mut masker, &item);
        assert_eq!(after.name, "*** and ***");
        assert_eq!(*after.definition, json!({"url": "http://h/***/***"}));
    }

    #[test]
    fn items_with_the_same_id_are_not_taken_for_one_another() {
        let secrets = Secrets::default();
        secrets.add("first");
        let mut masker = Masker::new(secrets);
        let other = Arc::new(ItemInfo {
            name: "other".to_owned(),
            ..ItemInfo::clone(&item())
        });

        masked(&mut masker, &item());
        assert_eq!(masked(&mut masker, &other).name, "other");
    }
}
