//! What is said when there is no token: the request is not sent, and the reason is the server's own.

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Postrider, Server, collection, refusal};

/// Runs one request with this authorization.
fn run(server: &Server, parameters: Value) -> Outcome {
    let auth = json!({"type": "oauth2", "oauth2": parameters});
    let url = server.url("/a");
    let item = json!({"name": "A", "request": {"method": "GET", "url": url, "auth": auth}});
    Postrider::run_collection(&collection(json!([item])), &["--reporter-cli-no-summary"])
}

#[test]
fn a_refusal_is_told_in_the_servers_words_and_not_asked_for_again() {
    let server = Server::start(|_| {
        refusal(
            "invalid_client",
            "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1",
        )
    });
    let auth = json!({"type": "oauth2", "oauth2": {
        "accessTokenUrl": server.url("/token"), "clientId": "c", "clientSecret": "secret-1"}});
    let items: Vec<Value> = ["A", "B"]
        .iter()
        .map(|name| json!({"name": name, "request": {"url": server.url("/"), "auth": auth}}))
        .collect();

    let outcome =
        Postrider::run_collection(&collection(json!(items)), &["--reporter-cli-no-summary"]);

    assert_eq!(server.lines(), ["POST /token"]);
    insta::assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      POST http://127.0.0.1:<port>/token [400 Bad Request, <size>, <time>]
      GET http://127.0.0.1:<port>/ [errored]
         cannot get a token from http://127.0.0.1:<port>/token: the server answered 400 Bad Request, invalid_client: AADSTS7000215: Invalid client secret provided.
         hint: check `clientId`, `clientSecret` and `client_authentication`, and that the client may use this grant

    → B
      GET http://127.0.0.1:<port>/ [errored]
         cannot get a token from http://127.0.0.1:<port>/token: the server answered 400 Bad Request, invalid_client: AADSTS7000215: Invalid client secret provided.
         hint: check `clientId`, `clientSecret` and `client_authentication`, and that the client may use this grant

      #  failure  detail

     1.  Error    cannot get a token from http://127.0.0.1:<port>/token: the server answered 400 Bad Request, invalid_client: AADSTS7000215: Invalid client secret provided.
                  at request
                  inside "A"
                  hint: check `clientId`, `clientSecret` and `client_authentication`, and that the client may use this grant

     2.  Error    cannot get a token from http://127.0.0.1:<port>/token: the server answered 400 Bad Request, invalid_client: AADSTS7000215: Invalid client secret provided.
                  at request
                  inside "B"
                  hint: check `clientId`, `clientSecret` and `client_authentication`, and that the client may use this grant
    "#);
}

#[test]
fn a_page_for_people_is_recognised() {
    let server = Server::start(|_| Answer::ok("<html>").header("Content-Type", "text/html"));

    let outcome = run(
        &server,
        json!({"accessTokenUrl": server.url("/token"), "clientId": "c"}),
    );

    insta::assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      POST http://127.0.0.1:<port>/token [200 OK, <size>, <time>]
      GET http://127.0.0.1:<port>/a [errored]
         cannot get a token from http://127.0.0.1:<port>/token: the server answered 200 OK without a token (text/html)
         hint: the address is probably a page for people; the token endpoint is another one

      #  failure  detail

     1.  Error    cannot get a token from http://127.0.0.1:<port>/token: the server answered 200 OK without a token (text/html)
                  at request
                  inside "A"
                  hint: the address is probably a page for people; the token endpoint is another one
    "#);
}

#[test]
fn a_server_that_cannot_be_reached_is_named() {
    let server = Server::start(|_| Answer::ok("")).never_called();

    let outcome = run(
        &server,
        json!({"accessTokenUrl": "http://127.0.0.1:1/token?key=secret-1", "clientId": "c"}),
    );

    insta::assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         cannot get a token from http://127.0.0.1:1/token: connect ECONNREFUSED 127.0.0.1:1
         hint: check the address and the network; --connect-to, proxies and CA files hold for tokens as well

      #  failure  detail

     1.  Error    cannot get a token from http://127.0.0.1:1/token: connect ECONNREFUSED 127.0.0.1:1
                  at request
                  inside "A"
                  hint: check the address and the network; --connect-to, proxies and CA files hold for tokens as well
    "#);
}

#[test]
fn what_an_authorization_lacks_is_told_before_anything_is_sent() {
    let server = Server::start(|_| Answer::ok("")).never_called();
    let token_url = "https://login.example.com/token";
    let cases = [
        json!({"grant_type": "client_credentials"}),
        json!({"grant_type": "client_credential", "accessTokenUrl": token_url}),
        json!({"accessTokenUrl": "https://{{host}}/token", "clientId": "c"}),
        json!({"accessTokenUrl": "login.example.com", "clientId": "c"}),
        json!({"grant_type": "implicit", "authUrl": token_url}),
        json!({"grant_type": "authorization_code", "authUrl": token_url, "accessTokenUrl": token_url,
            "clientId": "c"}),
        json!({"accessTokenUrl": token_url, "clientId": "c", "client_authentication": "private_key_jwt",
            "privateKey": "none"}),
        json!({"accessTokenUrl": token_url, "clientId": "c", "client_authentication": "magic"}),
    ];

    let told: Vec<String> = cases
        .into_iter()
        .map(|parameters| {
            let outcome = run(&server, parameters).expect_code(1);
            let lines: Vec<&str> = outcome
                .stdout
                .lines()
                .skip_while(|line| !line.contains("[errored]"))
                .skip(1)
                .take_while(|line| !line.is_empty())
                .map(str::trim)
                .collect();
            lines.join("\n")
        })
        .collect();

    insta::assert_snapshot!(told.join("\n\n"), @"
    the grant client_credentials needs `accessTokenUrl`
    hint: add it to the authorization of the request or its folder

    there is no grant `client_credential`
    hint: use client_credentials, password_credentials, refresh_token, device_code, authorization_code, managed_identity or workload_identity

    `accessTokenUrl` of the authorization holds a variable without a value
    hint: define the variable with -e FILE or --env-var NAME=VALUE, and compare upper and lower case

    `accessTokenUrl` is no URL: `login.example.com`
    hint: write an address that begins with https://

    the grant implicit hands its token to a browser
    hint: use client_credentials, device_code or authorization_code, or put a token into `accessToken`

    the grant authorization_code needs a person, and this is no terminal
    hint: put a token into `accessToken` or a refresh token into `refreshToken`, or use client_credentials or device_code; on a terminal the login is possible

    the client's assertion cannot be signed: the private key is neither PKCS#8, PKCS#1 nor SEC1 in PEM
    hint: give `privateKey` a key in PEM that fits `algorithm` (RS256 unless it is set, PS256 with a certificate)

    there is no client authentication `magic`
    hint: use header, body, private_key_jwt or client_secret_jwt
    ");
}

#[test]
fn a_person_who_says_no_ends_the_login() {
    let server = Server::start(|request| match request.target() {
        "/device" => Answer::json(&json!({"device_code": "device-1", "user_code": "CODE",
            "verification_uri": "https://login.example.com", "interval": 0})),
        _ => refusal("access_denied", "The person said no"),
    });

    let outcome = run(
        &server,
        json!({"grant_type": "device_code", "deviceAuthorizationUrl": server.url("/device"),
            "accessTokenUrl": server.url("/token"), "clientId": "c"}),
    );

    insta::assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      POST http://127.0.0.1:<port>/device [200 OK, <size>, <time>]
      POST http://127.0.0.1:<port>/token [400 Bad Request, <size>, <time>]
      GET http://127.0.0.1:<port>/a [errored]
         the login failed: access_denied: The person said no
         hint: log in again

      #  failure  detail

     1.  Error    the login failed: access_denied: The person said no
                  at request
                  inside "A"
                  hint: log in again
    --- stderr
    login: to get a token, open https://login.example.com and enter the code CODE
    "#);
}

#[test]
fn a_redirect_does_not_carry_the_secret_on() {
    let elsewhere = Server::start(|_| Answer::ok("")).never_called();
    let location = elsewhere.url("/token");
    let server =
        Server::start(move |_| Answer::redirect("307 Temporary Redirect", location.as_str()));

    run(
        &server,
        json!({"accessTokenUrl": server.url("/token"), "clientId": "c", "clientSecret": "secret-1"}),
    )
    .expect_code(1);

    assert_eq!(server.lines(), ["POST /token"]);
}
