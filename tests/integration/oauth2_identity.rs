//! Tokens without a secret in the collection: keys, certificates and the platform's identities; and the
//! command that tries all of them out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::{
    Answer, ENVIRONMENT, OAUTH2, Outcome, Postrider, Server, collection, form, packaged, refusal,
    token, token_server,
};

/// A key and a certificate that are good for nothing, in one text as tools write them.
const KEY_AND_CERTIFICATE: &str = include_str!("support/certificate_and_key.pem");

fn run(server: &Server, parameters: Value) -> Postrider {
    let auth = json!({"type": "oauth2", "oauth2": parameters});
    let url = server.url("/a");
    let item = json!({"name": "A", "request": {"method": "GET", "url": url, "auth": auth}});
    Postrider::with_collection(&collection(json!([item])))
}

/// The header and the payload of a JWT.
fn parts(jwt: &str) -> (Value, Value) {
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let parts: Vec<&str> = jwt.split('.').collect();
    (read(parts[0]), read(parts[1]))
}

#[test]
fn a_certificate_proves_the_client_as_entra_id_wants_it() {
    let server = token_server(json!({}));
    let auth = json!({"accessTokenUrl": server.url("/token"), "clientId": "c", "scope": "s",
        "client_authentication": "private_key_jwt", "privateKey": KEY_AND_CERTIFICATE});

    let outcome = run(&server, auth)
        .arguments(&["--verbose"])
        .run()
        .expect_code(0);

    let fields = form(&server.requests()[0]);
    assert_eq!(
        fields["client_assertion_type"],
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    assert_eq!(fields["client_id"], "c");
    assert_eq!(fields.get("client_secret"), None);
    let (header, payload) = parts(&fields["client_assertion"]);
    assert_eq!(
        header,
        json!({"alg": "PS256", "typ": "JWT", "x5t#S256": include_str!("support/certificate.sha256").trim()})
    );
    assert_eq!(payload["aud"], server.url("/token"));
    assert_eq!(
        (&payload["iss"], &payload["sub"]),
        (&json!("c"), &json!("c"))
    );
    let (from, until) = (payload["nbf"].as_u64(), payload["exp"].as_u64());
    assert_eq!(until.unwrap() - from.unwrap(), 300);
    assert!(!outcome.stdout.contains(&fields["client_assertion"]));
}

#[test]
fn a_key_in_a_variable_without_line_breaks_signs_as_well() {
    let server = token_server(json!({}));
    let auth = json!({"accessTokenUrl": server.url("/token"), "clientId": "c", "kid": "key-1",
        "client_authentication": "private_key_jwt", "privateKey": "{{key}}", "algorithm": "RS256",
        "assertionAudience": "https://issuer.example.com"});
    let key = KEY_AND_CERTIFICATE.replace('\n', "\\n");

    run(&server, auth)
        .arguments(&["--env-var", &format!("key={key}")])
        .run()
        .expect_code(0);

    let (header, payload) = parts(&form(&server.requests()[0])["client_assertion"]);
    assert_eq!(
        header,
        json!({"alg": "RS256", "typ": "JWT", "kid": "key-1", "x5t": include_str!("support/certificate.sha1").trim()})
    );
    assert_eq!(payload["aud"], "https://issuer.example.com");
}

#[test]
fn a_managed_identity_of_app_service_gives_a_token() {
    let server = Server::start(|request| match request.target() {
        "/a" => Answer::ok(""),
        _ => Answer::json(
            &json!({"access_token": "token-1", "expires_on": "4000000000",
            "resource": "https://dev.azuresynapse.net", "token_type": "Bearer"}),
        ),
    });
    let auth = json!({"grant_type": "managed_identity",
        "scope": "https://dev.azuresynapse.net/.default", "clientId": "c"});

    let outcome = run(&server, auth)
        .arguments(&["--verbose"])
        .variable("IDENTITY_ENDPOINT", server.url("/msi/token"))
        .variable("IDENTITY_HEADER", "identity-secret")
        .run()
        .expect_code(0);

    let requests = server.requests();
    assert_eq!(
        requests[0].target(),
        "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fdev.azuresynapse.net&client_id=c"
    );
    assert_eq!(
        requests[0].header("x-identity-header"),
        Some("identity-secret")
    );
    assert_eq!(requests[1].header("authorization"), Some("Bearer token-1"));
    assert!(
        !outcome.stdout.contains("identity-secret"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_metadata_service_is_asked_past_any_proxy() {
    let server = token_server(json!({}));
    let metadata =
        Server::start(|_| Answer::json(&json!({"access_token": "token-1", "expires_in": "86399"})));
    let proxy = Server::start(|_| Answer::ok(""));
    let auth = json!({"grant_type": "managed_identity", "resource": "r", "objectId": "o"});

    run(&server.never_called(), auth)
        .variable("AZURE_POD_IDENTITY_AUTHORITY_HOST", metadata.url(""))
        .variable("HTTP_PROXY", proxy.url(""))
        .variable("http_proxy", proxy.url(""))
        .run()
        .expect_code(0);

    let asked = metadata.request();
    assert_eq!(
        asked.target(),
        "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r&object_id=o"
    );
    assert_eq!(asked.header("metadata"), Some("true"));
    assert_eq!(
        proxy.request().header("authorization"),
        Some("Bearer token-1")
    );
}

#[test]
fn a_workload_identity_shows_the_platforms_token_to_the_platforms_login_only() {
    let login = Server::start(|_| token("token-1", &json!({})));
    let server = Server::start(|_| Answer::ok(""));
    let auth = json!({"grant_type": "workload_identity", "resource": "https://management.azure.com",
        "accessTokenUrl": server.url("/steal")});

    run(&server, auth)
        .file("federated", "platform.token.1\n")
        .variable("AZURE_AUTHORITY_HOST", login.url("/"))
        .variable("AZURE_TENANT_ID", "tenant")
        .variable("AZURE_CLIENT_ID", "c")
        .variable("AZURE_FEDERATED_TOKEN_FILE", "federated")
        .run()
        .expect_code(0);

    assert_eq!(
        server.request().header("authorization"),
        Some("Bearer token-1")
    );
    let asked = login.request();
    assert_eq!(asked.target(), "/tenant/oauth2/v2.0/token");
    let fields = form(&asked);
    assert_eq!(fields["client_assertion"], "platform.token.1");
    assert_eq!(fields["scope"], "https://management.azure.com/.default");
}

#[test]
fn a_platform_that_is_not_there_is_told() {
    let server = Server::start(|_| Answer::ok("")).never_called();
    let auth = json!({"grant_type": "workload_identity", "scope": "s"});

    let outcome = run(&server, auth)
        .arguments(&["--reporter-cli-no-summary"])
        .run();

    insta::assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:<port>/a [errored]
         the grant workload_identity needs the environment variable `AZURE_FEDERATED_TOKEN_FILE`
         hint: run where a workload identity is set up, or set the variables AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE

      #  failure  detail

     1.  Error    the grant workload_identity needs the environment variable `AZURE_FEDERATED_TOKEN_FILE`
                  at request
                  inside "A"
                  hint: run where a workload identity is set up, or set the variables AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE
    "#);
}

/// `postrider auth token` with the sample collection against the emulator.
fn auth_token(arguments: &[&str]) -> Outcome {
    Postrider::new()
        .arguments(&["auth", "token", &packaged(OAUTH2)])
        .arguments(arguments)
        .arguments(&["-e", &packaged(ENVIRONMENT), "--emulator"])
        .run()
}

#[test]
fn the_command_shows_the_exchange_without_its_secrets() {
    insta::assert_snapshot!(auth_token(&["Run Spark Job"]).to_snapshot(), @r#"
    exit code: 0
    --- stdout
    ***
    --- stderr
    POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token
    Content-Type: application/x-www-form-urlencoded
    Content-Length: 163
    Accept: application/json
    User-Agent: postrider/<version>
    Host: login.microsoftonline.com

    grant_type=client_credentials&scope=https%3A%2F%2Fdev.azuresynapse.net%2F.default&client_id=00000000-0000-0000-0000-000000000000&client_secret=***

    200 OK
    {"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"***"}

    `Data plane / Run Spark Job`: a token by client_credentials, which holds for 3599 s
    "#);
}

#[test]
fn the_command_prints_the_token_when_asked_for_secrets() {
    let outcome = auth_token(&["Data plane", "--show-secrets"]).expect_code(0);

    let (_, payload) = parts(outcome.stdout.trim());
    assert_eq!(payload["aud"], "https://dev.azuresynapse.net");
}

#[test]
fn the_command_fails_as_the_request_would() {
    let outcome = auth_token(&["--env-var", "clientSecret=wrong-secret"]);

    insta::assert_snapshot!(outcome.message(), @r#"
    exit code: 1
    POST https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token
    Content-Type: application/x-www-form-urlencoded
    Content-Length: 155
    Accept: application/json
    User-Agent: postrider/<version>
    Host: login.microsoftonline.com

    grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id=00000000-0000-0000-0000-000000000000&client_secret=***

    401 Unauthorized
    {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'. Trace ID: 00000000-0000-0000-0000-000000000000 Correlation ID: 00000000-0000-0000-0000-000000000000 Timestamp: 0000-00-00 00:00:00Z","error_codes":[7000215],"timestamp":"0000-00-00 00:00:00Z","trace_id":"00000000-0000-0000-0000-000000000000","correlation_id":"00000000-0000-0000-0000-000000000000","error_uri":"https://login.microsoftonline.com/error?code=7000215"}

    error: cannot get the token of `Management plane / Get Workspace Details`
      caused by: cannot get a token from https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token: the server answered 401 Unauthorized, invalid_client: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'.

    hint: the server says more at https://login.microsoftonline.com/error?code=7000215
    "#);
}

#[test]
fn the_command_says_when_a_request_needs_no_token() {
    let basic = json!({"type": "basic", "basic": {"username": "ada"}});
    let item = json!({"name": "A", "request": {"url": "http://h", "auth": basic}});

    let outcome = Postrider::new()
        .file("collection.json", collection(json!([item])).to_string())
        .arguments(&["auth", "token", "collection.json"])
        .run();

    insta::assert_snapshot!(outcome.message(), @"
    exit code: 4
    error: `A` has the authorization `basic`, which says nothing about a token

    hint: name a request of type `oauth2` that has a grant; `postrider list` prints all of them
    ");
}

#[test]
fn the_command_says_what_an_authorization_lacks() {
    let server = Server::start(|_| refusal("x", "")).never_called();
    let auth = json!({"type": "oauth2", "oauth2": {"grant_type": "device_code",
        "accessTokenUrl": server.url("/")}});
    let item = json!({"name": "A", "request": {"url": "http://h", "auth": auth}});

    let outcome = Postrider::new()
        .file("collection.json", collection(json!([item])).to_string())
        .arguments(&["auth", "token", "collection.json", "A"])
        .run();

    insta::assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot get the token of `A`
      caused by: the grant device_code needs `deviceAuthorizationUrl`

    hint: add it to the authorization of the request or its folder
    ");
}
