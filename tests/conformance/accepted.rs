//! Differences that are meant, and cases that are for later.
//!
//! `accepted.json` lists differences with their reasons: `case` is a pattern for names of cases,
//! `difference` a regular expression for the line of a difference. `stays` says that `--newman-compat` does
//! not undo the difference, and why. `not-yet.json` lists cases that differ because something is missing;
//! they are run all the same. Both lists can only shrink: an entry that is true no more fails the test.

use std::sync::atomic::{AtomicBool, Ordering};

use regex::Regex;
use serde::Deserialize;

use crate::case::glob;
use crate::program::Mode;

const ACCEPTED: &str = include_str!("accepted.json");
const NOT_YET: &str = include_str!("not-yet.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptedEntry {
    case: String,
    difference: String,
    reason: String,
    stays: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotYetEntry {
    case: String,
    reason: String,
}

/// The entries of both lists for one area.
pub(crate) struct Lists {
    accepted: Vec<Accepted>,
    not_yet: Vec<(String, Regex)>,
}

struct Accepted {
    name: String,
    case: Regex,
    difference: Regex,
    is_used: AtomicBool,
}

impl Lists {
    pub(crate) fn of(area: &str, mode: Mode) -> Self {
        Self::read(area, mode, ACCEPTED, NOT_YET)
    }

    fn read(area: &str, mode: Mode, accepted: &str, not_yet: &str) -> Self {
        let is_here = |pattern: &str| pattern.split('/').next() == Some(area);
        let accepted: Vec<AcceptedEntry> = serde_json::from_str(accepted).unwrap();
        let not_yet: Vec<NotYetEntry> = serde_json::from_str(not_yet).unwrap();
        Self {
            accepted: accepted
                .into_iter()
                .filter(|entry| is_here(&entry.case))
                .filter(|entry| mode == Mode::Own || entry.stays.is_some())
                .map(|entry| Accepted {
                    name: format!("{} {}", entry.case, entry.difference),
                    case: glob(&entry.case),
                    difference: Regex::new(&entry.difference).unwrap(),
                    is_used: AtomicBool::new(false),
                })
                .collect(),
            not_yet: not_yet
                .into_iter()
                .filter(|entry| is_here(&entry.case))
                .map(|entry| (entry.case.clone(), glob(&entry.case)))
                .collect(),
        }
    }

    /// Whether a difference of a case is meant.
    pub(crate) fn accepts(&self, case: &str, difference: &str) -> bool {
        let mut entries = self.accepted.iter();
        let entry = entries
            .find(|entry| entry.case.is_match(case) && entry.difference.is_match(difference));
        if let Some(entry) = entry {
            entry.is_used.store(true, Ordering::Relaxed);
        }
        entry.is_some()
    }

    /// Whether a case is for later.
    pub(crate) fn is_not_yet(&self, case: &str) -> bool {
        self.not_yet.iter().any(|(_, glob)| glob.is_match(case))
    }

    /// Entries that nothing has matched, once all cases are compared.
    pub(crate) fn unused(&self) -> Vec<String> {
        let unused = self
            .accepted
            .iter()
            .filter(|entry| !entry.is_used.load(Ordering::Relaxed));
        unused.map(|entry| entry.name.clone()).collect()
    }

    /// Entries of `not-yet.json` that are for none of these cases.
    pub(crate) fn without_case<'a>(
        &self,
        cases: impl Iterator<Item = &'a str> + Clone,
    ) -> Vec<String> {
        let entries = self
            .not_yet
            .iter()
            .filter(|(_, glob)| !cases.clone().any(|case| glob.is_match(case)));
        entries.map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::areas;

    const SOME: &str = r#"[
        { "case": "data/rows", "difference": "^console", "reason": "of", "stays": "because" },
        { "case": "data/c*", "difference": "^exit", "reason": "course" },
        { "case": "url/path", "difference": ".*", "reason": "not here" }
    ]"#;
    const LATER: &str = r#"[{ "case": "data/later", "reason": "it is missing" }]"#;

    #[test]
    fn every_entry_is_for_one_area_and_has_a_reason() {
        let accepted: Vec<AcceptedEntry> = serde_json::from_str(ACCEPTED).unwrap();
        let not_yet: Vec<NotYetEntry> = serde_json::from_str(NOT_YET).unwrap();
        let accepted = accepted.into_iter().map(|entry| (entry.case, entry.reason));
        let not_yet = not_yet.into_iter().map(|entry| (entry.case, entry.reason));

        for (case, reason) in accepted.chain(not_yet) {
            let area = case.split('/').next().unwrap_or_default().to_owned();
            assert!(areas().contains(&area), "no such area: {case}");
            assert!(!reason.is_empty(), "no reason: {case}");
        }
    }

    #[test]
    fn every_difference_that_is_meant_says_where_it_is_explained() {
        let accepted: Vec<AcceptedEntry> = serde_json::from_str(ACCEPTED).unwrap();

        for AcceptedEntry { case, reason, .. } in accepted {
            assert!(
                reason.ends_with("(docs/compatibility.md)"),
                "{case}: {reason}"
            );
        }
    }

    #[test]
    fn a_difference_is_accepted_for_its_case_only() {
        let lists = Lists::read("data", Mode::Own, SOME, LATER);

        assert!(lists.accepts("data/rows", "console[2]: newman 1, candidate 2"));
        assert!(!lists.accepts("data/rows", "exit: newman 0, candidate 1"));
        assert!(!lists.accepts("data/other", "console[2]: newman 1, candidate 2"));
        assert!(!lists.accepts("url/path", "exit: newman 0, candidate 1"));
    }

    #[test]
    fn an_entry_is_unused_until_it_accepts_something() {
        let lists = Lists::read("data", Mode::Own, SOME, LATER);
        assert_eq!(lists.unused(), ["data/rows ^console", "data/c* ^exit"]);

        assert!(lists.accepts("data/csv", "exit: newman 0, candidate 1"));

        assert_eq!(lists.unused(), ["data/rows ^console"]);
    }

    #[test]
    fn newman_compat_leaves_only_the_differences_that_stay() {
        let lists = Lists::read("data", Mode::NewmanCompat, SOME, LATER);

        assert!(lists.accepts("data/rows", "console[2]: newman 1, candidate 2"));
        assert!(!lists.accepts("data/csv", "exit: newman 0, candidate 1"));
    }

    #[test]
    fn a_case_for_later_has_to_exist() {
        let lists = Lists::read("data", Mode::Own, SOME, LATER);
        assert!(lists.is_not_yet("data/later"));
        assert!(!lists.is_not_yet("data/rows"));

        assert_eq!(lists.without_case(["data/later"].into_iter()), [""; 0]);
        assert_eq!(
            lists.without_case(["data/rows"].into_iter()),
            ["data/later"]
        );
    }
}
