//! People and machines on the internet.

use super::Random;
use super::person::{first_name, last_name};

const PASSWORD: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

const SYSTEMS: &[&str] = &[
    "Macintosh; Intel Mac OS X 10_15_7",
    "Windows NT 10.0; Win64; x64",
    "X11; Linux x86_64",
];

pub(super) fn email(random: &mut Random) -> String {
    let host = random.pick(&["gmail.com", "hotmail.com", "yahoo.com"]);
    format!("{}@{host}", user_name(random))
}

/// An address under a domain that belongs to nobody (RFC 2606, section 3).
pub(super) fn example_email(random: &mut Random) -> String {
    let host = random.pick(&["example.com", "example.net", "example.org"]);
    format!("{}@{host}", user_name(random))
}

/// A first name with a last name, a number or both.
pub(super) fn user_name(random: &mut Random) -> String {
    let shape = random.integer(0..=2);
    let mut name = without_marks(&first_name(random));
    if shape > 0 {
        name.push(random.pick(&['.', '_']));
        name.push_str(&without_marks(&last_name(random)));
    }
    if shape < 2 {
        name.push_str(&random.integer(0..=99).to_string());
    }
    name
}

pub(super) fn protocol(random: &mut Random) -> String {
    random.pick(&["http", "https"]).to_owned()
}

pub(super) fn url(random: &mut Random) -> String {
    format!("{}://{}", protocol(random), domain_name(random))
}

pub(super) fn domain_name(random: &mut Random) -> String {
    format!("{}.{}", domain_word(random), domain_suffix(random))
}

pub(super) fn domain_suffix(random: &mut Random) -> String {
    random
        .pick(&["biz", "com", "info", "name", "net", "org"])
        .to_owned()
}

/// A first name in small letters.
pub(super) fn domain_word(random: &mut Random) -> String {
    without_marks(&first_name(random)).to_ascii_lowercase()
}

pub(super) fn ip(random: &mut Random) -> String {
    std::net::Ipv4Addr::from(random.bytes::<4>()).to_string()
}

/// Eight groups of four digits, none of them shortened.
pub(super) fn ipv6(random: &mut Random) -> String {
    let groups = [(); 8].map(|()| format!("{:04x}", random.integer(0..=0xffff)));
    groups.join(":")
}

pub(super) fn mac_address(random: &mut Random) -> String {
    random
        .bytes::<6>()
        .map(|byte| format!("{byte:02x}"))
        .join(":")
}

/// What one of four browsers says of itself.
pub(super) fn user_agent(random: &mut Random) -> String {
    let system = random.pick(SYSTEMS);
    let version = random.integer(100..=150);
    let chrome = format!(
        "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    );
    match random.integer(0..=3) {
        0 => chrome,
        1 => format!("{chrome} Edg/{version}.0.0.0"),
        2 => format!("Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"),
        _ => format!(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
            Version/{}.{} Safari/605.1.15",
            random.integer(14..=18),
            random.integer(0..=6)
        ),
    }
}

pub(super) fn password(random: &mut Random) -> String {
    random.characters(PASSWORD, 15)
}

/// Some names have an apostrophe, which neither addresses nor domains may have.
fn without_marks(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}
