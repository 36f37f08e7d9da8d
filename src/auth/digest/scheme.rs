//! When digest credentials are sent.

use serde_json::Value;

use super::newman;
use super::offer::Offer;
use super::response::{Algorithm, Credentials};
use crate::auth::body_hash::BodyHash;
use crate::auth::hash::hex;
use crate::auth::{Answer, Authorizer, Error, Outcome, Parameters, Signing};
use crate::collection::AuthParameters;
use crate::http::{Header, HttpRequest, HttpResponse};
use crate::variables::Dialect;

/// The count of the first request with a nonce.
pub(super) const FIRST_COUNT: &str = "00000001";

/// The algorithm of the challenge, which counts where the user has chosen none.
const OFFERED_ALGORITHM: &str = "challengeAlgorithm";

pub(in crate::auth) struct Digest;

impl Authorizer for Digest {
    /// Without a realm and a nonce, the server has to ask first; a server that once asked is told at once.
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        if parameters.text("username").is_empty() {
            return Ok(Outcome::Incomplete("username"));
        }
        if parameters.text("nonce").is_empty() || parameters.text("realm").is_empty() {
            return Ok(Outcome::Waits);
        }
        let algorithm = algorithm(parameters)?;
        let credentials = credentials(parameters, request, signing);
        let response = credentials.response(algorithm);
        let value = credentials.field(algorithm, &response);
        request.replace_header(Header::new("Authorization", value));
        Ok(Outcome::SignedWith(response))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("password")]
    }

    fn body_hash(
        &self,
        parameters: &Parameters<'_>,
        _request: &HttpRequest,
        _signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        if parameters.text("qop") != "auth-int" || parameters.text("nonce").is_empty() {
            return None;
        }
        Some(BodyHash::plain(algorithm(parameters).ok()?.hash))
    }

    /// 403 counts as well (as newman 6.2.2).
    fn answer(
        &self,
        parameters: &Parameters<'_>,
        response: &HttpResponse,
        signing: &Signing<'_>,
    ) -> Result<Answer, Error> {
        if parameters.is_on("disableRetryRequest") || parameters.text("username").is_empty() {
            return Ok(Answer::Done(Vec::new()));
        }
        let answer = match response.status {
            401 | 403 if signing.dialect == Dialect::Newman => {
                newman::answer(parameters, response, signing)
            }
            401 | 403 => answer(parameters, response, signing),
            _ => None,
        };
        Ok(answer.unwrap_or_else(|| Answer::Done(next_count(parameters, signing.dialect))))
    }
}

/// Answers a challenge once, as what the server refuses after that is the password; once more only if it
/// says that the nonce was too old.
fn answer(
    parameters: &Parameters<'_>,
    response: &HttpResponse,
    signing: &Signing<'_>,
) -> Option<Answer> {
    let own = |key: &str| parameters.text(key);
    let offer = Offer::of(response, &own("algorithm"), &own("qop"))?;
    let is_new = offer.nonce != own("nonce") || offer.realm != own("realm");
    if !is_new || signing.answered > 0 && !offer.is_stale {
        return Some(Answer::Done(Vec::new()));
    }
    let text = |key: &str, value: String| (key.to_owned(), Value::from(value));
    let flag = |on: bool| if on { "true" } else { "" }.to_owned();
    let mut learned: AuthParameters = vec![
        text("nonce", offer.nonce),
        text("realm", offer.realm),
        text("opaque", offer.opaque),
        text("qop", offer.qop),
        text("userhash", flag(offer.hashes_username)),
        text("charset", flag(offer.is_utf8)),
        text(OFFERED_ALGORITHM, offer.algorithm),
        text("nonceCount", FIRST_COUNT.to_owned()),
    ];
    if own("clientNonce").is_empty() {
        learned.push(text("clientNonce", signing.nonce(16)));
    }
    Some(Answer::Again(learned))
}

/// What the next request with this authorization begins with. The count has eight hexadecimal digits (RFC
/// 7616, 3.4); newman counts in decimal ones.
fn next_count(parameters: &Parameters<'_>, dialect: Dialect) -> AuthParameters {
    let text = parameters.text("nonceCount");
    let next = match dialect {
        Dialect::Postrider => u32::from_str_radix(text.trim(), 16)
            .map(|count| format!("{:08x}", count.wrapping_add(1))),
        Dialect::Newman => {
            (text.trim().parse::<u32>()).map(|count| format!("{:08}", count.wrapping_add(1)))
        }
    };
    let next = next.unwrap_or_else(|_| FIRST_COUNT.to_owned());
    vec![("nonceCount".to_owned(), Value::from(next))]
}

fn algorithm_name(parameters: &Parameters<'_>) -> String {
    let offered = parameters.text_or(OFFERED_ALGORITHM, "MD5");
    parameters.text_or("algorithm", &offered)
}

fn algorithm(parameters: &Parameters<'_>) -> Result<Algorithm, Error> {
    let name = algorithm_name(parameters);
    Algorithm::named(&name).ok_or(Error::UnknownAlgorithm { name })
}

fn credentials(
    parameters: &Parameters<'_>,
    request: &HttpRequest,
    signing: &Signing<'_>,
) -> Credentials {
    let is_newman = signing.dialect == Dialect::Newman;
    let hash = signing.body_hash.as_deref().unwrap_or_default();
    Credentials {
        username: parameters.text("username"),
        password: parameters.text("password"),
        realm: parameters.text("realm"),
        nonce: parameters.text("nonce"),
        method: request.method.clone(),
        uri: request.url.target.clone(),
        algorithm: algorithm_name(parameters),
        qop: parameters.text("qop"),
        nonce_count: parameters.text_or("nonceCount", FIRST_COUNT),
        client_nonce: parameters.text_or("clientNonce", &signing.nonce(16)),
        opaque: parameters.text("opaque"),
        content_hash: hex(hash),
        hashes_username: parameters.is_on("userhash") && !is_newman,
        is_utf8: parameters.is_on("charset") && !is_newman,
        escapes: !is_newman,
    }
}
