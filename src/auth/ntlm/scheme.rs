//! The handshake: three requests on one connection, which is then the user's.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::message::{Challenge, Names, authenticate, negotiate};
use super::proof::Secret;
use crate::auth::challenge::Challenge as Offer;
use crate::auth::{Answer, Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Header, HttpRequest, HttpResponse};

/// The message that the next request carries.
const MESSAGE: &str = "ntlmMessage";

/// From 1601, where Windows counts from, to 1970, in seconds.
const SECONDS_BEFORE_1970: u64 = 11_644_473_600;

pub(in crate::auth) struct Ntlm;

impl Authorizer for Ntlm {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        if parameters.text("username").is_empty() {
            return Ok(Outcome::Incomplete("username"));
        }
        request.headers.retain(|field| !field.is("authorization"));
        let message = parameters.text(MESSAGE);
        if message.is_empty() {
            return Ok(Outcome::Waits);
        }
        let value = format!("NTLM {message}");
        request.replace_header(Header::new("Authorization", value));
        Ok(match signing.answered {
            1 => Outcome::Signed,
            _ => Outcome::SignedWith(message),
        })
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        vec![parameters.text("password")]
    }

    /// 403 counts as well; a server that offers nothing but `Negotiate` is not answered (as newman 6.2.2).
    fn answer(
        &self,
        parameters: &Parameters<'_>,
        response: &HttpResponse,
        signing: &Signing<'_>,
    ) -> Result<Answer, Error> {
        let done = Ok(Answer::Done(vec![(MESSAGE.to_owned(), Value::Null)]));
        let is_off = parameters.is_on("disableRetryRequest");
        if ![401, 403].contains(&response.status)
            || is_off
            || parameters.text("username").is_empty()
        {
            return done;
        }
        let mut offers = Offer::all_of(response).into_iter();
        let mut offers = offers.by_ref().filter(|offer| offer.scheme == "ntlm");
        let message = match signing.answered {
            0 if offers.next().is_none() => return done,
            0 => {
                let names = names(parameters);
                negotiate(&names.domain, &names.workstation)
            }
            1 => {
                let token = offers.find_map(|offer| offer.token);
                proof(parameters, &token.ok_or(Error::MissingChallenge)?, signing)?
            }
            _ => return done,
        };
        let message = Value::from(STANDARD.encode(message));
        Ok(Answer::Again(vec![(MESSAGE.to_owned(), message)]))
    }
}

fn proof(
    parameters: &Parameters<'_>,
    token: &str,
    signing: &Signing<'_>,
) -> Result<Vec<u8>, Error> {
    let message = STANDARD
        .decode(token.trim())
        .map_err(|_| Error::InvalidChallenge)?;
    let challenge = Challenge::parse(&message).ok_or(Error::InvalidChallenge)?;
    if !challenge.has_extended_security || challenge.target_info.is_empty() {
        return Err(Error::WeakChallenge);
    }
    let names = names(parameters);
    let secret = Secret {
        user: &names.user,
        domain: &names.domain,
        password: &parameters.text("password"),
    };
    let mut nonce = [0; 8];
    nonce.copy_from_slice(&signing.random()[..8]);
    let proof = secret.prove(&challenge, nonce, windows_time(signing.now));
    Ok(authenticate(&challenge, &names, &proof))
}

/// The domain may stand in the name, before a backslash or after an `@`, but not both.
fn names(parameters: &Parameters<'_>) -> Names {
    let (user, domain) = (parameters.text("username"), parameters.text("domain"));
    let (user, domain) = match domain.is_empty() {
        true => split(&user).unwrap_or((user, String::new())),
        false => (user, domain),
    };
    Names {
        domain: domain.to_uppercase(),
        user,
        workstation: parameters.text("workstation").to_uppercase(),
    }
}

fn split(name: &str) -> Option<(String, String)> {
    let parts = |separator: char| -> Option<(&str, &str)> {
        let (before, after) = name.split_once(separator)?;
        let is_plain = !before.is_empty() && !after.is_empty() && !after.contains(separator);
        is_plain.then_some((before, after))
    };
    let (user, domain) = match (name.contains('\\'), name.contains('@')) {
        (true, false) => parts('\\').map(|(domain, user)| (user, domain))?,
        (false, true) => parts('@')?,
        _ => return None,
    };
    Some((user.to_owned(), domain.to_owned()))
}

fn windows_time(now: SystemTime) -> u64 {
    let since_1970 = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since_1970.as_secs().saturating_add(SECONDS_BEFORE_1970);
    seconds
        .saturating_mul(10_000_000)
        .saturating_add(u64::from(since_1970.subsec_nanos() / 100))
}
