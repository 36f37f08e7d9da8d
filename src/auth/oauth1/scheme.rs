//! The parameters of OAuth 1.0a and where they go.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::base_string::base_string;
use super::method::{Method, Secrets};
use crate::auth::body_hash::BodyHash;
use crate::auth::encode::{
    add_to_query, form_pairs, percent_decode, percent_encode, remove_from_query, split_target,
};
use crate::auth::{Authorizer, Error, Outcome, Parameters, Signing};
use crate::http::{Content, Header, HttpRequest, Piece};

/// What a request may hold from before; it is taken out.
const NAMES: [&str; 10] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature",
    "oauth_callback",
    "oauth_verifier",
    "oauth_body_hash",
];

pub(in crate::auth) struct OAuth1;

impl Authorizer for OAuth1 {
    fn sign(
        &self,
        parameters: &Parameters<'_>,
        request: &mut HttpRequest,
        signing: &Signing<'_>,
    ) -> Result<Outcome, Error> {
        let name = parameters.text("signatureMethod");
        let method = Method::named(&name)?;
        let secret = match method {
            Method::Rsa(_) => "privateKey",
            _ => "consumerSecret",
        };
        for required in ["consumerKey", secret] {
            if parameters.text(required).is_empty() {
                return Ok(Outcome::Incomplete(required));
            }
        }
        let form = form_of(request, signing);
        let mut signed = request.clone();
        remove_from_query(&mut signed.url.target, |name| NAMES.contains(&name));
        let own = own_parameters(parameters, signing);
        let mut all = own.clone();
        all.extend(form.iter().flatten().cloned());
        let secrets = Secrets {
            consumer: parameters.text("consumerSecret"),
            token: parameters.text("tokenSecret"),
            private_key: parameters.text("privateKey"),
        };
        let signature = method.sign(&base_string(&signed, &all), &secrets, &name)?;
        let mut sent = own;
        sent.push(("oauth_signature".to_owned(), signature.clone()));
        if signing.encodes_url {
            encode_query(&mut signed);
        }
        place(parameters, &mut signed, form, &sent, signing);
        *request = signed;
        Ok(Outcome::SignedWith(signature))
    }

    fn secrets(&self, parameters: &Parameters<'_>) -> Vec<String> {
        ["consumerSecret", "tokenSecret", "token", "privateKey"]
            .map(|name| parameters.text(name))
            .to_vec()
    }

    /// Forms are signed as parameters and have no hash (draft-eaton-oauth-bodyhash, 3.1).
    fn body_hash(
        &self,
        parameters: &Parameters<'_>,
        request: &HttpRequest,
        signing: &Signing<'_>,
    ) -> Option<BodyHash> {
        if !parameters.is_on("includeBodyHash") || form_of(request, signing).is_some() {
            return None;
        }
        let method = Method::named(&parameters.text("signatureMethod")).ok()?;
        method.body_hash().map(BodyHash::plain)
    }
}

/// The parameters of the scheme in the order in which they are sent. Callback, verifier and body hash are
/// extensions, and never there when they are empty.
fn own_parameters(parameters: &Parameters<'_>, signing: &Signing<'_>) -> Vec<(String, String)> {
    let keeps_empty = parameters.is_on("addEmptyParamsToSign");
    let timestamp = match parameters.text("timestamp") {
        text if text.is_empty() => parameters.text("timeStamp"),
        text => text,
    };
    let basic = [
        ("oauth_consumer_key", parameters.text("consumerKey")),
        ("oauth_token", parameters.text("token")),
        ("oauth_signature_method", parameters.text("signatureMethod")),
        (
            "oauth_timestamp",
            match timestamp.is_empty() {
                true => signing.seconds().to_string(),
                false => timestamp,
            },
        ),
        (
            "oauth_nonce",
            parameters.text_or("nonce", &signing.nonce(11)),
        ),
        ("oauth_version", parameters.text("version")),
    ];
    let extensions = [
        (
            "oauth_body_hash",
            signing
                .body_hash
                .as_ref()
                .map(|hash| STANDARD.encode(hash))
                .unwrap_or_default(),
        ),
        ("oauth_callback", parameters.text("callback")),
        ("oauth_verifier", parameters.text("verifier")),
    ];
    let is_empty = |value: &str| value.trim().is_empty();
    basic
        .into_iter()
        .filter(|(_, value)| keeps_empty || !is_empty(value))
        .chain(extensions.into_iter().filter(|(_, value)| !is_empty(value)))
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// The parameters of a form without those of the scheme; `None` when the content is no form.
fn form_of(request: &HttpRequest, signing: &Signing<'_>) -> Option<Vec<(String, String)>> {
    let media_type = signing.content_type?.to_ascii_lowercase();
    if !media_type.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let Some([Piece::Bytes(bytes)]) = request.body.as_ref().map(|body| body.pieces.as_slice())
    else {
        return None;
    };
    let pairs = form_pairs(std::str::from_utf8(bytes).ok()?);
    Some(
        pairs
            .into_iter()
            .map(|(key, value)| (key, value.unwrap_or_default()))
            .filter(|(key, _)| !NAMES.contains(&key.as_str()))
            .collect(),
    )
}

/// In the header field if asked for; else in the form that a POST or PUT has, else in the query.
fn place(
    parameters: &Parameters<'_>,
    request: &mut HttpRequest,
    form: Option<Vec<(String, String)>>,
    sent: &[(String, String)],
    signing: &Signing<'_>,
) {
    if parameters.is_on("addParamsToHeader") {
        let value = field(parameters, sent);
        request.replace_header(Header::new("Authorization", value));
        return;
    }
    request.headers.retain(|field| !field.is("authorization"));
    let encoded = |pairs: &[(String, String)]| -> Vec<String> {
        pairs
            .iter()
            .map(|(key, value)| format!("{}={}", percent_encode(key), percent_encode(value)))
            .collect()
    };
    if form.is_some() && ["POST", "PUT"].contains(&request.method.as_str()) {
        let body = request.body.take().unwrap_or_default().preview();
        let text = String::from_utf8_lossy(&body);
        let mut pairs: Vec<String> = text
            .split('&')
            .filter(|pair| {
                let name = pair.split('=').next().unwrap_or_default();
                !pair.is_empty() && !NAMES.contains(&percent_decode(name).as_str())
            })
            .map(str::to_owned)
            .collect();
        pairs.extend(encoded(sent));
        request.body = Some(Content::from(pairs.join("&")));
    } else if signing.encodes_url {
        add_to_query(&mut request.url.target, &encoded(sent));
    } else {
        let plain: Vec<String> = sent
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        add_to_query(&mut request.url.target, &plain);
    }
}

/// The realm comes first and is not signed; parameters without a value are signed at most.
fn field(parameters: &Parameters<'_>, sent: &[(String, String)]) -> String {
    let encode = |text: &str| match parameters.is_on("disableHeaderEncoding") {
        true => text.to_owned(),
        false => percent_encode(text),
    };
    let realm = parameters.text("realm");
    let realm = (!realm.trim().is_empty()).then(|| format!("realm=\"{}\"", encode(&realm)));
    let pairs = sent
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{}=\"{}\"", encode(key), encode(value.trim())));
    let all: Vec<String> = realm.into_iter().chain(pairs).collect();
    format!("OAuth {}", all.join(","))
}

/// Encodes the query as the signature has it, more strictly than URLs otherwise are.
fn encode_query(request: &mut HttpRequest) {
    let (path, query) = split_target(&request.url.target);
    if query.is_empty() {
        return;
    }
    let pairs: Vec<String> = form_pairs(query)
        .iter()
        .map(|(key, value)| match value {
            Some(value) => format!("{}={}", percent_encode(key), percent_encode(value)),
            None => percent_encode(key),
        })
        .collect();
    request.url.target = format!("{path}?{}", pairs.join("&"));
}
