//! Schemes that sign a request or wait for the server to ask.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Request, Server, collection};

/// The server's part of an NTLM handshake, as MS-NLMP prints it.
const NTLM_CHALLENGE: &str = "NTLM TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAA=";

fn challenge(value: &str) -> Answer {
    Answer::status("401 Unauthorized").header("WWW-Authenticate", value)
}

/// A server that wants digest credentials and looks only whether there are any.
fn digest_server() -> Server {
    Server::start(|request| match request.header("authorization") {
        Some(_) => Answer::ok(""),
        None => challenge(r#"Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth,auth-int""#),
    })
}

fn digest() -> Value {
    json!({"type": "digest", "digest": {"username": "ada", "password": "pass-word"}})
}

fn item(name: &str, url: String, auth: &Value) -> Value {
    json!({"name": name, "request": {"method": "GET", "url": url, "auth": auth}})
}

fn authorizations(server: &Server) -> Vec<String> {
    let field = |request: &Request| request.header("authorization").unwrap_or("none").to_owned();
    server.requests().iter().map(field).collect()
}

/// One request of a server that answers everything with 200.
fn sent(auth: &Value, arguments: &[&str]) -> (Request, Outcome) {
    let server = Server::start(|_| Answer::ok(""));
    let collection = collection(json!([item("A", server.url("/a?b=1"), auth)]));
    let outcome = Postrider::run_collection(&collection, arguments).expect_code(0);
    (server.request(), outcome)
}

#[test]
fn a_digest_challenge_is_answered_and_both_attempts_are_told() {
    let server = digest_server();
    let mut asked = item("A", server.url("/a"), &digest());
    asked["event"] = json!([{"listen": "test", "script": {"exec":
        "pm.test('once', () => pm.response.to.have.status(200))"}}]);

    let outcome =
        Postrider::run_collection(&collection(json!([asked])), &["--reporter-cli-no-summary"]);

    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]
      ✓  once
    ");
    let fields = authorizations(&server);
    assert_eq!(fields[0], "none");
    assert!(
        fields[1].contains(r#"algorithm="SHA-256", qop=auth, nc=00000001"#),
        "{fields:?}"
    );
}

#[test]
fn a_server_that_has_asked_once_is_told_at_once_from_then_on() {
    let (first, second) = (digest_server(), digest_server());
    let request = |server: &Server| json!({"name": "A", "request": server.url("/")});
    let mut collection = collection(json!([request(&first), request(&first), request(&second)]));
    collection["auth"] = digest();

    Postrider::run_collection(&collection, &[]).expect_code(0);

    let fields = authorizations(&first);
    assert_eq!(fields.len(), 3);
    assert!(fields[2].contains("nc=00000002"), "{fields:?}");
    assert_eq!(
        authorizations(&second)[0],
        "none",
        "another server has not asked yet"
    );
}

#[test]
fn with_newman_compat_what_one_server_asked_is_used_for_all() {
    let (first, second) = (digest_server(), digest_server());
    let request = |server: &Server| json!({"name": "A", "request": server.url("/")});
    let mut collection = collection(json!([request(&first), request(&second)]));
    collection["auth"] = digest();

    Postrider::run_collection(&collection, &["--newman-compat"]).expect_code(0);

    let fields = authorizations(&second);
    assert_eq!(fields.len(), 1);
    assert!(
        fields[0].contains(r#"algorithm="MD5", response="#),
        "{fields:?}"
    );
}

#[test]
fn a_server_that_is_never_content_is_answered_three_times() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        challenge(&format!(
            r#"Digest realm="r", nonce="{number}", stale=true"#
        ))
    });

    let collection = collection(json!([item("A", server.url("/"), &digest())]));
    let outcome = Postrider::run_collection(&collection, &["--reporter-cli-no-summary"]);

    assert_eq!(server.requests().len(), 4);
    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/ [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/ [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/ [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/ [401 Unauthorized, <size>, <time>]
      ┌
      │ 'the server asked for digest credentials once more, af
      │ ter 3 answers'
      └
    ");
}

#[test]
fn a_request_of_a_script_answers_challenges_as_well() {
    let server = digest_server();
    let call = json!({"url": server.url("/of-script"), "method": "GET", "auth": digest()});
    let asking = json!({"name": "A", "request": server.url("/"), "event": [{"listen": "prerequest",
        "script": {"exec": format!("pm.sendRequest({call}, (e, r) => console.log(r.code))")}}]});

    Postrider::run_collection(&collection(json!([asking])), &[]).expect_code(0);

    let lines = server.lines();
    assert_eq!(lines, ["GET /of-script", "GET /of-script", "GET /"]);
}

#[test]
fn an_ntlm_handshake_keeps_to_one_connection() {
    let server = Server::start(|request| match request.header("authorization") {
        None => challenge("NTLM"),
        Some(field) if field.starts_with("NTLM TlRMTVNTUAAB") => challenge(NTLM_CHALLENGE),
        Some(field) if field.starts_with("NTLM TlRMTVNTUAAD") => Answer::ok("welcome"),
        Some(_) => Answer::status("400 Bad Request"),
    });
    let ntlm = json!({"type": "ntlm", "ntlm": {"username": "D\\ada", "password": "pass-word"}});

    let items = json!([
        item("A", server.url("/a"), &ntlm),
        item("B", server.url("/b"), &ntlm)
    ]);
    let outcome = Postrider::run_collection(&collection(items), &["--reporter-cli-no-summary"]);

    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/a [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

    → B
      GET http://127.0.0.1:<port>/b [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/b [401 Unauthorized, <size>, <time>]
      GET http://127.0.0.1:<port>/b [200 OK, <size>, <time>]
    ");
    assert_eq!(
        server.lines(),
        ["GET /a", "GET /a", "GET /a", "GET /b", "GET /b", "GET /b"]
    );
    assert_eq!(server.connection_count(), 1);
}

#[test]
fn an_authorization_that_cannot_be_used_is_told() {
    let server = Server::start(|_| Answer::ok(""));
    let auths = [
        json!({"type": "bearer", "bearer": {"token": ""}}),
        json!({"type": "oauth2", "oauth2": {"clientId": "c"}}),
        json!({"type": "jwt", "jwt": {"algorithm": "RS256", "privateKey": "-----BEGIN nothing"}}),
        json!({"type": "hawk", "hawk": {"authId": "i", "authKey": "k", "algorithm": "sha3"}}),
    ];
    let items: Vec<Value> = auths
        .iter()
        .map(|auth| item("A", server.url("/"), auth))
        .collect();

    let outcome =
        Postrider::run_collection(&collection(json!(items)), &["--reporter-cli-no-summary"])
            .expect_code(0);

    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → A
      ┌
      │ 'the authorization bearer has no token; the request is
      │  sent without it'
      └
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]

    → A
      ┌
      │ 'the authorization oauth2 has no accessToken; the requ
      │ est is sent without it'
      └
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]

    → A
      ┌
      │ 'the authorization jwt cannot be used: the private key
      │  is neither PKCS#8, PKCS#1 nor SEC1 in PEM; the reques
      │ t is sent without it'
      └
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]

    → A
      ┌
      │ 'the authorization hawk cannot be used: there is no al
      │ gorithm `sha3`; the request is sent without it'
      └
      GET http://127.0.0.1:<port>/ [200 OK, <size>, <time>]
    ");
    assert_eq!(authorizations(&server), ["none"; 4]);
}

#[test]
fn no_report_shows_a_signature_or_the_secret_behind_it() {
    let schemes = [
        (
            json!({"type": "hawk", "hawk": {"authId": "id", "authKey": "the-secret"}}),
            "mac=\"",
        ),
        (
            json!({"type": "oauth1", "oauth1": {"consumerKey": "id", "consumerSecret": "the-secret",
            "signatureMethod": "PLAINTEXT", "addParamsToHeader": true}}),
            "oauth_signature=\"",
        ),
        (
            json!({"type": "awsv4", "awsv4": {"accessKey": "id", "secretKey": "the-secret",
            "sessionToken": "the-session"}}),
            "Signature=",
        ),
        (
            json!({"type": "edgegrid", "edgegrid": {"accessToken": "the-access", "clientToken": "the-client",
            "clientSecret": "the-secret"}}),
            "signature=",
        ),
        (
            json!({"type": "jwt", "jwt": {"algorithm": "HS256", "secret": "the-secret", "payload": "{}"}}),
            "Bearer ",
        ),
        (
            json!({"type": "digest", "digest": {"username": "u", "password": "the-secret", "realm": "r",
            "nonce": "n"}}),
            "response=\"",
        ),
    ];

    for (auth, before) in schemes {
        let flags = [
            "--verbose",
            "-r",
            "cli,json",
            "--reporter-json-export",
            "r.json",
        ];
        let (request, outcome) = sent(&auth, &flags);
        let field = request.header("authorization").unwrap();
        let signature = field
            .split_once(before)
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap();
        let shown = [&outcome.stdout, &outcome.read("r.json")]
            .map(String::as_str)
            .join("\n");

        assert!(signature.len() > 8, "{field}");
        for secret in [
            signature,
            "the-secret",
            "the-session",
            "the-access",
            "the-client",
        ] {
            assert!(!shown.contains(secret), "{secret} of {auth} is shown");
        }
    }
}

#[test]
fn each_request_has_a_nonce_of_its_own() {
    let hawk = json!({"type": "hawk", "hawk": {"authId": "id", "authKey": "key-key"}});
    let server = Server::start(|_| Answer::ok(""));
    let mut collection = collection(json!([
        {"name": "A", "request": server.url("/")}, {"name": "B", "request": server.url("/")}
    ]));
    collection["auth"] = hawk;

    Postrider::run_collection(&collection, &[]).expect_code(0);

    let fields = authorizations(&server);
    assert!(fields[0].starts_with("Hawk id=\"id\", ts=\""), "{fields:?}");
    let nonce = |field: &String| field.split("nonce=\"").nth(1).unwrap()[..6].to_owned();
    assert_ne!(nonce(&fields[0]), nonce(&fields[1]));
}

#[test]
fn the_content_of_a_file_is_signed() {
    let server = Server::start(|_| Answer::ok(""));
    let request = json!({"method": "PUT", "url": server.url("/"),
        "body": {"mode": "file", "file": {"src": "content.txt"}},
        "auth": {"type": "awsv4", "awsv4": {"accessKey": "id", "secretKey": "s3cret"}}});

    Postrider::with_collection(&collection(json!([{"name": "A", "request": request}])))
        .file("content.txt", "from a file")
        .run()
        .expect_code(0);

    let request = server.request();
    assert_eq!(request.text(), "from a file");
    assert_eq!(
        request.header("x-amz-content-sha256"),
        Some("552b49dcb23b4558021df8fda10272de45986bce69dd80283fc0b2a2fa57c209")
    );
}

#[test]
fn a_session_token_stays_with_the_server_it_was_meant_for() {
    let second = Server::start(|_| Answer::ok(""));
    let location = second.url("/to");
    let first = Server::start(move |_| Answer::redirect("302 Found", location.clone()));
    let auth = json!({"type": "awsv4", "awsv4": {"accessKey": "id", "secretKey": "s3cret",
        "sessionToken": "session"}});

    let collection = collection(json!([item("A", first.url("/from"), &auth)]));
    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(
        first.request().header("x-amz-security-token"),
        Some("session")
    );
    assert_eq!(second.request().header("x-amz-security-token"), None);
    assert_eq!(second.request().header("authorization"), None);
}

#[test]
fn a_dry_run_shows_what_would_be_signed() {
    let auth = json!({"type": "edgegrid", "edgegrid": {"accessToken": "at-at", "clientToken": "ct-ct",
        "clientSecret": "cs-cs", "nonce": "fixed", "timestamp": "20240101T00:00:00+0000"}});
    let collection = collection(json!([item("A", "http://127.0.0.1:1/".to_owned(), &auth)]));

    let outcome = Postrider::run_collection(&collection, &["--dry-run"]).expect_code(0);

    let line = outcome
        .stdout
        .lines()
        .find(|line| line.starts_with("Authorization"));
    assert_eq!(
        line,
        Some(
            "Authorization: EG1-HMAC-SHA256 client_token=***;access_token=***;\
             timestamp=20240101T00:00:00+0000;nonce=fixed;signature=***"
        )
    );
}
