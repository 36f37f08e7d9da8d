use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::client::{
    Ask, DATA_SCOPE, LOGIN, MANAGEMENT_SCOPE, Reply, Running, TOKEN_LIFETIME, known, token_form,
};

const NOBODY: &str = "99999999-9999-4999-8999-999999999999";

fn refused(changes: &[(&str, &str)]) -> (u16, String, u64) {
    Running::demo().token_request(DATA_SCOPE, changes).login()
}

fn expected(status: u16, error: &str, code: u64) -> (u16, String, u64) {
    (status, error.to_owned(), code)
}

fn to_tenant(tenant: &str) -> Reply {
    let path = format!("/{tenant}/oauth2/v2.0/token");
    Running::demo().send(Ask::new("POST", LOGIN, &path).form(&token_form(DATA_SCOPE, &[])))
}

#[test]
fn a_token_carries_the_claims_of_an_application() {
    let running = Running::demo();

    let reply = running.token_request(DATA_SCOPE, &[]);

    let body = reply.json();
    assert_eq!(reply.status, 200);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], TOKEN_LIFETIME.as_secs());
    let token = body["access_token"].as_str().unwrap();
    let payload = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(claims["aud"], "https://dev.azuresynapse.net");
    assert_eq!(claims["tid"], known("tenantId"));
    assert_eq!(claims["appid"], known("clientId"));
    assert_eq!(claims["oid"], "44444444-4444-4444-8444-444444444444");
    assert_eq!(
        claims["exp"].as_u64(),
        claims["iat"]
            .as_u64()
            .map(|issued| issued + TOKEN_LIFETIME.as_secs())
    );
}

#[test]
fn an_answer_sets_one_cookie_and_forbids_storing() {
    let reply = Running::demo().token_request(DATA_SCOPE, &[]);

    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    assert_eq!(reply.header("cache-control"), Some("no-store, no-cache"));
    assert_eq!(
        reply.header("content-type"),
        Some("application/json; charset=utf-8")
    );
}

#[test]
fn credentials_may_come_in_a_basic_header() {
    let running = Running::demo();
    let path = format!("/{}/oauth2/v2.0/token", known("tenantId"));
    let form = token_form(
        MANAGEMENT_SCOPE,
        &[("client_id", ""), ("client_secret", "")],
    );
    for (secret, status) in [
        (known("clientSecret"), 200),
        ("emulator%7Eonly.secret", 200),
        ("wrong", 401),
    ] {
        let credentials = STANDARD.encode(format!("{}:{secret}", known("clientId")));

        let reply = running.send(
            Ask::new("POST", LOGIN, &path)
                .form(&form)
                .header("authorization", &format!("Basic {credentials}")),
        );

        assert_eq!(reply.status, status, "{secret}");
    }
}

#[test]
fn both_resources_are_known_in_every_spelling() {
    let running = Running::demo();

    for resource in [
        "https://management.azure.com",
        "https://management.azure.com/",
        "https://management.core.windows.net/",
        "https://dev.azuresynapse.net/",
    ] {
        assert_eq!(
            running
                .token_request(&format!("{resource}/.default"), &[])
                .status,
            200,
            "{resource}"
        );
    }
}

#[test]
fn a_tenant_may_be_named_by_its_domain() {
    assert_eq!(to_tenant("emulator.example").status, 200);
}

#[test]
fn a_wrong_secret_is_refused_with_the_whole_shape() {
    let reply = Running::demo().token_request(DATA_SCOPE, &[("client_secret", "wrong")]);

    assert_eq!(reply.login(), expected(401, "invalid_client", 7_000_215));
    let body = reply.json();
    assert_eq!(body["timestamp"], "2026-01-01 09:00:00Z");
    assert_eq!(
        body["error_uri"],
        "https://login.microsoftonline.com/error?code=7000215"
    );
    let description = body["error_description"].as_str().unwrap();
    assert!(description.starts_with("AADSTS7000215: Invalid client secret provided."));
    assert!(description.ends_with(&format!(
        "Trace ID: {} Correlation ID: {} Timestamp: 2026-01-01 09:00:00Z",
        body["trace_id"].as_str().unwrap(),
        body["correlation_id"].as_str().unwrap()
    )));
}

#[test]
fn no_refusal_repeats_the_secret() {
    let body = Running::demo()
        .token_request(DATA_SCOPE, &[("client_secret", "s3cret-value")])
        .json();

    assert!(!body.to_string().contains("s3cret-value"));
}

#[test]
fn an_expired_secret_is_refused() {
    assert_eq!(
        refused(&[("client_secret", "emulator~expired.secret")]),
        expected(401, "invalid_client", 7_000_222)
    );
}

#[test]
fn a_missing_secret_is_refused() {
    assert_eq!(
        refused(&[("client_secret", "")]),
        expected(401, "invalid_client", 7_000_216)
    );
}

#[test]
fn an_unknown_application_is_refused() {
    assert_eq!(
        refused(&[("client_id", NOBODY)]),
        expected(400, "unauthorized_client", 700_016)
    );
}

#[test]
fn an_unknown_tenant_is_refused() {
    assert_eq!(
        to_tenant(NOBODY).login(),
        expected(400, "invalid_request", 90_002)
    );
    assert_eq!(
        to_tenant("unknown.example").login(),
        expected(400, "invalid_request", 90_002)
    );
}

#[test]
fn a_tenant_that_is_neither_guid_nor_domain_is_refused() {
    assert_eq!(
        to_tenant("nonsense").login(),
        expected(400, "invalid_request", 900_023)
    );
}

#[test]
fn a_scope_without_the_suffix_is_refused() {
    let refusal = refused(&[("scope", "https://dev.azuresynapse.net/user_impersonation")]);

    assert_eq!(refusal, expected(400, "invalid_scope", 1_002_012));
}

#[test]
fn an_unknown_resource_is_refused() {
    let refusal = refused(&[("scope", "https://nothing.example/.default")]);

    assert_eq!(refusal, expected(400, "invalid_resource", 500_011));
}

#[test]
fn every_missing_field_is_refused_by_name() {
    for name in ["grant_type", "client_id", "scope"] {
        let reply = Running::demo().token_request(DATA_SCOPE, &[(name, "")]);

        assert_eq!(reply.login(), expected(400, "invalid_request", 900_144));
        let description = reply.json()["error_description"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(description.contains(&format!("'{name}'")), "{description}");
    }
}

#[test]
fn another_grant_is_refused() {
    assert_eq!(
        refused(&[("grant_type", "tea_leaves")]),
        expected(400, "unsupported_grant_type", 70_003)
    );
}

#[test]
fn a_json_body_has_no_fields() {
    let path = format!("/{}/oauth2/v2.0/token", known("tenantId"));
    let body = json!({ "grant_type": "client_credentials" });

    let reply = Running::demo().send(Ask::new("POST", LOGIN, &path).json(&body));

    assert_eq!(reply.login(), expected(400, "invalid_request", 900_144));
}

#[test]
fn the_token_endpoint_takes_nothing_but_post() {
    let path = format!("/{}/oauth2/v2.0/token", known("tenantId"));

    let reply = Running::demo().send(Ask::new("GET", LOGIN, &path));

    assert_eq!(reply.login(), expected(400, "invalid_request", 900_561));
}

#[test]
fn documents_name_the_host_of_the_request() {
    let running = Running::demo();
    let host = format!("localhost:{}", running.emulator.address().port());
    let path = format!(
        "/{}/v2.0/.well-known/openid-configuration",
        known("tenantId")
    );

    let document = running.send(Ask::new("GET", &host, &path)).json();
    let instance = running
        .send(Ask::new(
            "GET",
            &host,
            "/common/discovery/instance?api-version=1.1",
        ))
        .json();

    assert_eq!(
        document["token_endpoint"],
        format!("https://{host}/{}/oauth2/v2.0/token", known("tenantId"))
    );
    for name in [
        "authorization_endpoint",
        "issuer",
        "jwks_uri",
        "device_authorization_endpoint",
    ] {
        assert!(
            document[name]
                .as_str()
                .unwrap()
                .starts_with(&format!("https://{host}/")),
            "{name}"
        );
    }
    assert!(
        instance["tenant_discovery_endpoint"]
            .as_str()
            .unwrap()
            .starts_with(&format!("https://{host}/"))
    );
    assert_eq!(
        instance["metadata"][0]["preferred_network"],
        "login.microsoftonline.com"
    );
}

#[test]
fn an_unknown_tenant_has_no_openid_document() {
    let path = format!("/{NOBODY}/v2.0/.well-known/openid-configuration");

    let reply = Running::demo().send(Ask::new("GET", LOGIN, &path));

    assert_eq!(reply.login(), expected(400, "invalid_tenant", 90_002));
}

#[test]
fn the_keys_are_those_that_sign_the_tokens() {
    let running = Running::demo();
    let path = format!("/{}/discovery/v2.0/keys", known("tenantId"));

    let keys = running.send(Ask::new("GET", LOGIN, &path)).json();

    let token = running.data_token();
    let header = URL_SAFE_NO_PAD
        .decode(token.split('.').next().unwrap())
        .unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(keys["keys"][0]["kid"], header["kid"]);
    assert_eq!(header["alg"], "RS256");
}
