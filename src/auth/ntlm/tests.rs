//! NTLM against the numbers of MS-NLMP and a recorded handshake.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::message::{Challenge, Names, authenticate, negotiate};
use super::proof::Secret;
use crate::auth::hash::hex;
use crate::auth::vectors::{Vector, auth, vectors};
use crate::auth::{Answer, Error, Signing, answer, with_learnt};
use crate::http::{Header, HttpResponse};
use crate::variables::Dialect;

fn vector(id: &str) -> Vector {
    vectors(include_str!("../../../tests/vectors/ntlm.json"))
        .into_iter()
        .find(|vector| vector.id == id)
        .unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect()
}

fn secret(vector: &Vector) -> Secret<'_> {
    Secret {
        user: vector.input("user"),
        domain: vector.input("domain"),
        password: vector.input("password"),
    }
}

#[test]
fn the_proof_is_that_of_the_specification() {
    let vector = vector("ntlmv2-computations");
    let challenge = Challenge {
        nonce: bytes(vector.input("server_challenge_hex"))
            .try_into()
            .unwrap(),
        target_info: bytes(vector.input("target_info_hex")),
        is_unicode: true,
        has_extended_security: true,
    };
    let client_nonce = bytes(vector.input("client_challenge_hex"))
        .try_into()
        .unwrap();

    let proof = secret(&vector).prove(&challenge, client_nonce, 0);

    let expected = |name: &str| vector.expected(name).unwrap().to_owned();
    assert_eq!(hex(&secret(&vector).key()), expected("ntowfv2"));
    assert_eq!(hex(&proof.lm), expected("lmv2_response"));
    assert_eq!(hex(&proof.nt), expected("nt_proof_str") + &expected("temp"));
}

#[test]
fn messages_are_read_and_written_as_the_specification_has_them() {
    let challenge = Challenge::parse(&bytes(
        vector("ntlmv2-challenge-message")
            .expected("challenge_message_hex")
            .unwrap(),
    ))
    .unwrap();
    let vector = vector("ntlmv2-authenticate-message");
    let client_nonce = bytes(vector.input("client_challenge_hex"))
        .try_into()
        .unwrap();
    let proof = secret(&vector).prove(&challenge, client_nonce, 0);
    let names = Names {
        domain: vector.input("domain").to_owned(),
        user: vector.input("user").to_owned(),
        workstation: vector.input("workstation").to_owned(),
    };

    let message = hex(&authenticate(&challenge, &names, &proof));

    // The specification agrees on a session key as well, which HTTP has no use for: other flags, and 16
    // bytes more at the end.
    let expected = vector.expected("authenticate_message_hex").unwrap();
    assert_eq!(message[..104], expected[..104]);
    assert_eq!(message[128..], expected[128..expected.len() - 32]);
}

fn response(challenge: &str) -> HttpResponse {
    HttpResponse {
        status: 401,
        reason: String::new(),
        version: "1.1",
        headers: vec![
            Header::new("WWW-Authenticate", "Negotiate"),
            Header::new("WWW-Authenticate", challenge),
        ],
        body: bytes::Bytes::new().into(),
    }
}

/// The message that follows on a challenge.
fn message_after(
    parameters: &serde_json::Value,
    challenge: &str,
    signing: &Signing<'_>,
) -> Result<Vec<u8>, Error> {
    let auth = with_learnt(
        &auth("ntlm", parameters.clone()),
        &Vec::new(),
        Dialect::Postrider,
    );
    match answer(&auth, &response(challenge), signing)? {
        Answer::Again(learnt) => Ok(STANDARD.decode(learnt[0].1.as_str().unwrap()).unwrap()),
        Answer::Done(_) => Ok(Vec::new()),
    }
}

#[test]
fn the_handshake_is_the_one_that_newman_makes() {
    let vector = vector("newman-ntlm-exchange");
    let parameters = json!({
        "username": vector.input("username"),
        "password": vector.input("password"),
        "workstation": vector.input("workstation"),
    });
    let challenge = format!("NTLM {}", STANDARD.encode(bytes(vector.input("type2_hex"))));
    let expected = vector.expected("type3_hex").unwrap();
    let second = Signing {
        answered: 1,
        ..Signing::at(0)
    };

    let first = message_after(&parameters, "NTLM", &Signing::at(0)).unwrap();
    let third = hex(&message_after(&parameters, &challenge, &second).unwrap());

    assert_eq!(hex(&first), vector.input("type1_hex"));
    // What the proof makes of another time and nonce is compared with the specification's numbers.
    assert_eq!(third.len(), expected.len());
    assert_eq!(third[..204], expected[..204]);
}

#[test]
fn the_proof_repeats_the_time_of_a_server_that_tells_it() {
    let target_info = [vec![7, 0, 8, 0], 5_u64.to_le_bytes().to_vec(), vec![0; 4]].concat();
    let challenge = Challenge {
        nonce: [1; 8],
        target_info,
        is_unicode: true,
        has_extended_security: true,
    };
    let secret = Secret {
        user: "u",
        domain: "",
        password: "p",
    };

    let proof = secret.prove(&challenge, [2; 8], 9);

    assert_eq!(proof.lm, [0; 24]);
    assert_eq!(proof.nt[24..32], 5_u64.to_le_bytes());
}

#[test]
fn a_server_that_knows_only_the_first_version_gets_no_proof() {
    let mut message = bytes(vector("newman-ntlm-exchange").input("type2_hex"));
    message[22] &= !0x08;
    let parameters = json!({"username": "u", "password": "p"});
    let second = Signing {
        answered: 1,
        ..Signing::at(0)
    };

    let weak = message_after(
        &parameters,
        &format!("NTLM {}", STANDARD.encode(message)),
        &second,
    );

    assert_eq!(weak, Err(Error::WeakChallenge));
    assert_eq!(
        message_after(&parameters, "NTLM", &second),
        Err(Error::MissingChallenge)
    );
    assert_eq!(
        message_after(&parameters, "NTLM AAAA", &second),
        Err(Error::InvalidChallenge)
    );
}

#[test]
fn a_message_that_is_cut_short_is_none() {
    let message = bytes(vector("newman-ntlm-exchange").input("type2_hex"));

    for length in 0..message.len() {
        assert_eq!(Challenge::parse(&message[..length]), None, "{length}");
    }
}

#[test]
fn a_domain_may_stand_in_the_name_and_there_need_be_none() {
    let cases = [
        ("D\\u", "D"),
        ("u@d.example", "D.EXAMPLE"),
        ("u", ""),
        ("a\\b@c", ""),
    ];

    for (username, domain) in cases {
        let parameters = json!({"username": username, "password": "p"});
        let message = message_after(&parameters, "NTLM", &Signing::at(0)).unwrap();
        assert_eq!(message, negotiate(domain, ""), "{username}");
    }
}
