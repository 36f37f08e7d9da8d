//! All values that were ever secret in this run.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::forms;

/// What stands in place of a secret.
pub(crate) const MASK: &str = "***";

/// A value shorter than this is not hidden: hiding `1` or `no` would blot out half of every report.
const SHORTEST: usize = 4;

/// How many passing values are hidden at a time.
const PASSING_LIMIT: usize = 32;

/// The shared list of secret values; clones see each other's additions.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    inner: Arc<RwLock<Inner>>,
}

#[derive(Default)]
struct Inner {
    values: BTreeSet<String>,
    passing: VecDeque<String>,
    matcher: Option<AhoCorasick>,
    revision: u64,
}

impl Secrets {
    /// Remembers a value for ever; it is hidden in everything written from now on.
    ///
    /// Values of less than four characters are not hidden; the answer says whether this one is.
    pub(crate) fn add(&self, value: &str) -> bool {
        let value = value.trim();
        if value.chars().count() < SHORTEST {
            return false;
        }
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        if inner.values.insert(value.to_owned()) {
            inner.rebuild();
        }
        true
    }

    /// Remembers a value until 31 others have come after it.
    ///
    /// Signatures are different for each request and of no use later; if all of them were kept, a long run
    /// would spend its time on searching for them.
    pub(crate) fn add_passing(&self, value: &str) {
        let value = value.trim();
        if value.chars().count() < SHORTEST {
            return;
        }
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        if inner.values.contains(value) || inner.passing.iter().any(|known| known == value) {
            return;
        }
        if inner.passing.len() == PASSING_LIMIT {
            inner.passing.pop_front();
        }
        inner.passing.push_back(value.to_owned());
        inner.rebuild();
    }

    /// How often the list has changed; 0 when nothing has to be hidden.
    pub(crate) fn revision(&self) -> u64 {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        inner.revision
    }

    /// The text with every form of every secret replaced by `***`.
    pub(crate) fn mask<'text>(&self, text: &'text str) -> Cow<'text, str> {
        match self.mask_bytes(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// As [`Secrets::mask`], for bytes that need not be text.
    pub(crate) fn mask_bytes<'bytes>(&self, bytes: &'bytes [u8]) -> Cow<'bytes, [u8]> {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        let Some(matcher) = &inner.matcher else {
            return Cow::Borrowed(bytes);
        };
        if matcher.find(bytes).is_none() {
            return Cow::Borrowed(bytes);
        }
        let mut output = Vec::with_capacity(bytes.len());
        matcher.replace_all_with_bytes(bytes, &mut output, |_, _, output| {
            output.extend_from_slice(MASK.as_bytes());
            true
        });
        Cow::Owned(output)
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secrets(***)")
    }
}

impl Inner {
    /// The longest match wins, so that a secret inside another one leaves no rest behind.
    fn rebuild(&mut self) {
        self.revision += 1;
        let patterns: BTreeSet<String> = self
            .values
            .iter()
            .chain(&self.passing)
            .flat_map(|value| forms::of(value))
            .collect();
        self.matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_of_a_secret_is_hidden() {
        let secrets = Secrets::default();
        secrets.add("emulator~only/\"secret\" 1");

        let text = concat!(
            "raw emulator~only/\"secret\" 1 url emulator~only%2F%22secret%22%201 ",
            "path or query emulator~only/%22secret%22%201 ",
            "plus emulator~only%2F%22secret%22+1 form emulator%7Eonly%2F%22secret%22+1 json emulator~only/\\\"secret\\\" 1 ",
            "base64 ZW11bGF0b3J+b25seS8ic2VjcmV0IiAx"
        );
        assert_eq!(
            secrets.mask(text),
            "raw *** url *** path or query *** plus *** form *** json *** base64 ***"
        );
    }

    #[test]
    fn the_longest_secret_wins() {
        let secrets = Secrets::default();
        secrets.add("token");
        secrets.add("token-and-more");

        assert_eq!(secrets.mask("a token-and-more b"), "a *** b");
    }

    #[test]
    fn values_of_less_than_four_characters_stay() {
        let secrets = Secrets::default();

        assert!(!secrets.add("abc"));
        assert_eq!(secrets.mask("abc"), "abc");
    }

    #[test]
    fn a_passing_value_is_hidden_until_enough_others_have_come() {
        let secrets = Secrets::default();
        secrets.add("lasting");
        let values: Vec<String> = (0..=PASSING_LIMIT).map(|it| format!("<{it:04}>")).collect();

        values.iter().for_each(|value| secrets.add_passing(value));

        assert_eq!(secrets.mask(&values[0]), values[0]);
        assert_eq!(secrets.mask(&values[1]), "***");
        assert_eq!(secrets.mask("lasting"), "***");
    }

    #[test]
    fn bytes_that_are_not_text_are_searched_too() {
        let secrets = Secrets::default();
        secrets.add("token");

        assert_eq!(
            secrets.mask_bytes(b"\xfftoken\xfe").as_ref(),
            b"\xff***\xfe"
        );
    }
}
