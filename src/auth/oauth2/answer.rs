//! Reading what token endpoints answer (RFC 6749, 5), as tolerantly as servers write it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::TokenError;
use crate::auth::encode::form_pairs;
use crate::http::{HttpResponse, RequestUrl};

/// A token is renewed so long before its end at most.
const LONGEST_MARGIN: Duration = Duration::from_secs(60);

/// So much of a server's words is shown.
const DESCRIPTION_CHARACTERS: usize = 300;

/// How the older endpoint of App Service writes a moment.
const AZURE_DATE: &[BorrowedFormatItem<'_>] = format_description!(
    "[month]/[day]/[year] [hour]:[minute]:[second] [offset_hour sign:mandatory]:[offset_minute]"
);

/// An access token with what is known of it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The token itself.
    pub(crate) access_token: String,
    /// What renews it.
    pub(crate) refresh_token: Option<String>,
    /// When it is not to be used any more, a little before the server refuses it; `None` when nobody knows.
    pub(crate) expires: Option<SystemTime>,
    /// How long the server says that it holds.
    pub(crate) lifetime: Option<Duration>,
    /// What it is for, when the server says so.
    pub(crate) scope: Option<String>,
}

impl Token {
    /// Whether it may still be used.
    pub(crate) fn is_usable(&self, now: SystemTime) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

/// Reads the answer to a request for a token that was sent at a moment.
///
/// # Errors
///
/// When it holds no token; a 200 with an `error` is an error as well.
pub(crate) fn read_token(
    response: &HttpResponse,
    url: &RequestUrl,
    asked: SystemTime,
) -> Result<Token, TokenError> {
    let members = members(response);
    let text = |name: &str| {
        let text = members.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let is_success = (200..300).contains(&response.status);
    let token = text("access_token");
    if let (Some(access_token), true, None) = (token, is_success, text("error")) {
        let lifetime = lifetime(&members, &access_token, asked);
        return Ok(Token {
            refresh_token: text("refresh_token"),
            expires: lifetime.and_then(|lifetime| {
                let margin = LONGEST_MARGIN.min(lifetime / 10);
                asked.checked_add(lifetime - margin)
            }),
            lifetime,
            scope: text("scope"),
            access_token,
        });
    }
    Err(refusal(response, url, &members))
}

/// The error that an answer without what was asked for is.
pub(super) fn refusal(
    response: &HttpResponse,
    url: &RequestUrl,
    members: &Map<String, Value>,
) -> TokenError {
    let status = format!("{} {}", response.status, response.reason);
    let url = endpoint(url);
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(plain);
    match text("error") {
        Some(error) => TokenError::Refused {
            url,
            status: status.trim_end().to_owned(),
            error,
            description: text("error_description").map(|text| without_trace(&text)),
            page: text("error_uri").filter(|page| page.starts_with("http")),
        },
        None => TokenError::NoToken {
            url,
            status: status.trim_end().to_owned(),
            kind: response
                .header("content-type")
                .map_or_else(|| "no content type".to_owned(), plain),
        },
    }
}

/// Azure's words without the ids for its own support, which the answer itself shows.
fn without_trace(text: &str) -> String {
    text.split(" Trace ID:")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The members of an answer in JSON, whatever type it declares, or of a form, as some servers send.
pub(super) fn members(response: &HttpResponse) -> Map<String, Value> {
    if let Ok(Value::Object(members)) = serde_json::from_slice(&response.body) {
        return members;
    }
    let kind = response.header("content-type").unwrap_or_default();
    let is_form =
        kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("text/plain");
    match std::str::from_utf8(&response.body) {
        Ok(text) if is_form => form_pairs(text)
            .into_iter()
            .map(|(key, value)| (key, value.unwrap_or_default().into()))
            .collect(),
        _ => Map::new(),
    }
}

/// `expires_in`, else the moment `expires_on`, else the token's own `exp`.
fn lifetime(
    members: &Map<String, Value>,
    access_token: &str,
    asked: SystemTime,
) -> Option<Duration> {
    let seconds = members.get("expires_in").and_then(seconds);
    let until = |moment: SystemTime| moment.duration_since(asked).unwrap_or_default();
    seconds.or_else(|| {
        let expiry = members.get("expires_on").and_then(moment);
        expiry.or_else(|| own_expiry(access_token)).map(until)
    })
}

/// A whole number, or the text of one.
fn seconds(value: &Value) -> Option<Duration> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number
        .filter(|number: &f64| (0.0..1e12).contains(number))
        .map(Duration::from_secs_f64)
}

fn moment(value: &Value) -> Option<SystemTime> {
    if let Some(since_epoch) = seconds(value) {
        return UNIX_EPOCH.checked_add(since_epoch);
    }
    let date = OffsetDateTime::parse(value.as_str()?, AZURE_DATE).ok()?;
    Some(date.into())
}

fn own_expiry(access_token: &str) -> Option<SystemTime> {
    let payload = access_token.split('.').nth(1)?;
    let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    moment(payload.get("exp")?)
}

/// The URL without its query, which may hold what is not to be shown.
pub(super) fn endpoint(url: &RequestUrl) -> String {
    let text = url.to_string();
    text.split('?').next().unwrap_or_default().to_owned()
}

/// A server's words on one line, cut where they become long.
pub(super) fn plain(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(DESCRIPTION_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
