//! Variables of the folders around an item.

use super::support::{Case, run_all};
use crate::variables::ScopeName;

fn with_all(source: &str) -> Case {
    Case::test(source).with(|context| {
        for (name, text) in [
            (ScopeName::Folder, "folder"),
            (ScopeName::Collection, "collection"),
            (ScopeName::Globals, "globals"),
        ] {
            context.scopes.scope_mut(name).set("v", text.into());
        }
    })
}

#[test]
fn all_variables_together_have_the_folders_before_the_collections() {
    let source = "
        if (pm.variables.get('v') !== 'folder') throw new Error('get');
        if (pm.variables.replaceIn('{{v}}') !== 'folder') throw new Error('replaceIn');
        if (pm.variables.toObject().v !== 'folder') throw new Error('toObject');
        if (pm.collectionVariables.get('v') !== 'collection') throw new Error('collection');
        if (pm.globals.get('v') !== 'globals') throw new Error('globals');
    ";

    let outcomes = run_all(vec![with_all(source)]);

    assert!(outcomes[0].error.is_none(), "{:?}", outcomes[0].error);
}

#[test]
fn no_script_changes_them() {
    let source = "pm.variables.set('v', 'local'); pm.collectionVariables.set('v', 'c'); \
                  pm.variables.unset('v');";

    let outcomes = run_all(vec![with_all(source)]);

    let value = outcomes[0].scopes.folder.get("v");
    assert_eq!(value, Some(&"folder".into()));
}
