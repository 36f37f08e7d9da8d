//! What is sent for a token, and what is read out of an answer.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::*;
use crate::auth::Signing;
use crate::auth::vectors::auth;
use crate::http::{Header, HttpRequest, HttpResponse};

fn settings(parameters: Value) -> TokenSettings {
    TokenSettings::read(&auth("oauth2", parameters))
        .unwrap()
        .unwrap()
}

fn client(more: Value) -> TokenSettings {
    let mut parameters = json!({"accessTokenUrl": "https://h/token", "clientId": "c"});
    for (key, value) in more.as_object().unwrap() {
        parameters[key] = value.clone();
    }
    settings(parameters)
}

fn body(request: &HttpRequest) -> String {
    let content = request.body.as_ref().unwrap().preview();
    String::from_utf8(content.to_vec()).unwrap()
}

fn response(status: u16, kind: &str, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        reason: String::new(),
        version: "1.1",
        headers: vec![Header::new("Content-Type", kind)],
        body: body.to_owned().into(),
    }
}

fn read(kind: &str, body: &str) -> Result<Token, TokenError> {
    let url = settings::request_url("https://h/token?secret=1").unwrap();
    read_token(&response(200, kind, body), &url, UNIX_EPOCH)
}

fn second(number: u64) -> Option<SystemTime> {
    Some(UNIX_EPOCH + Duration::from_secs(number))
}

#[test]
fn the_grant_is_told_or_follows_from_what_is_there() {
    let client = json!({"accessTokenUrl": "https://h", "clientId": "c"});
    let with = |key: &str, value: &str| {
        let mut parameters = client.clone();
        parameters[key] = json!(value);
        parameters
    };
    let cases = [
        (client.clone(), Some(Grant::ClientCredentials)),
        (with("authUrl", "https://h"), None),
        (with("refreshToken", "r"), Some(Grant::RefreshToken)),
        (with("accessToken", "t"), None),
        (with("accessToken", "{{t}}"), Some(Grant::ClientCredentials)),
        (
            with("grantType", "client_credentials"),
            Some(Grant::ClientCredentials),
        ),
        (json!({"accessToken": "{{t}}"}), None),
        (json!({}), None),
    ];

    for (parameters, expected) in cases {
        let read = TokenSettings::read(&auth("oauth2", parameters.clone())).unwrap();
        assert_eq!(read.map(|it| it.grant), expected, "{parameters}");
    }
}

#[test]
fn forms_are_encoded_as_the_standard_says() {
    let form = [("a".to_owned(), " %&+£€".to_owned())];

    assert_eq!(form::encoded(&form), "a=+%25%26%2B%C2%A3%E2%82%AC");
}

#[test]
fn both_forms_of_a_basic_field_are_those_of_the_example() {
    let settings = client(json!({"clientId": ":", "clientSecret": ":"}));
    let sent = |basic| {
        let request = settings.token_request(basic, &Signing::at(0)).unwrap();
        request.request.header("authorization").map(str::to_owned)
    };

    assert!(settings.has_two_basic_forms());
    assert_eq!(sent(BasicForm::Raw).as_deref(), Some("Basic Ojo6"));
    assert_eq!(
        sent(BasicForm::Encoded).as_deref(),
        Some("Basic JTNBOiUzQQ==")
    );
}

#[test]
fn the_key_of_a_token_holds_what_decides_about_it() {
    let key = |more: Value| client(more).key();
    let plain = key(json!({"scope": "a"}));

    for same in [
        json!({"scope": "a", "headerPrefix": "x"}),
        json!({"scope": "a", "addTokenTo": "queryParams", "tokenName": "t", "audience": ""}),
    ] {
        assert_eq!(key(same.clone()), plain, "{same}");
    }
    for other in [
        json!({"scope": "b"}),
        json!({"scope": "a", "clientSecret": "s"}),
        json!({"scope": "a", "tokenRequestParams": [{"key": "a", "value": "b"}]}),
    ] {
        assert_ne!(key(other.clone()), plain, "{other}");
    }
}

#[test]
fn a_lifetime_is_read_in_every_form_that_servers_write() {
    // `{"exp":5000}` in base64url.
    let jwt = "x.eyJleHAiOjUwMDB9.x";
    let cases = [
        (json!({"expires_in": 100}), Some(100), second(90)),
        (json!({"expires_in": "3600"}), Some(3600), second(3540)),
        (json!({"expires_in": 0}), Some(0), second(0)),
        (json!({"expires_on": "5000"}), Some(5000), second(4940)),
        (
            json!({"expires_on": "01/01/1970 01:00:00 +00:00"}),
            Some(3600),
            second(3540),
        ),
        (json!({"access_token": jwt}), Some(5000), second(4940)),
        (json!({"expires_in": "soon"}), None, None),
        (json!({"expires_in": -5}), None, None),
        (json!({}), None, None),
    ];

    for (members, lifetime, expires) in cases {
        let mut answer = json!({"access_token": "t"});
        for (key, value) in members.as_object().unwrap() {
            answer[key] = value.clone();
        }
        let token = read("application/json", &answer.to_string()).unwrap();
        assert_eq!(
            token.lifetime,
            lifetime.map(Duration::from_secs),
            "{answer}"
        );
        assert_eq!(token.expires, expires, "{answer}");
    }
}

#[test]
fn answers_in_forms_and_errors_with_a_good_status_are_understood() {
    let token = read(
        "application/x-www-form-urlencoded; charset=utf-8",
        "access_token=a+b&scope=s&token_type=bearer",
    );
    let refused = read(
        "application/json",
        r#"{"error": "bad_code", "access_token": ""}"#,
    );
    let page = read("text/html", "<html>");

    assert_eq!(token.unwrap().access_token, "a b");
    assert_eq!(refused.err().unwrap().code(), Some("bad_code"));
    assert_eq!(
        page.err().unwrap().to_string(),
        "cannot get a token from https://h/token: the server answered 200 without a token (text/html)"
    );
}

#[test]
fn a_challenge_is_that_of_the_published_example() {
    let settings = settings(json!({
        "grant_type": "authorization_code_with_pkce", "authUrl": "https://h/login?a=1",
        "accessTokenUrl": "https://h/token", "clientId": "c", "state": "s t", "scope": "x y",
        "redirect_uri": "http://localhost/back",
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "authRequestParams": [{"key": "prompt", "value": "login"}],
    }));
    let redirect = settings.redirect().unwrap();
    let authorization = settings
        .authorization(redirect, 1234, &Signing::at(0))
        .unwrap();

    assert_eq!(
        authorization.address,
        "https://h/login?a=1&response_type=code&client_id=c\
         &redirect_uri=http%3A%2F%2Flocalhost%3A1234%2Fback&scope=x+y&state=s+t\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256\
         &prompt=login"
    );
    let failed = TokenError::LoginFailed {
        error: "access_denied".to_owned(),
        description: Some("no".to_owned()),
    };
    let cases = [
        ("/favicon.ico", Callback::Unrelated),
        ("/back?code=1&state=other", Callback::Unrelated),
        (
            "/back?code=1%202&state=s%20t",
            Callback::End(Ok("1 2".to_owned())),
        ),
        (
            "/back?error=access_denied&error_description=no&state=s+t",
            Callback::End(Err(failed)),
        ),
    ];
    for (target, expected) in cases {
        assert_eq!(authorization.callback(target), expected, "{target}");
    }
    let request = settings
        .form_request(
            authorization.form("1".to_owned()),
            BasicForm::Raw,
            &Signing::at(0),
        )
        .unwrap();
    assert_eq!(
        body(&request.request),
        "grant_type=authorization_code&code=1&redirect_uri=http%3A%2F%2Flocalhost%3A1234%2Fback\
         &code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&client_id=c"
    );
}

#[test]
fn a_login_leads_back_to_this_machine_only() {
    let redirect = |uri: &str| client(json!({"redirect_uri": uri})).redirect();

    for uri in [
        "http://127.0.0.1:8080/a",
        "http://[::1]/a",
        "http://localhost",
        "",
    ] {
        assert!(redirect(uri).is_ok(), "{uri}");
    }
    for uri in [
        "https://oauth.pstmn.io/v1/callback",
        "http://localhost.example.com/",
        "https://127.0.0.1/",
        "callback",
    ] {
        let foreign = TokenError::ForeignRedirect {
            url: uri.to_owned(),
        };
        assert_eq!(redirect(uri), Err(foreign));
    }
}

#[test]
fn a_server_that_asks_for_patience_is_given_it_for_good() {
    let refused = |error: &str| TokenError::Refused {
        url: String::new(),
        status: String::new(),
        error: error.to_owned(),
        description: None,
        page: None,
    };
    let five = Duration::from_secs(5);

    assert_eq!(
        Poll::after(refused("authorization_pending"), five),
        Poll::After(five)
    );
    assert_eq!(
        Poll::after(refused("slow_down"), five),
        Poll::After(five * 2)
    );
    assert_eq!(
        Poll::after(refused("invalid_client"), five),
        Poll::End(refused("invalid_client"))
    );
}

#[test]
fn a_refused_token_is_told_from_other_refusals() {
    let told = |status, challenge: Option<&str>| {
        let mut response = response(status, "text/plain", "");
        let challenge = challenge.map(|it| Header::new("WWW-Authenticate", it));
        response.headers.extend(challenge);
        refuses_token(&response)
    };

    assert!(told(401, None));
    assert!(told(401, Some("Bearer realm=\"r\"")));
    assert!(told(401, Some("Bearer error=\"invalid_token\"")));
    assert!(!told(401, Some("Bearer error=\"insufficient_scope\"")));
    assert!(!told(403, None));
}

#[test]
fn a_managed_identity_is_asked_where_the_platform_says() {
    let settings = settings(json!({"grant_type": "managed_identity", "resource": "r"}));
    let asked = |variable: ReadVariable| {
        let identity = settings
            .managed_identity(variable)
            .map_err(|it| it.to_string())?;
        let request = identity.request.request;
        let header = &request.headers[0];
        Ok(format!("{} {}: {}", request.url, header.name, header.value))
    };

    assert_eq!(
        asked(|_| None),
        Ok("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r Metadata: true".to_owned())
    );
    assert_eq!(
        asked(|name| match name {
            "MSI_ENDPOINT" => Some("http://h:1/token".to_owned()),
            "MSI_SECRET" => Some("s".to_owned()),
            _ => None,
        }),
        Ok("http://h:1/token?api-version=2017-09-01&resource=r secret: s".to_owned())
    );
    assert_eq!(
        asked(|name| (name == "IMDS_ENDPOINT").then(|| "http://h".to_owned())),
        Err("managed identities of Azure Arc and Service Fabric are not supported".to_owned())
    );
}

#[test]
fn every_reason_says_what_to_do() {
    let text = |text: &str| text.to_owned();
    let grant = Grant::ManagedIdentity;
    let reasons = [
        TokenError::UnreadableCertificate,
        TokenError::ForeignRedirect {
            url: text("https://oauth.pstmn.io/v1/callback"),
        },
        TokenError::CannotListen {
            address: text("127.0.0.1:8080"),
            reason: text("in use"),
        },
        TokenError::LoginTimedOut { seconds: 180 },
        TokenError::UnreadableFederatedToken {
            path: text("/var/token"),
            reason: text("no such file"),
        },
        TokenError::OtherPlatform,
        TokenError::Missing {
            grant,
            parameter: "resource",
        },
        TokenError::Stopped,
    ];

    let told: Vec<String> = reasons
        .iter()
        .map(|reason| format!("{reason}\n  {}", reason.hint()))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    `certificate` holds no certificate in PEM
      put the text between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----` there, with both lines
    the login leads back to `https://oauth.pstmn.io/v1/callback`, which is not on this machine
      register http://127.0.0.1 as a redirect address of the client and name it in `redirect_uri`, or use device_code
    cannot wait for the login at 127.0.0.1:8080: in use
      end the program that uses the port, or name another one
    nobody logged in within 180 seconds
      log in again
    cannot read the platform's token from `/var/token`: no such file
      check AZURE_FEDERATED_TOKEN_FILE
    managed identities of Azure Arc and Service Fabric are not supported
      get the token with the platform's tools and pass it as a variable
    the grant managed_identity needs `resource`
      add it to the authorization of the request or its folder
    the run is stopped
      run again
    ");
}
