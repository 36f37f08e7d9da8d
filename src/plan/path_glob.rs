//! Globs over the paths and ids of folders and requests.

use globset::{GlobBuilder, GlobMatcher};

/// A glob that a user has written.
///
/// `*` and `?` stay within one name, `**` goes through any number of folders.
#[derive(Debug, Clone)]
pub(crate) struct PathGlob {
    written: String,
    matcher: GlobMatcher,
}

/// A glob that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct PathGlobError {
    /// What is wrong with it.
    pub(crate) reason: String,
}

impl PathGlob {
    /// Reads a glob.
    ///
    /// # Errors
    ///
    /// When brackets or braces are not closed, a range is upside down, or the glob is empty.
    pub(crate) fn parse(written: &str) -> Result<Self, PathGlobError> {
        if written.is_empty() {
            return Err(PathGlobError {
                reason: "the glob is empty".to_owned(),
            });
        }
        let glob = GlobBuilder::new(written)
            .literal_separator(true)
            // The same on every system: a name may hold what a backslash escapes.
            .backslash_escape(true)
            .build()
            .map_err(|error| PathGlobError {
                reason: error.kind().to_string(),
            })?;
        Ok(Self {
            written: written.to_owned(),
            matcher: glob.compile_matcher(),
        })
    }

    /// The glob as written.
    pub(crate) fn as_written(&self) -> &str {
        &self.written
    }

    /// Whether it means the node with this path and id.
    pub(super) fn matches(&self, path: &NodePath, id: &str) -> bool {
        // Most ids are random, so that a glob such as `a*` would match one by chance.
        id == self.written
            || path
                .forms()
                .any(|form| form == self.written || self.matcher.is_match(form))
    }
}

/// The path of a folder or request in every form in which it may be written.
#[derive(Debug, Clone, Default)]
pub(super) struct NodePath {
    /// Names with `/` between them.
    pub(super) plain: String,
    /// The same without the slashes inside names, so that `*` can stand for a name that has one.
    masked: String,
    /// Names with ` / ` between them, as reports and lists print them.
    spaced: String,
    masked_spaced: String,
}

impl NodePath {
    /// The path of a child.
    pub(super) fn inner(&self, name: &str) -> Self {
        let masked = name.replace('/', "\u{0}");
        let joined = |outer: &str, separator: &str, name: &str| match outer {
            "" => name.to_owned(),
            outer => format!("{outer}{separator}{name}"),
        };
        Self {
            plain: joined(&self.plain, "/", name),
            masked: joined(&self.masked, "/", &masked),
            spaced: joined(&self.spaced, " / ", name),
            masked_spaced: joined(&self.masked_spaced, " / ", &masked),
        }
    }

    fn forms(&self) -> impl Iterator<Item = &str> {
        [&self.plain, &self.masked, &self.spaced, &self.masked_spaced]
            .into_iter()
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(glob: &str, names: &[&str]) -> bool {
        let path = names
            .iter()
            .fold(NodePath::default(), |path, name| path.inner(name));
        PathGlob::parse(glob).unwrap().matches(&path, "id-1")
    }

    #[test]
    fn a_star_stays_within_one_name_and_two_go_through_folders() {
        assert!(is_match("Orders/*", &["Orders", "Get"]));
        assert!(!is_match("Orders/*", &["Orders", "Old", "Get"]));
        assert!(is_match("Orders/**", &["Orders", "Old", "Get"]));
        assert!(is_match("**/Get", &["Orders", "Old", "Get"]));
        assert!(is_match("**/Get", &["Get"]));
        assert!(!is_match("*", &["Orders", "Get"]));
        assert!(is_match("{Orders,Users}/G?t", &["Users", "Get"]));
    }

    #[test]
    fn a_path_may_be_written_as_reports_print_it() {
        assert!(is_match("Orders / Get", &["Orders", "Get"]));
        assert!(is_match("Orders / *", &["Orders", "Get"]));
    }

    #[test]
    fn a_name_may_hold_a_slash_or_brackets() {
        assert!(is_match("Orders/*", &["Orders", "GET /orders/1"]));
        assert!(is_match(
            "Orders/GET /orders/1",
            &["Orders", "GET /orders/1"]
        ));
        assert!(is_match("Orders/[smoke] Get", &["Orders", "[smoke] Get"]));
        assert!(is_match(r"Orders/\[smoke\]*", &["Orders", "[smoke] Get"]));
    }

    #[test]
    fn an_id_is_compared_as_a_whole() {
        assert!(is_match("id-1", &["Orders"]));
        assert!(!is_match("id-2", &["Orders"]));
        assert!(!is_match("id-*", &["Orders"]));
    }

    #[test]
    fn a_broken_glob_is_told() {
        let reason = |glob: &str| PathGlob::parse(glob).unwrap_err().reason;

        assert_eq!(reason(""), "the glob is empty");
        assert_eq!(reason("Orders/[a"), "unclosed character class; missing ']'");
    }
}
