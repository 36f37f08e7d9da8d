//! Time zones for `Intl`; the engine knows only the local one.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Result};

use super::super::session::Shared;
use super::super::value::Text;

pub(super) fn install<'js>(_: &Ctx<'js>, host: &Object<'js>, _: &Shared) -> Result<()> {
    host.set("localTimeZone", Func::from(local))?;
    host.set("timeZoneName", Func::from(canonical))?;
    host.set("timeZoneOffset", Func::from(offset))?;
    host.set("timeZoneAbbreviation", Func::from(abbreviation))
}

/// The name of the machine's zone.
fn local() -> String {
    let zone = TimeZone::system();
    match zone.iana_name() {
        None | Some("Etc/UTC" | "Etc/Unknown" | "Etc/GMT") => "UTC".to_owned(),
        Some(name) => name.to_owned(),
    }
}

/// The name of a zone in the case of the database; nothing when it has none of that name.
fn canonical(name: Text) -> Option<String> {
    let zone = TimeZone::get(&name.0).ok()?;
    Some(zone.iana_name().unwrap_or("UTC").to_owned())
}

/// How many seconds the zone is ahead of UTC at a time in milliseconds since 1970.
fn offset(name: Text, milliseconds: f64) -> Option<i32> {
    let zone = TimeZone::get(&name.0).ok()?;
    let time = Timestamp::from_millisecond(milliseconds as i64).ok()?;
    Some(zone.to_offset(time).seconds())
}

/// What the zone is called at a time, such as `CET`; nothing when it has only a number.
fn abbreviation(name: Text, milliseconds: f64) -> Option<String> {
    let zone = TimeZone::get(&name.0).ok()?;
    let time = Timestamp::from_millisecond(milliseconds as i64).ok()?;
    let info = zone.to_offset_info(time);
    let name = info.abbreviation();
    name.starts_with(|mark: char| mark.is_ascii_alphabetic())
        .then(|| name.to_owned())
}
