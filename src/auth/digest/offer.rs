//! What a server asks for, and what is chosen of it.

use super::response::Algorithm;
use crate::auth::challenge::Challenge;
use crate::http::HttpResponse;

/// One Digest challenge, reduced to what is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: String,
    /// The name of the algorithm; empty when the server does not say.
    pub(super) algorithm: String,
    /// The quality that is answered with; empty when the server knows none.
    pub(super) qop: String,
    /// Whether the server refused nothing but the age of the nonce.
    pub(super) is_stale: bool,
    pub(super) hashes_username: bool,
    pub(super) is_utf8: bool,
}

impl Offer {
    /// The first challenge with an algorithm that the user wants, or else that is known: servers put the
    /// one they like best first (RFC 7616, 3.7).
    pub(super) fn of(response: &HttpResponse, wanted: &str, qop: &str) -> Option<Self> {
        let offers: Vec<Self> = Challenge::all_of(response)
            .iter()
            .filter(|challenge| challenge.scheme == "digest")
            .filter_map(|challenge| Self::new(challenge, qop))
            .collect();
        let is_wanted = |offer: &&Self| match wanted {
            "" => Algorithm::named(offer.algorithm_or_md5()).is_some(),
            wanted => offer.algorithm_or_md5().eq_ignore_ascii_case(wanted),
        };
        offers.iter().find(is_wanted).or(offers.first()).cloned()
    }

    fn new(challenge: &Challenge, wanted_qop: &str) -> Option<Self> {
        let text = |name: &str| challenge.parameter(name).unwrap_or_default().to_owned();
        let is_true = |name: &str| text(name).eq_ignore_ascii_case("true");
        Some(Self {
            realm: text("realm"),
            nonce: challenge.parameter("nonce")?.to_owned(),
            opaque: text("opaque"),
            algorithm: text("algorithm"),
            qop: choose_qop(&text("qop"), wanted_qop),
            is_stale: is_true("stale"),
            hashes_username: is_true("userhash"),
            is_utf8: text("charset").eq_ignore_ascii_case("utf-8"),
        })
    }

    fn algorithm_or_md5(&self) -> &str {
        match self.algorithm.as_str() {
            "" => "MD5",
            name => name,
        }
    }
}

/// The user's wish if the server offers it or says nothing; else `auth`, which needs no content.
fn choose_qop(offered: &str, wanted: &str) -> String {
    let offered: Vec<String> = offered
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let has = |name: &str| offered.iter().any(|it| it == name);
    match wanted {
        wanted if !wanted.is_empty() && (offered.is_empty() || has(wanted)) => wanted,
        _ if has("auth") => "auth",
        _ if has("auth-int") => "auth-int",
        _ => "",
    }
    .to_owned()
}
