//! Writing the cookies into a file after a run.

use std::time::SystemTime;

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::cli::args::RunArgs;
use crate::cli::error::Error;
use crate::files::{export_path, write_atomically};
use crate::http::JarCookie;
use crate::record::RunSummary;
use crate::redact::Secrets;

/// Writes the jar in the form that tough-cookie reads (4.1.3), and so newman.
///
/// Known secrets are hidden, as in every export.
pub(super) fn export_cookie_jar(
    args: &RunArgs,
    cookies: &[JarCookie],
    summary: &RunSummary,
    secrets: &Secrets,
) -> Result<(), Error> {
    let (Some(path), Some(started)) = (&args.export_cookie_jar, summary.started) else {
        return Ok(());
    };
    let finished = started + summary.duration;
    let entries: Vec<Value> = cookies
        .iter()
        .map(|cookie| entry(cookie, finished, secrets))
        .collect();
    let jar = json!({
        "version": "tough-cookie@4.1.3",
        "storeType": "MemoryCookieStore",
        "rejectPublicSuffixes": false,
        "enableLooseMode": true,
        "allowSpecialUseDomain": true,
        "prefixSecurity": "silent",
        "cookies": entries,
    });
    write_atomically(
        &export_path(Some(path), "cookie-jar", "json", finished),
        format!("{jar:#}").as_bytes(),
    )
    .map_err(|source| Error::Export {
        kind: "cookie jar",
        source,
    })
}

/// What is at its default is left out, as tough-cookie does.
fn entry(cookie: &JarCookie, finished: SystemTime, secrets: &Secrets) -> Value {
    let JarCookie { cookie, created } = cookie;
    let mut entry = json!({
        "key": secrets.mask(&cookie.name),
        "value": secrets.mask(&cookie.value),
    });
    if let Some(moment) = cookie.expires {
        entry["expires"] = text(moment);
    }
    entry["domain"] = Value::from(cookie.domain.as_str());
    entry["path"] = Value::from(cookie.path.as_str());
    for (key, is_set) in [("secure", cookie.secure), ("httpOnly", cookie.http_only)] {
        if is_set {
            entry[key] = Value::Bool(true);
        }
    }
    entry["hostOnly"] = Value::Bool(cookie.host_only);
    entry["creation"] = text(*created);
    entry["lastAccessed"] = text(finished);
    entry
}

/// A moment as JavaScript writes it.
fn text(moment: SystemTime) -> Value {
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    Value::from(
        OffsetDateTime::from(moment)
            .format(format)
            .unwrap_or_default(),
    )
}
