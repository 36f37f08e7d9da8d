//! Tokens that postrider gets itself, because an authorization says how.

use serde_json::{Value, json};

use crate::support::{
    Answer, Postrider, Request, Server, collection, form, refusal, token, token_server,
};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An authorization with a token URL, a client and these parameters.
fn oauth2(server: &Server, parameters: Value) -> Value {
    let mut all = json!({
        "accessTokenUrl": server.url("/token"),
        "clientId": "the-client",
        "clientSecret": "client~secret",
    });
    for (key, value) in parameters.as_object().unwrap() {
        all[key] = value.clone();
    }
    json!({"type": "oauth2", "oauth2": all})
}

/// Requests to these paths, all of which inherit the authorization.
fn requests(server: &Server, auth: &Value, paths: &[&str]) -> Value {
    let items: Vec<Value> = paths
        .iter()
        .map(|path| json!({"name": path, "request": {"method": "GET", "url": server.url(path)}}))
        .collect();
    let mut collection = collection(json!(items));
    collection["auth"] = auth.clone();
    collection
}

/// The `Authorization` fields of the requests that are not for a token.
fn credentials(server: &Server) -> Vec<String> {
    let all = server.requests();
    let of_resources = all.iter().filter(|it| !it.target().starts_with("/token"));
    of_resources
        .map(|request| request.header("authorization").unwrap_or("none").to_owned())
        .collect()
}

fn token_requests(server: &Server) -> Vec<Request> {
    let mut all = server.requests();
    all.retain(|request| request.target().starts_with("/token"));
    all
}

#[test]
fn a_token_is_asked_for_once_and_used_by_all_requests() {
    let server = token_server(json!({}));
    let auth = oauth2(
        &server,
        json!({"grant_type": "client_credentials", "scope": "read write"}),
    );

    Postrider::run_collection(&requests(&server, &auth, &["/a", "/b"]), &["-n", "2"])
        .expect_code(0);

    assert_eq!(
        server.lines(),
        ["POST /token", "GET /a", "GET /b", "GET /a", "GET /b"]
    );
    assert_eq!(credentials(&server), ["Bearer token-1"; 4]);
    let asked = &token_requests(&server)[0];
    assert_eq!(
        asked.text(),
        "grant_type=client_credentials&scope=read+write"
    );
    let fields = ["content-type", "accept", "authorization"];
    assert_eq!(
        fields.map(|name| asked.header(name)),
        [
            Some("application/x-www-form-urlencoded"),
            Some("application/json"),
            Some("Basic dGhlLWNsaWVudDpjbGllbnR+c2VjcmV0"),
        ]
    );
}

#[test]
fn the_console_shows_the_request_for_the_token_without_its_secrets() {
    let server = token_server(json!({}));
    let auth = oauth2(&server, json!({"client_authentication": "body"}));

    let outcome = Postrider::run_collection(&requests(&server, &auth, &["/a"]), &["--verbose"])
        .expect_code(0);

    for secret in ["client~secret", "client%7Esecret", "token-1"] {
        assert!(!outcome.stdout.contains(secret), "{}", outcome.stdout);
    }
    assert!(
        outcome.stdout.contains("ent_secret=***"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn what_a_run_with_a_token_prints_and_counts() {
    let server = token_server(json!({}));
    let auth = oauth2(&server, json!({}));

    let outcome = Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]);

    insta::assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 0
    --- stdout
    postrider

    Sample

    → /a
      POST http://127.0.0.1:<port>/token [200 OK, <size>, <time>]
      GET http://127.0.0.1:<port>/a [200 OK, <size>, <time>]

    ┌─┬─┬─┐
    │ │ executed │ failed │
    ├─┼─┼─┤
    │ iterations │ 1 │ 0 │
    ├─┼─┼─┤
    │ requests │ 2 │ 0 │
    ├─┼─┼─┤
    │ test-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ prerequest-scripts │ 0 │ 0 │
    ├─┼─┼─┤
    │ assertions │ 0 │ 0 │
    ├─┴─┴─┤
    │ total run duration: <time> │
    ├─┤
    │ total data received: <size> (approx) │
    ├─┤
    │ average response time: <time> [min: <time>, max: <time>, s.d.: <time>] │
    └─┘
    ");
}

#[test]
fn client_credentials_may_stand_in_the_body_beside_extra_parameters() {
    let server = token_server(json!({}));
    let auth = oauth2(
        &server,
        json!({
            "grant_type": "client_credentials",
            "client_authentication": "body",
            "scope": "",
            "audience": "https://api.example.com",
            "resource": {"5b5c": "{{resource}}"},
            "tokenRequestParams": [
                {"key": "a", "value": "{{extra}}", "enabled": true, "send_as": "request_body"},
                {"key": "b", "value": "2", "enabled": false, "send_as": "request_body"},
                {"key": "c", "value": "3 4", "enabled": true, "send_as": "request_url"},
                {"key": "X-D", "value": "5", "enabled": true, "send_as": "request_header"},
            ],
        }),
    );

    let flags = ["--env-var", "extra=1", "--env-var", "resource=r"];
    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &flags).expect_code(1);

    let asked = &server.requests()[0];
    assert_eq!(asked.target(), "/token?c=3%204");
    assert_eq!(
        asked.text(),
        "grant_type=client_credentials&audience=https%3A%2F%2Fapi.example.com&resource=r\
         &client_id=the-client&client_secret=client~secret&a=1"
    );
    assert_eq!(asked.header("x-d"), Some("5"));
    assert_eq!(asked.header("authorization"), None);
}

#[test]
fn a_password_is_exchanged_for_a_token() {
    let server = token_server(json!({}));
    let auth = oauth2(
        &server,
        json!({"grant_type": "password_credentials", "username": "ada", "password": "pass word"}),
    );

    let outcome = Postrider::run_collection(&requests(&server, &auth, &["/a"]), &["--verbose"])
        .expect_code(0);

    assert_eq!(
        token_requests(&server)[0].text(),
        "grant_type=password&username=ada&password=pass+word"
    );
    assert!(!outcome.stdout.contains("pass+word"), "{}", outcome.stdout);
}

#[test]
fn a_token_that_has_expired_is_renewed() {
    let server = token_server(json!({"expires_in": "0"}));
    let auth = oauth2(&server, json!({"grant_type": "client_credentials"}));

    Postrider::run_collection(&requests(&server, &auth, &["/a", "/b"]), &[]).expect_code(0);

    assert_eq!(credentials(&server), ["Bearer token-1", "Bearer token-2"]);
}

#[test]
fn a_refresh_token_renews_and_is_replaced_when_the_server_says_so() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request| {
        if request.target() != "/token" {
            return Answer::ok("");
        }
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let beside = match number {
            0 => json!({"expires_in": 0, "refresh_token": "refresh-a"}),
            1 => json!({"expires_in": 0}),
            _ => json!({"expires_in": 0, "refresh_token": "refresh-b"}),
        };
        token(&format!("token-{number}"), &beside)
    });
    let auth = oauth2(
        &server,
        json!({"grant_type": "password_credentials", "username": "ada", "password": "pass-word",
            "scope": "read", "refreshRequestParams": [{"key": "more", "value": "1"}]}),
    );

    let paths = ["/a", "/b", "/c", "/d"];
    Postrider::run_collection(&requests(&server, &auth, &paths), &[]).expect_code(0);

    let asked = token_requests(&server);
    let texts: Vec<&str> = asked.iter().map(Request::text).collect();
    assert_eq!(
        texts,
        [
            "grant_type=password&username=ada&password=pass-word&scope=read",
            "grant_type=refresh_token&refresh_token=refresh-a&more=1",
            "grant_type=refresh_token&refresh_token=refresh-a&more=1",
            "grant_type=refresh_token&refresh_token=refresh-b&more=1",
        ]
    );
}

#[test]
fn a_worn_out_refresh_token_leads_back_to_the_grant() {
    let server = Server::start(|request| match request.target() {
        "/token" if form(request)["grant_type"] == "refresh_token" => {
            refusal("invalid_grant", "worn out")
        }
        "/token" => token("token-1", &json!({})),
        _ => Answer::ok(""),
    });
    let auth = oauth2(
        &server,
        json!({"grant_type": "client_credentials", "refreshToken": "refresh-a"}),
    );

    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]).expect_code(0);

    assert_eq!(server.lines(), ["POST /token", "POST /token", "GET /a"]);
}

#[test]
fn a_refresh_token_alone_is_a_grant() {
    let server = token_server(json!({}));
    let auth = json!({"type": "oauth2", "oauth2": {
        "refreshTokenUrl": server.url("/token"), "refreshToken": "refresh-a",
        "clientId": "public", "authUrl": "https://login.example.com/", "scope": "read",
    }});

    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]).expect_code(0);

    assert_eq!(
        token_requests(&server)[0].text(),
        "grant_type=refresh_token&refresh_token=refresh-a&scope=read&client_id=public"
    );
}

#[test]
fn a_refused_token_is_renewed_once() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request| match request.target() {
        "/token" => {
            let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            token(&format!("token-{number}"), &json!({}))
        }
        "/refused" => Answer::status("401 Unauthorized")
            .header("WWW-Authenticate", "Bearer error=\"invalid_token\""),
        "/scope" => Answer::status("401 Unauthorized")
            .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\""),
        "/forbidden" => Answer::status("403 Forbidden"),
        _ => Answer::ok(""),
    });
    let auth = oauth2(&server, json!({"grant_type": "client_credentials"}));

    let paths = ["/a", "/scope", "/forbidden", "/refused", "/b"];
    Postrider::run_collection(&requests(&server, &auth, &paths), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        [
            "POST /token",
            "GET /a",
            "GET /scope",
            "GET /forbidden",
            "GET /refused",
            "POST /token",
            "GET /refused",
            "GET /b"
        ]
    );
    assert_eq!(credentials(&server).last().unwrap(), "Bearer token-1");
}

#[test]
fn a_new_token_that_is_refused_is_not_renewed_and_renewal_can_be_switched_off() {
    let server = Server::start(|request| match request.target() {
        "/token" => token("token-1", &json!({})),
        "/a" => Answer::ok(""),
        _ => Answer::status("401 Unauthorized"),
    });
    let auth = oauth2(&server, json!({"grant_type": "client_credentials"}));
    let fixed = oauth2(&server, json!({"disableRetryRequest": true}));

    Postrider::run_collection(&requests(&server, &auth, &["/refused"]), &[]).expect_code(0);
    Postrider::run_collection(&requests(&server, &fixed, &["/a", "/refused"]), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        [
            "POST /token",
            "GET /refused",
            "POST /token",
            "GET /a",
            "GET /refused"
        ]
    );
}

#[test]
fn requests_at_the_same_time_wait_for_one_token() {
    let server = token_server(json!({}));
    let auth = oauth2(&server, json!({"grant_type": "client_credentials"}));
    let call = |path: &str| json!({"url": server.url(path), "method": "GET", "auth": auth});
    let script = format!(
        "await Promise.all([{}, {}, {}].map((it) => pm.sendRequest(it)));",
        call("/x"),
        call("/y"),
        call("/z")
    );
    let mut collection = requests(&server, &auth, &["/a"]);
    collection["item"][0]["event"] = json!([{"listen": "prerequest", "script": {"exec": script}}]);

    Postrider::run_collection(&collection, &[]).expect_code(0);

    assert_eq!(token_requests(&server).len(), 1);
    assert_eq!(credentials(&server), ["Bearer token-1"; 4]);
}

#[test]
fn authorizations_that_differ_in_what_decides_have_tokens_of_their_own() {
    let server = token_server(json!({}));
    let item = |name: &str, parameters: Value| {
        let auth = oauth2(&server, parameters);
        json!({"name": name, "request": {"method": "GET", "url": server.url("/a"), "auth": auth}})
    };
    let items = json!([
        item("A", json!({"scope": "a"})),
        item("B", json!({"scope": "b"})),
        item(
            "A again",
            json!({"scope": "a", "headerPrefix": "Token", "tokenName": "t"})
        ),
    ]);

    Postrider::run_collection(&collection(items), &[]).expect_code(0);

    assert_eq!(
        credentials(&server),
        ["Bearer token-1", "Bearer token-2", "Token token-1"]
    );
}

#[test]
fn a_token_may_go_into_the_query() {
    let server = token_server(json!({}));
    let auth = oauth2(&server, json!({"addTokenTo": "queryParams"}));

    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        ["POST /token", "GET /a?access_token=token-1"]
    );
}

#[test]
fn a_token_that_is_there_and_a_field_of_the_request_are_used_as_they_are() {
    let server = Server::start(|_| Answer::ok(""));
    let given = oauth2(
        &server,
        json!({"grant_type": "client_credentials", "accessToken": "given"}),
    );
    let mut own = requests(&server, &oauth2(&server, json!({})), &["/b"]);
    own["item"][0]["request"]["header"] = json!([{"key": "authorization", "value": "Own field"}]);

    Postrider::run_collection(&requests(&server, &given, &["/a"]), &[]).expect_code(0);
    Postrider::run_collection(&own, &[]).expect_code(0);

    assert_eq!(credentials(&server), ["Bearer given", "Own field"]);
    assert_eq!(server.lines(), ["GET /a", "GET /b"]);
}

#[test]
fn newman_gets_no_tokens() {
    let server = Server::start(|_| Answer::ok(""));
    let auth = oauth2(&server, json!({"grant_type": "client_credentials"}));

    let flags = ["--newman-compat"];
    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &flags).expect_code(0);

    assert_eq!(credentials(&server), ["none"]);
}

#[test]
fn credentials_that_a_server_does_not_know_are_tried_in_their_encoded_form() {
    let server = Server::start(|request| match request.target() {
        // `a:` and `b/` in a form, in base64.
        "/token" if request.header("authorization") == Some("Basic YSUzQTpiJTJG") => {
            token("token-1", &json!({"expires_in": 0}))
        }
        "/token" => refusal("invalid_client", ""),
        _ => Answer::ok(""),
    });
    let auth = oauth2(&server, json!({"clientId": "a:", "clientSecret": "b/"}));

    Postrider::run_collection(&requests(&server, &auth, &["/a", "/b"]), &[]).expect_code(0);

    assert_eq!(
        server.lines(),
        [
            "POST /token",
            "POST /token",
            "GET /a",
            "POST /token",
            "GET /b"
        ]
    );
}

#[test]
fn a_busy_server_is_asked_again() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request| {
        let is_first = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        match request.target() {
            "/token" if is_first => {
                Answer::status("503 Service Unavailable").header("Retry-After", "0")
            }
            "/token" => token("token-1", &json!({})),
            _ => Answer::ok(""),
        }
    });
    let auth = oauth2(&server, json!({}));

    Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]).expect_code(0);

    assert_eq!(server.lines(), ["POST /token", "POST /token", "GET /a"]);
}

#[test]
fn a_person_logs_in_on_another_device() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request| match request.target() {
        "/device" => Answer::json(&json!({"device_code": "device-1", "user_code": "WDJB-MJHT",
            "verification_uri": "https://login.example.com/device", "interval": 0, "expires_in": 60})),
        "/token" if count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2 => {
            refusal("authorization_pending", "")
        }
        "/token" => token("token-1", &json!({})),
        _ => Answer::ok(""),
    });
    let auth = oauth2(
        &server,
        json!({"grant_type": "device_code", "deviceAuthorizationUrl": server.url("/device"),
            "clientSecret": "", "scope": "read"}),
    );

    let outcome = Postrider::run_collection(&requests(&server, &auth, &["/a"]), &[]).expect_code(0);

    assert_eq!(
        outcome.stderr,
        "login: to get a token, open https://login.example.com/device and enter the code WDJB-MJHT\n"
    );
    let all = server.requests();
    assert_eq!(all[0].text(), "scope=read&client_id=the-client");
    assert_eq!(
        form(&all[3]),
        [
            ("grant_type", DEVICE_GRANT),
            ("device_code", "device-1"),
            ("client_id", "the-client"),
            ("scope", "read")
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
    );
    assert!(!outcome.stdout.contains("device-1"), "{}", outcome.stdout);
}
