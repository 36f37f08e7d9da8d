//! Companies and what they say.

use fake::faker::company::en::{
    BsAdj, BsNoun, BsVerb, Buzzword, BuzzwordMiddle, BuzzwordTail, CompanySuffix,
};

use super::Random;
use super::person::last_name;

pub(super) fn name(random: &mut Random) -> String {
    let first = last_name(random);
    match random.integer(0..=2) {
        0 => format!("{first} {}", suffix(random)),
        1 => format!("{first} - {}", last_name(random)),
        _ => format!("{first}, {} and {}", last_name(random), last_name(random)),
    }
}

pub(super) fn suffix(random: &mut Random) -> String {
    random.word(CompanySuffix()).to_owned()
}

pub(super) fn catch_phrase(random: &mut Random) -> String {
    format!(
        "{} {} {}",
        catch_phrase_adjective(random),
        catch_phrase_descriptor(random),
        catch_phrase_noun(random)
    )
}

pub(super) fn catch_phrase_adjective(random: &mut Random) -> String {
    random.word(Buzzword()).to_owned()
}

pub(super) fn catch_phrase_descriptor(random: &mut Random) -> String {
    random.word(BuzzwordMiddle()).to_owned()
}

pub(super) fn catch_phrase_noun(random: &mut Random) -> String {
    random.word(BuzzwordTail()).to_owned()
}

/// Business speak.
pub(super) fn bs(random: &mut Random) -> String {
    format!(
        "{} {} {}",
        bs_buzz(random),
        bs_adjective(random),
        bs_noun(random)
    )
}

pub(super) fn bs_buzz(random: &mut Random) -> String {
    random.word(BsVerb()).to_owned()
}

pub(super) fn bs_adjective(random: &mut Random) -> String {
    random.word(BsAdj()).to_owned()
}

pub(super) fn bs_noun(random: &mut Random) -> String {
    random.word(BsNoun()).to_owned()
}
