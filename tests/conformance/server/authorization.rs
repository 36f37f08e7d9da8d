//! Whether a request proves what it claims, for the schemes that the echo services offer.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use serde_json::{Map, Value, json};

use super::hash::{Hash, hexadecimal, hmac, md5, sha1, sha256, sha512, sha512_256};
use super::request::{Request, View, decode, parse_pairs};
use super::{Answer, hash};

/// What RFC 3986 leaves as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const CONSUMER_KEY: &str = "RKCGzna7bv9YD57c";
const CONSUMER_SECRET: &str = "D+EdQ-gs$-%@2Nu7";
const HAWK_ID: &str = "dh37fgj492je";
const HAWK_KEY: &[u8] = b"werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn";

/// User and password of basic authorization.
pub(super) fn basic_credentials(request: &Request) -> Option<(String, String)> {
    let encoded = credentials(request, "Basic")?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// Whether a request answers a digest challenge, as in RFC 7616.
pub(super) fn is_digest_valid(request: &Request, realm: &str, user: &str, password: &str) -> bool {
    let Some(given) = credentials(request, "Digest").map(parameters) else {
        return false;
    };
    let given = |name: &str| given.get(name).and_then(Value::as_str).unwrap_or_default();
    let algorithm = match given("algorithm") {
        "" => "MD5".to_owned(),
        other => other.to_ascii_uppercase(),
    };
    let (name, is_session) = match algorithm.strip_suffix("-SESS") {
        Some(name) => (name, true),
        None => (algorithm.as_str(), false),
    };
    let function: Hash = match name {
        "MD5" => md5,
        "SHA-256" => sha256,
        "SHA-512-256" => sha512_256,
        _ => return false,
    };
    if given("username") != user || given("realm") != realm || given("uri") != request.target {
        return false;
    }
    let hash = |text: String| hexadecimal(&function(text.as_bytes()));
    let (nonce, cnonce, qop) = (given("nonce"), given("cnonce"), given("qop"));
    let mut secret = hash(format!("{user}:{realm}:{password}"));
    if is_session {
        secret = hash(format!("{secret}:{nonce}:{cnonce}"));
    }
    let entity = match qop {
        "auth-int" => format!(":{}", hexadecimal(&function(&request.body))),
        _ => String::new(),
    };
    let action = hash(format!("{}:{}{entity}", request.method, given("uri")));
    let expected = if qop.is_empty() {
        hash(format!("{secret}:{nonce}:{action}"))
    } else {
        let count = given("nc");
        hash(format!("{secret}:{nonce}:{count}:{cnonce}:{qop}:{action}"))
    };
    given("response") == expected
}

/// The nonce of a challenge, which is the same in every run.
pub(super) fn nonce_of(view: &View) -> String {
    hexadecimal(&md5(view.path.as_bytes()))
}

/// Hawk authorization; the hash of a content is taken as it was sent.
pub(super) fn hawk(request: &Request, view: &View) -> Answer {
    if is_hawk_valid(request, view) {
        let message = "Hawk Authentication Successful";
        return Answer::json(200, &json!({"status": "pass", "message": message}));
    }
    let refusal = json!({"status": "fail", "message": "Bad mac"});
    Answer::json(401, &refusal).header("WWW-Authenticate", "Hawk")
}

fn is_hawk_valid(request: &Request, view: &View) -> bool {
    let Some(given) = credentials(request, "Hawk").map(parameters) else {
        return false;
    };
    let given = |name: &str| given.get(name).and_then(Value::as_str).unwrap_or_default();
    if given("id") != HAWK_ID || given("ts").is_empty() || given("nonce").is_empty() {
        return false;
    }
    let default_port = if view.scheme == "https" { "443" } else { "80" };
    let host = view.host.to_lowercase();
    let (host, port) = host.split_once(':').unwrap_or((&host, default_port));
    let extra = given("ext").replace('\\', "\\\\").replace('\n', "\\n");
    let method = request.method.to_uppercase();
    let lines = [
        "hawk.1.header",
        given("ts"),
        given("nonce"),
        &method,
        &request.target,
        host,
        port,
        given("hash"),
        &extra,
    ];
    let mut text = format!("{}\n", lines.join("\n"));
    if !given("app").is_empty() {
        text.push_str(&format!("{}\n{}\n", given("app"), given("dlg")));
    }
    let functions: [Hash; 2] = [sha256, sha1];
    let codes = functions.map(|function| hmac(function, 64, HAWK_KEY, text.as_bytes()));
    codes
        .iter()
        .any(|code| STANDARD.encode(code) == given("mac"))
}

/// A check of OAuth 1.0a, which tells a client that fails what was computed.
pub(super) fn oauth1(request: &Request, view: &View) -> Answer {
    let mut pairs = view.query_pairs();
    if view.media_type == "application/x-www-form-urlencoded" {
        pairs.extend(parse_pairs(&request.body));
    }
    for (name, value) in credentials(request, "OAuth")
        .map(parameters)
        .unwrap_or_default()
    {
        let decoded = decode(&name).zip(value.as_str().and_then(decode));
        pairs.extend(decoded.filter(|(name, _)| !name.eq_ignore_ascii_case("realm")));
    }
    let given = |name: &str| {
        let last = pairs.iter().rev().find(|(own, _)| own == name);
        last.map_or("", |(_, value)| value.as_str())
    };
    let base_url = format!(
        "{}://{}{}",
        view.scheme,
        view.host.to_lowercase(),
        view.path
    );
    let mut normalized: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| name != "oauth_signature")
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    normalized.sort();
    let normalized: Vec<_> = normalized
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let normalized = normalized.join("&");
    let method = request.method.to_uppercase();
    let base = format!("{method}&{}&{}", encode(&base_url), encode(&normalized));
    let signing_key = format!("{}&", encode(CONSUMER_SECRET));
    let scheme = given("oauth_signature_method").to_uppercase();
    let signature = signature(&scheme, &signing_key, &base);
    let is_valid = signature.is_some_and(|expected| expected == given("oauth_signature"));
    if is_valid && given("oauth_consumer_key") == CONSUMER_KEY {
        let message = "OAuth-1.0a signature verification was successful";
        return Answer::json(200, &json!({"status": "pass", "message": message}));
    }
    let shown = if scheme.is_empty() {
        "HMAC-SHA1"
    } else {
        &scheme
    };
    let refusal = json!({
        "status": "fail",
        "message": format!("{shown} verification failed"),
        "base_uri": format!("{}://{}{}", view.scheme, view.host, view.path),
        "normalized_param_string": normalized,
        "base_string": base,
        "signing_key": signing_key,
    });
    Answer::json(401, &refusal)
}

fn signature(scheme: &str, key: &str, base: &str) -> Option<String> {
    let (function, block): (Hash, usize) = match scheme {
        "PLAINTEXT" => return Some(key.to_owned()),
        "HMAC-SHA1" => (sha1, 64),
        "HMAC-SHA256" => (sha256, 64),
        "HMAC-SHA512" => (sha512, 128),
        _ => return None,
    };
    Some(STANDARD.encode(hash::hmac(function, block, key.as_bytes(), base.as_bytes())))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What follows the scheme in the request's `Authorization`.
fn credentials<'request>(request: &'request Request, scheme: &str) -> Option<&'request str> {
    let (own, rest) = request.header("authorization")?.split_once(' ')?;
    own.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// The pairs of a list as in `Authorization`.
fn parameters(text: &str) -> Map<String, Value> {
    static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))"#)
            .expect("the pattern is well formed")
    });
    static ESCAPED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\(.)").expect("the pattern is well formed"));

    let pairs = PARAMETER.captures_iter(text).map(|found| {
        let value = match found.get(2) {
            Some(quoted) => ESCAPED.replace_all(quoted.as_str(), "$1").into_owned(),
            None => found[3].to_owned(),
        };
        (found[1].to_owned(), Value::from(value))
    });
    pairs.collect()
}
