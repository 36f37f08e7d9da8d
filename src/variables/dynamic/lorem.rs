//! Latin filler text.

use fake::faker::lorem::en::Word;

use super::Random;

/// Between two paragraphs, as observed of newman 6.2.2.
const PARAGRAPH_BREAK: &str = "\n \r";

pub(super) fn word(random: &mut Random) -> String {
    random.word(Word()).to_owned()
}

pub(super) fn words(random: &mut Random) -> String {
    repeat(3, " ", word, random)
}

pub(super) fn slug(random: &mut Random) -> String {
    repeat(3, "-", word, random)
}

/// Three to ten words.
pub(super) fn sentence(random: &mut Random) -> String {
    let count = random.integer(3..=10);
    let mut text = repeat(count, " ", word, random);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text + "."
}

/// Two to six sentences.
pub(super) fn sentences(random: &mut Random) -> String {
    let count = random.integer(2..=6);
    repeat(count, " ", sentence, random)
}

/// Three to six sentences.
pub(super) fn paragraph(random: &mut Random) -> String {
    let count = random.integer(3..=6);
    repeat(count, " ", sentence, random)
}

/// Three paragraphs.
pub(super) fn paragraphs(random: &mut Random) -> String {
    repeat(3, PARAGRAPH_BREAK, paragraph, random)
}

/// One to five lines, each a sentence.
pub(super) fn lines(random: &mut Random) -> String {
    let count = random.integer(1..=5);
    repeat(count, "\n", sentence, random)
}

/// Any of the other shapes.
pub(super) fn text(random: &mut Random) -> String {
    let shape: fn(&mut Random) -> String = random.pick(&[
        word, words, sentence, sentences, paragraph, paragraphs, lines,
    ]);
    shape(random)
}

fn repeat(
    count: u64,
    separator: &str,
    part: fn(&mut Random) -> String,
    random: &mut Random,
) -> String {
    let parts: Vec<String> = (0..count).map(|_| part(random)).collect();
    parts.join(separator)
}
