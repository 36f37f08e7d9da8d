//! Identifiers, numbers and single characters.

use uuid::Builder;

use super::Random;

/// The languages of ISO 639-1 that have their own newspapers, films or locales of operating systems.
const LANGUAGES: &[&str] = &[
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es",
    "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it",
    "ja", "ka", "kk", "km", "kn", "ko", "ky", "lb", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms",
    "mt", "my", "nb", "ne", "nl", "nn", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so",
    "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zu",
];

/// A UUID of version 4.
pub(super) fn uuid(random: &mut Random) -> String {
    Builder::from_random_bytes(random.bytes())
        .into_uuid()
        .to_string()
}

pub(super) fn integer(random: &mut Random) -> String {
    random.integer(0..=1000).to_string()
}

pub(super) fn boolean(random: &mut Random) -> String {
    random.once_in(2).to_string()
}

pub(super) fn alphanumeric(random: &mut Random) -> String {
    random.characters(b"0123456789abcdefghijklmnopqrstuvwxyz", 1)
}

pub(super) fn hex_color(random: &mut Random) -> String {
    let [red, green, blue] = random.bytes();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

pub(super) fn semver(random: &mut Random) -> String {
    let [major, minor, patch] = [(); 3].map(|()| random.integer(0..=9));
    format!("{major}.{minor}.{patch}")
}

pub(super) fn locale(random: &mut Random) -> String {
    random.pick(LANGUAGES).to_owned()
}
