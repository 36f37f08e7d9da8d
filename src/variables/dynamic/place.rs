//! Places on earth.

use fake::faker::address::en::{CityName, CountryCode, CountryName, StreetName};

use super::Random;

pub(super) fn city(random: &mut Random) -> String {
    random.text(CityName())
}

pub(super) fn street_name(random: &mut Random) -> String {
    random.text(StreetName())
}

/// A number of three to five digits and a street.
pub(super) fn street_address(random: &mut Random) -> String {
    let lowest = random.pick(&[100, 1000, 10_000]);
    let number = random.integer(lowest..=lowest * 10 - 1);
    format!("{number} {}", street_name(random))
}

pub(super) fn country(random: &mut Random) -> String {
    random.word(CountryName()).to_owned()
}

pub(super) fn country_code(random: &mut Random) -> String {
    random.word(CountryCode()).to_owned()
}

pub(super) fn latitude(random: &mut Random) -> String {
    degrees(90, random)
}

pub(super) fn longitude(random: &mut Random) -> String {
    degrees(180, random)
}

/// Ten thousandths of degrees, counted from the most negative, so that no zero gets a sign.
fn degrees(limit: u32, random: &mut Random) -> String {
    let limit = i64::from(limit) * 10_000;
    let parts = random.integer(0..=limit.unsigned_abs() * 2) as i64 - limit;
    let sign = if parts < 0 { "-" } else { "" };
    let parts = parts.unsigned_abs();
    format!("{sign}{}.{:04}", parts / 10_000, parts % 10_000)
}
