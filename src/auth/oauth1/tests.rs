//! OAuth 1 against published examples and what newman sends.

use serde_json::{Value, json};

use super::base_string::{base_string, base_url, normalized};
use super::method::{Method, Secrets};
use crate::auth::encode::{form_pairs, percent_encode};
use crate::auth::hash::Hash;
use crate::auth::vectors::{Vector, request, sign_with, signed, vectors};
use crate::auth::{Error, Outcome, Signing};
use crate::http::{Content, HttpRequest};

fn all() -> Vec<Vector> {
    vectors(include_str!("../../../tests/vectors/oauth1.json"))
}

fn of_scheme(scheme: &str) -> Vec<Vector> {
    let mut found = all();
    found.retain(|vector| vector.scheme == scheme);
    assert!(!found.is_empty());
    found
}

#[test]
fn base_strings_and_signatures_are_those_of_every_published_example() {
    for vector in of_scheme("oauth1") {
        let name = vector.input("signature_method");
        let secrets = Secrets {
            consumer: vector.input("consumer_secret").to_owned(),
            token: vector.input("token_secret").to_owned(),
            private_key: vector.input("private_key_pem").to_owned(),
        };
        let base = match vector.input("base_string") {
            "" => {
                let mut parameters = vector.pairs("oauth_params");
                parameters.extend(vector.pairs("body_params"));
                base_string(&vector.request(), &parameters)
            }
            given => given.to_owned(),
        };

        if let Some(expected) = vector.expected("base_string") {
            assert_eq!(base, expected, "{}", vector.id);
        }
        if let Some(expected) = vector.expected("signature") {
            let signature = Method::named(name).unwrap().sign(&base, &secrets, name);
            assert_eq!(signature.as_deref(), Ok(expected), "{}", vector.id);
        }
    }
}

#[test]
fn the_parts_of_base_strings_are_those_of_every_published_example() {
    for vector in of_scheme("oauth1-encoding") {
        let expected = vector.expected("encoded");
        assert_eq!(
            Some(percent_encode(vector.input("text")).as_str()),
            expected
        );
    }
    for vector in of_scheme("oauth1-normalize") {
        let pairs: Vec<(String, String)> = form_pairs(vector.input("query"))
            .into_iter()
            .map(|(key, value)| (key, value.unwrap_or_default()))
            .collect();
        assert_eq!(
            Some(normalized(&pairs).as_str()),
            vector.expected("normalized")
        );
    }
    for vector in of_scheme("oauth1-base-uri") {
        let url = request("GET", vector.input("url")).url;
        let expected = vector.expected("base_string_uri");
        assert_eq!(Some(base_url(&url).as_str()), expected, "{}", vector.id);
    }
    for vector in of_scheme("oauth1-body-hash") {
        use base64::Engine as _;
        let hash = Hash::Sha1.of(vector.input("body"));
        let hash = base64::engine::general_purpose::STANDARD.encode(hash);
        assert_eq!(Some(hash.as_str()), vector.expected("oauth_body_hash"));
    }
}

/// The request as this scheme signs it with the values of an example that newman has sent.
fn sent(vector: &Vector) -> HttpRequest {
    let names = [
        ("oauth_consumer_key", "consumerKey"),
        ("oauth_token", "token"),
        ("oauth_signature_method", "signatureMethod"),
        ("oauth_timestamp", "timestamp"),
        ("oauth_nonce", "nonce"),
        ("oauth_version", "version"),
        ("oauth_callback", "callback"),
        ("oauth_verifier", "verifier"),
    ];
    let mut parameters = json!({
        "consumerSecret": vector.input("consumer_secret"),
        "tokenSecret": vector.input("token_secret"),
        "privateKey": vector.input("private_key_pem"),
        "addParamsToHeader": vector.input("placement") == "header",
    });
    let own = vector.pairs("oauth_params");
    for (name, key) in names {
        let value = own.iter().find(|(known, _)| known == name);
        parameters[key] = value.map_or(Value::Null, |(_, value)| json!(value));
    }
    parameters["includeBodyHash"] = json!(own.iter().any(|(name, _)| name == "oauth_body_hash"));
    let authorization = vector.expected("authorization").unwrap_or_default();
    if authorization.contains("realm=") {
        parameters["realm"] = json!("Photos");
    }
    parameters["disableHeaderEncoding"] = json!(authorization.ends_with("=\""));
    let is_form = !vector.pairs("body_params").is_empty();
    let media_type = if is_form {
        "application/x-www-form-urlencoded"
    } else {
        "text/plain"
    };
    let signing = Signing::at(0).of_content(Some(media_type));
    let mut unsigned = vector.request();
    if is_form {
        unsigned.body = Some(Content::from(normalized(&vector.pairs("body_params"))));
    }
    signed("oauth1", parameters, unsigned, signing)
}

#[test]
fn fields_and_targets_are_those_that_newman_sends() {
    let mut count = 0;
    for vector in of_scheme("oauth1") {
        let Some(target) = vector.expected("request_target") else {
            continue;
        };
        count += 1;
        let sent = sent(&vector);

        assert_eq!(
            sent.header("authorization"),
            vector.expected("authorization"),
            "{}",
            vector.id
        );
        assert_eq!(sent.url.target, target, "{}", vector.id);
    }
    assert_eq!(count, 14);
}

fn minimal() -> Value {
    json!({"consumerKey": "k", "consumerSecret": "s", "timestamp": "1", "nonce": "n"})
}

#[test]
fn what_is_left_from_an_earlier_signature_is_taken_out() {
    let url = "http://h/a?x=1&oauth_token=old&oauth_signature=old";
    let fresh = signed(
        "oauth1",
        minimal(),
        request("GET", "http://h/a?x=1"),
        Signing::at(0),
    );

    let again = signed("oauth1", minimal(), request("GET", url), Signing::at(0));

    assert_eq!(again.url.target, fresh.url.target);
}

#[test]
fn a_form_carries_the_parameters_of_a_post() {
    let mut post = request("POST", "http://h/");
    post.body = Some(Content::from("f=x%20y&oauth_nonce=old"));
    let signing = Signing::at(0).of_content(Some("application/x-www-form-urlencoded"));

    let sent = signed("oauth1", minimal(), post, signing);

    let body = sent.body.unwrap().preview();
    let body = std::str::from_utf8(&body).unwrap();
    assert!(
        body.starts_with(
            "f=x%20y&oauth_consumer_key=k&oauth_timestamp=1&oauth_nonce=n&oauth_signature="
        ),
        "{body}"
    );
    assert_eq!(sent.url.target, "/");
}

#[test]
fn an_incomplete_or_impossible_authorization_leaves_the_request_alone() {
    let before = request("GET", "http://h/a?b=+");
    let mut request = before.clone();
    let signing = Signing::at(0);

    let incomplete = sign_with(
        "oauth1",
        json!({"consumerKey": "k"}),
        &mut request,
        signing.clone(),
    );
    let mut broken = minimal();
    broken["signatureMethod"] = json!("RSA-SHA1");
    broken["privateKey"] = json!("no key");
    let impossible = sign_with("oauth1", broken, &mut request, signing);

    assert_eq!(incomplete, Ok(Outcome::Incomplete("consumerSecret")));
    assert_eq!(impossible, Err(Error::UnreadableKey));
    assert_eq!(request, before);
}
