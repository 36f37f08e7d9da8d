//! The vocabulary of people who work with computers.

use super::Random;

const ABBREVIATIONS: &[&str] = &[
    "API", "ARM", "CPU", "CSS", "CSV", "DNS", "FTP", "GPU", "HTML", "HTTP", "IP", "JSON", "LAN",
    "PDF", "PNG", "RAM", "SDK", "SMTP", "SQL", "SSD", "SSH", "SSL", "TCP", "TLS", "UDP", "URL",
    "USB", "VPN", "XML",
];

const ADJECTIVES: &[&str] = &[
    "cached",
    "distributed",
    "encrypted",
    "external",
    "idle",
    "internal",
    "local",
    "nightly",
    "obsolete",
    "offline",
    "open",
    "parallel",
    "public",
    "remote",
    "secondary",
    "shared",
    "virtual",
    "wireless",
];

const NOUNS: &[&str] = &[
    "array", "backup", "browser", "buffer", "cable", "cache", "cluster", "database", "disk",
    "driver", "folder", "kernel", "keyboard", "monitor", "network", "packet", "port", "printer",
    "program", "queue", "router", "scanner", "screen", "server", "socket", "switch",
];

/// Each with the form that `$randomIngverb` gives.
const VERBS: &[(&str, &str)] = &[
    ("boot", "booting"),
    ("compile", "compiling"),
    ("compress", "compressing"),
    ("connect", "connecting"),
    ("copy", "copying"),
    ("debug", "debugging"),
    ("deploy", "deploying"),
    ("index", "indexing"),
    ("install", "installing"),
    ("load", "loading"),
    ("parse", "parsing"),
    ("patch", "patching"),
    ("program", "programming"),
    ("reset", "resetting"),
    ("scan", "scanning"),
    ("send", "sending"),
    ("sync", "syncing"),
    ("upload", "uploading"),
];

pub(super) fn abbreviation(random: &mut Random) -> String {
    random.pick(ABBREVIATIONS).to_owned()
}

pub(super) fn adjective(random: &mut Random) -> String {
    random.pick(ADJECTIVES).to_owned()
}

pub(super) fn noun(random: &mut Random) -> String {
    random.pick(NOUNS).to_owned()
}

pub(super) fn verb(random: &mut Random) -> String {
    random.pick(VERBS).0.to_owned()
}

pub(super) fn ingverb(random: &mut Random) -> String {
    random.pick(VERBS).1.to_owned()
}

/// A sentence that sounds as if it meant something.
pub(super) fn phrase(random: &mut Random) -> String {
    let verb = verb(random);
    let ingverb = ingverb(random);
    let abbreviation = abbreviation(random);
    let adjective = adjective(random);
    let noun = noun(random);
    let other = self::noun(random);
    match random.integer(0..=5) {
        0 => format!(
            "Nobody can {verb} the {noun} while the {adjective} {other} has no {abbreviation}!"
        ),
        1 => format!(
            "First {verb} the {abbreviation} {noun}, then look at the {adjective} {other} again."
        ),
        2 => format!(
            "There is no use in {ingverb} the {noun} when the {adjective} {abbreviation} {other} is down."
        ),
        3 => format!(
            "Did anyone {verb} the {adjective} {noun} before the {abbreviation} {other} went away?"
        ),
        4 => format!(
            "The {adjective} {noun} needs an hour to {verb} each {other} over {abbreviation}."
        ),
        _ => format!(
            "We tried {ingverb} it twice, and the {abbreviation} {noun} is still {adjective}!"
        ),
    }
}
