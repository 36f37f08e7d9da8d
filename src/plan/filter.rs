//! Narrowing a selection by path, id and tag.

use crate::collection::Node;
use crate::suggest::nearest;

use super::path_glob::NodePath;
use super::selection::{id, node_name};
use super::{Error, PathGlob, Selection};

/// What the filters of a selection say about a collection.
pub(super) struct Filtered {
    /// For each item, depth first, whether all filters let it through.
    pub(super) passes: Vec<bool>,
    /// The globs of `--exclude` that nothing matches, with a path that is nearly the same.
    pub(super) unused_excludes: Vec<(String, Option<String>)>,
}

/// Asks all filters about all items.
///
/// # Errors
///
/// When nothing matches a glob of `--only`, or nothing has a tag: a typing error would leave out in
/// silence what was asked for.
pub(super) fn filter(selection: &Selection, nodes: &[Node]) -> Result<Filtered, Error> {
    let mut walk = Walk {
        selection,
        only_used: vec![false; selection.only.len()],
        exclude_used: vec![false; selection.exclude.len()],
        tags_used: vec![false; selection.tags.len()],
        passes: Vec::new(),
        paths: Vec::new(),
        tags: Vec::new(),
    };
    walk.level(
        nodes,
        &Level {
            path: NodePath::default(),
            is_wanted: selection.only.is_empty(),
            is_excluded: false,
            is_tagged: selection.tags.is_empty(),
        },
    );
    if let Some(glob) = unused(&selection.only, &walk.only_used).next() {
        return Err(Error::UnknownPath {
            glob: glob.as_written().to_owned(),
            near: walk.near_path(glob.as_written()),
        });
    }
    if let Some(tag) = unused(&selection.tags, &walk.tags_used).next() {
        let near = nearest(tag, walk.tags.iter().copied()).map(str::to_owned);
        return Err(Error::UnknownTag {
            tag: tag.clone(),
            near,
        });
    }
    let unused_excludes = unused(&selection.exclude, &walk.exclude_used)
        .map(|glob| {
            let near = walk.near_path(glob.as_written());
            (glob.as_written().to_owned(), near)
        })
        .collect();
    Ok(Filtered {
        passes: walk.passes,
        unused_excludes,
    })
}

/// What holds for a folder holds for everything in it.
struct Level {
    path: NodePath,
    is_wanted: bool,
    is_excluded: bool,
    is_tagged: bool,
}

struct Walk<'input> {
    selection: &'input Selection,
    only_used: Vec<bool>,
    exclude_used: Vec<bool>,
    tags_used: Vec<bool>,
    passes: Vec<bool>,
    /// The names and paths of all nodes, for near names.
    paths: Vec<(&'input str, String)>,
    tags: Vec<&'input str>,
}

impl<'input> Walk<'input> {
    fn level(&mut self, nodes: &'input [Node], outer: &Level) {
        for node in nodes {
            let path = outer.path.inner(node_name(node));
            let tags: Vec<&str> = tags(node_name(node)).collect();
            let is_tag = |wanted: &String| tags.contains(&wanted.as_str());
            let is_this = |glob: &PathGlob| glob.matches(&path, id(node));
            let only = any(&self.selection.only, &mut self.only_used, is_this);
            let exclude = any(&self.selection.exclude, &mut self.exclude_used, is_this);
            let tagged = any(&self.selection.tags, &mut self.tags_used, is_tag);
            self.paths.push((node_name(node), path.plain.clone()));
            self.tags.extend(tags);
            let level = Level {
                path,
                is_wanted: outer.is_wanted || only,
                is_excluded: outer.is_excluded || exclude,
                is_tagged: outer.is_tagged || tagged,
            };
            match node {
                Node::Group(group) => self.level(&group.nodes, &level),
                Node::Item(_) => self
                    .passes
                    .push(level.is_wanted && level.is_tagged && !level.is_excluded),
            }
        }
    }

    /// A path that nothing was found at, as it may have been meant: a name at another place or a typing
    /// error.
    fn near_path(&self, glob: &str) -> Option<String> {
        let start = glob.trim_end_matches("/**").trim_end_matches("/*");
        let end = &glob[start.len()..];
        let candidates = self
            .paths
            .iter()
            .flat_map(|(name, path)| [(path.as_str(), path), (*name, path)]);
        let at_name = || candidates.clone().find(|(name, _)| *name == start);
        let depth = |path: &str| path.matches('/').count();
        // A folder is like everything in it, and is rarely what was meant.
        let same_depth = |(name, _): &(&str, &String)| depth(name) == depth(start);
        let near = |depth: &dyn Fn(&(&str, &String)) -> bool| {
            let candidates = || candidates.clone().filter(depth);
            let found = nearest(start, candidates().map(|(name, _)| name))?;
            candidates().find(|(name, _)| *name == found)
        };
        let path = at_name()
            .or_else(|| near(&same_depth))
            .or_else(|| near(&|_| true))?
            .1;
        Some(format!("{path}{end}")).filter(|near| near != glob)
    }
}

/// Whether any filter matches; those that do are noted.
fn any<T>(filters: &[T], used: &mut [bool], is_match: impl Fn(&T) -> bool) -> bool {
    let mut found = false;
    for (filter, used) in filters.iter().zip(used) {
        if is_match(filter) {
            *used = true;
            found = true;
        }
    }
    found
}

fn unused<'list, T>(filters: &'list [T], used: &[bool]) -> impl Iterator<Item = &'list T> {
    filters
        .iter()
        .zip(used)
        .filter_map(|(filter, used)| (!used).then_some(filter))
}

/// The tags of a name: `Create user [smoke] [slow, write]` has three.
fn tags(name: &str) -> impl Iterator<Item = &str> {
    name.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .flat_map(|(inside, _)| inside.split(','))
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_in_brackets_anywhere_in_a_name() {
        let found = |name| tags(name).collect::<Vec<_>>();

        assert_eq!(
            found("Create user [smoke] [slow, write]"),
            ["smoke", "slow", "write"]
        );
        assert_eq!(found("[smoke]Create"), ["smoke"]);
        assert_eq!(found("a [] [ ] [b"), Vec::<&str>::new());
        assert_eq!(found("a ] b"), Vec::<&str>::new());
    }
}
