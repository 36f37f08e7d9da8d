//! Digest against published examples, and how challenges are answered.

use serde_json::json;

use super::response::{Algorithm, Credentials};
use crate::auth::vectors::{Vector, auth, request, signed, vectors};
use crate::auth::{Answer, Signing, answer, merge, with_learnt};
use crate::collection::AuthParameters;
use crate::http::{Header, HttpResponse};
use crate::variables::Dialect;

fn credentials(vector: &Vector) -> (Algorithm, Credentials) {
    let text = |name: &str| vector.input(name).to_owned();
    let name = match vector.input("algorithm") {
        "" => "MD5",
        name => name,
    };
    let algorithm = Algorithm::named(name).unwrap();
    let credentials = Credentials {
        username: text("username"),
        password: text("password"),
        realm: text("realm"),
        nonce: text("nonce"),
        method: text("method"),
        uri: text("uri"),
        algorithm: text("algorithm"),
        qop: text("qop"),
        nonce_count: text("nc"),
        client_nonce: text("cnonce"),
        opaque: text("opaque"),
        content_hash: algorithm.hex(vector.input("body")),
        hashes_username: vector.inputs["userhash"] == true,
        is_utf8: vector.input("charset") == "UTF-8",
        escapes: true,
    };
    (algorithm, credentials)
}

#[test]
fn the_response_is_that_of_every_published_example() {
    for vector in vectors(include_str!("../../../tests/vectors/digest.json")) {
        let (algorithm, credentials) = credentials(&vector);
        let response = credentials.response(algorithm);
        let field = credentials.field(algorithm, &response);

        let is_equal = Some(response.as_str()) == vector.expected("response");
        assert_eq!(is_equal, !vector.is_wrong, "{}", vector.id);
        if let Some(username) = vector.expected("username") {
            let has_hash = field.contains(&format!("username=\"{username}\""));
            assert_eq!(has_hash, !vector.is_wrong, "{}: {field}", vector.id);
        }
        if let Some(expected) = vector.expected("authorization") {
            assert_eq!(field, expected, "{}", vector.id);
        }
    }
}

#[test]
fn a_user_name_beyond_ascii_is_sent_in_the_extended_form_when_the_server_knows_it() {
    let (algorithm, credentials) = vectors(include_str!("../../../tests/vectors/digest.json"))
        .iter()
        .find(|vector| vector.id == "digest-rfc7616-3.9.2-username-star")
        .map(credentials)
        .unwrap();

    let field = credentials.field(algorithm, "");

    assert!(field.starts_with("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm="));
}

/// The requests of one item, each with the challenge that it is answered with.
fn exchange(
    parameters: serde_json::Value,
    learnt: &mut AuthParameters,
    challenges: &[&str],
    dialect: Dialect,
) -> Vec<Option<String>> {
    let auth = auth("digest", parameters);
    let mut fields = Vec::new();
    for (answered, challenge) in challenges.iter().enumerate() {
        let complete = with_learnt(&auth, learnt, dialect);
        let signing = Signing {
            answered,
            dialect,
            ..Signing::at(0)
        };
        let parameters = complete.parameters.iter().cloned().collect();
        let mut sent = request("GET", "http://h/dir");
        crate::auth::vectors::sign_with("digest", parameters, &mut sent, signing.clone()).unwrap();
        fields.push(sent.header("authorization").map(str::to_owned));
        let response = HttpResponse {
            status: if challenge.is_empty() { 200 } else { 401 },
            reason: String::new(),
            version: "1.1",
            headers: vec![Header::new("WWW-Authenticate", *challenge)],
            body: bytes::Bytes::new().into(),
        };
        match answer(&complete, &response, &signing).unwrap() {
            Answer::Again(later) => merge(learnt, later),
            Answer::Done(later) => {
                merge(learnt, later);
                break;
            }
        }
    }
    fields
}

fn user() -> serde_json::Value {
    json!({"username": "u", "password": "p"})
}

fn has(field: &Option<String>, part: &str) -> bool {
    field.as_ref().is_some_and(|field| field.contains(part))
}

#[test]
fn the_algorithm_and_quality_of_the_challenge_are_used() {
    let cases = [
        (
            r#"Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth,auth-int""#,
            r#"algorithm="SHA-256", qop=auth, nc=00000001"#,
        ),
        (
            r#"Digest realm="r", nonce="n", algorithm=x, qop="auth", Digest realm="r", nonce="m", algorithm=MD5"#,
            r#"nonce="m", uri="/dir", algorithm="MD5""#,
        ),
        (
            r#"Basic realm="b", Digest nonce="n", realm="r""#,
            r#"algorithm="MD5", response="#,
        ),
        (
            r#"Digest realm="r", nonce="n", qop="auth-int""#,
            "qop=auth-int",
        ),
    ];

    for (challenge, part) in cases {
        let fields = exchange(
            user(),
            &mut Vec::new(),
            &[challenge, ""],
            Dialect::Postrider,
        );
        assert_eq!(fields[0], None);
        assert!(has(&fields[1], part), "{challenge}: {:?}", fields[1]);
    }
}

#[test]
fn a_refused_password_is_sent_once() {
    let challenges = [
        r#"Digest realm="r", nonce="1""#,
        r#"Digest realm="r", nonce="2""#,
        r#"Digest realm="r", nonce="3""#,
    ];

    let fields = exchange(user(), &mut Vec::new(), &challenges, Dialect::Postrider);

    assert_eq!(fields.len(), 2);
}

#[test]
fn a_nonce_that_was_too_old_is_replaced() {
    let mut learnt = Vec::new();
    exchange(
        user(),
        &mut learnt,
        &[r#"Digest realm="r", nonce="1", qop="auth""#, ""],
        Dialect::Postrider,
    );

    let next = exchange(
        user(),
        &mut learnt,
        &[r#"Digest realm="r", nonce="2", qop="auth""#, ""],
        Dialect::Postrider,
    );

    assert!(
        has(&next[0], r#"nonce="1""#) && has(&next[0], "nc=00000002"),
        "{next:?}"
    );
    assert!(
        has(&next[1], r#"nonce="2""#) && has(&next[1], "nc=00000001"),
        "{next:?}"
    );
}

#[test]
fn a_nonce_of_the_collection_does_not_keep_a_challenge_from_being_answered() {
    let stored = json!({"username": "u", "password": "p", "realm": "r", "nonce": "old"});
    let challenges = [r#"Digest realm="r", nonce="new""#, ""];

    let ours = exchange(
        stored.clone(),
        &mut Vec::new(),
        &challenges,
        Dialect::Postrider,
    );
    let newmans = exchange(stored, &mut Vec::new(), &challenges, Dialect::Newman);

    assert!(has(&ours[0], "old") && has(&ours[1], "new"), "{ours:?}");
    assert_eq!(newmans.len(), 1);
}

#[test]
fn newmans_reading_of_a_challenge_can_be_had() {
    let challenge = r#"Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth,auth-int""#;

    let fields = exchange(user(), &mut Vec::new(), &[challenge, ""], Dialect::Newman);

    assert!(
        has(&fields[1], r#"algorithm="MD5", response="#),
        "{fields:?}"
    );
}

#[test]
fn the_nonce_count_is_hexadecimal() {
    let stored =
        json!({"username": "u", "password": "p", "realm": "r", "nonce": "n", "qop": "auth"});
    let mut learnt = vec![("nonceCount".to_owned(), json!("00000009"))];

    exchange(stored.clone(), &mut learnt, &[""], Dialect::Postrider);

    assert_eq!(learnt, [("nonceCount".to_owned(), json!("0000000a"))]);
    exchange(stored, &mut learnt, &[""], Dialect::Newman);
    assert_eq!(learnt, [("nonceCount".to_owned(), json!("00000001"))]);
}

#[test]
fn quotes_in_names_are_escaped() {
    let parameters = json!({"username": "a\"b\\", "password": "p", "realm": "r", "nonce": "n"});

    let sent = signed(
        "digest",
        parameters,
        request("GET", "http://h/"),
        Signing::at(0),
    );

    assert!(
        sent.header("authorization")
            .unwrap()
            .starts_with(r#"Digest username="a\"b\\", "#)
    );
}
