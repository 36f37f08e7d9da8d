use super::client::{
    Ask, DATA_SCOPE, LOGIN, MANAGEMENT, MANAGEMENT_SCOPE, Reply, Running, TOKEN_LIFETIME, known,
    token_form,
};
use crate::emulator::scenario::Scenario;

const OTHER_TENANT: &str = "12121212-1212-4212-8212-121212121212";
const VERSION: &str = "api-version=2021-06-01";

fn subscription() -> String {
    format!("/subscriptions/{}", known("subscriptionId"))
}

fn group() -> String {
    format!(
        "{}/resourceGroups/{}",
        subscription(),
        known("resourceGroupName")
    )
}

fn workspaces() -> String {
    format!("{}/providers/Microsoft.Synapse/workspaces", group())
}

fn workspace() -> String {
    format!("{}/{}", workspaces(), known("workspaceName"))
}

fn read(path: &str) -> Reply {
    let running = Running::demo();
    let token = running.token(MANAGEMENT_SCOPE);
    running.get(MANAGEMENT, path, &token)
}

fn expected(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// The scenario with nobody in any role.
fn without_roles() -> Scenario {
    let mut scenario = Scenario::demo();
    for principal in scenario
        .tenants
        .iter_mut()
        .flat_map(|tenant| &mut tenant.principals)
    {
        principal.reads_resources = false;
    }
    scenario
}

#[test]
fn a_workspace_shows_its_endpoints_under_their_real_names() {
    let reply = read(&format!("{}?{VERSION}", workspace()));

    let body = reply.json();
    assert_eq!(reply.status, 200);
    assert_eq!(body["id"], workspace());
    assert_eq!(body["name"], "ws-demo");
    assert_eq!(body["type"], "Microsoft.Synapse/workspaces");
    assert_eq!(body["identity"]["tenantId"], known("tenantId"));
    let properties = &body["properties"];
    assert_eq!(properties["provisioningState"], "Succeeded");
    assert_eq!(
        properties["connectivityEndpoints"]["dev"],
        "https://ws-demo.dev.azuresynapse.net"
    );
    assert_eq!(
        properties["connectivityEndpoints"]["sql"],
        "ws-demo.sql.azuresynapse.net"
    );
    let web = properties["connectivityEndpoints"]["web"].as_str().unwrap();
    assert!(
        web.starts_with("https://web.azuresynapse.net?workspace=%2fsubscriptions%2f33333333-"),
        "{web}"
    );
    assert_eq!(
        reply.header("x-ms-ratelimit-remaining-subscription-reads"),
        Some("249")
    );
}

#[test]
fn the_oldest_version_lacks_later_members() {
    let oldest = read(&format!("{}?api-version=2019-06-01-preview", workspace())).json();
    let newest = read(&format!("{}?{VERSION}", workspace())).json();

    assert!(oldest["properties"].get("publicNetworkAccess").is_none());
    assert_eq!(newest["properties"]["publicNetworkAccess"], "Enabled");
}

#[test]
fn a_path_is_matched_without_regard_to_case() {
    let reply = read(&format!("{}?{VERSION}", workspace().to_uppercase()));

    assert_eq!(reply.json()["id"], workspace());
}

#[test]
fn both_lists_hold_the_workspace() {
    for path in [
        workspaces(),
        format!("{}/providers/Microsoft.Synapse/workspaces", subscription()),
    ] {
        let body = read(&format!("{path}?{VERSION}")).json();

        assert_eq!(body["value"][0]["name"], "ws-demo", "{path}");
    }
}

#[test]
fn a_subscription_tells_its_tenant() {
    let listed = read("/subscriptions?api-version=2022-12-01").json();
    let read = read(&format!("{}?api-version=2022-12-01", subscription())).json();

    assert_eq!(listed["value"][0], read);
    assert_eq!(read["tenantId"], known("tenantId"));
    assert_eq!(read["state"], "Enabled");
}

#[test]
fn spark_pools_are_listed_and_read() {
    let listed = read(&format!("{}/bigDataPools?{VERSION}", workspace())).json();
    let read_one = read(&format!(
        "{}/bigDataPools/sparkpool1?{VERSION}",
        workspace()
    ))
    .json();
    let missing = read(&format!("{}/bigDataPools/nope?{VERSION}", workspace()));

    assert_eq!(listed["value"][0], read_one);
    assert_eq!(read_one["properties"]["provisioningState"], "Succeeded");
    assert_eq!(missing.wrapped(), expected(404, "ResourceNotFound"));
}

#[test]
fn a_missing_header_is_refused_and_the_challenge_names_the_tenant() {
    let reply = Running::demo().send(Ask::new(
        "GET",
        MANAGEMENT,
        &format!("{}?{VERSION}", workspace()),
    ));

    assert_eq!(reply.wrapped(), expected(401, "AuthenticationFailed"));
    assert_eq!(
        reply.header("www-authenticate"),
        Some(
            "Bearer authorization_uri=\"https://login.windows.net/11111111-1111-4111-8111-111111111111\", \
             error=\"invalid_token\", error_description=\"The authentication failed because of missing \
             'Authorization' header.\""
        )
    );
}

#[test]
fn the_challenge_of_a_local_address_stays_local() {
    let running = Running::demo();
    let host = format!("localhost:{}", running.emulator.address().port());

    let reply = running.send(Ask::new(
        "GET",
        &host,
        &format!("{}?{VERSION}", subscription()),
    ));

    let challenge = reply.header("www-authenticate").unwrap();
    assert!(challenge.contains(&format!(
        "authorization_uri=\"https://{host}/{}\"",
        known("tenantId")
    )));
}

#[test]
fn text_that_is_no_token_is_refused() {
    let reply = Running::demo().get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), "a.b.c");

    assert_eq!(reply.wrapped(), expected(401, "InvalidAuthenticationToken"));
    assert!(reply.header("www-authenticate").is_some());
}

#[test]
fn a_token_of_another_emulator_is_refused() {
    let token = Running::demo().token(MANAGEMENT_SCOPE);

    let reply = Running::demo().get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), &token);

    assert_eq!(reply.wrapped(), expected(401, "InvalidAuthenticationToken"));
}

#[test]
fn a_token_for_the_data_plane_is_refused_and_the_allowed_audiences_are_told() {
    let running = Running::demo();
    let token = running.token(DATA_SCOPE);

    let reply = running.get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), &token);

    assert_eq!(
        reply.wrapped(),
        expected(401, "InvalidAuthenticationTokenAudience")
    );
    assert_eq!(
        reply.json()["error"]["message"],
        "The access token has been obtained for wrong audience or resource 'https://dev.azuresynapse.net'. It \
         should exactly match with one of the allowed audiences 'https://management.core.windows.net/',\
         'https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'."
    );
}

#[test]
fn an_expired_token_is_refused() {
    let running = Running::demo();
    let token = running.token(MANAGEMENT_SCOPE);
    running.clock.advance(TOKEN_LIFETIME);

    let reply = running.get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), &token);

    assert_eq!(reply.wrapped(), expected(401, "ExpiredAuthenticationToken"));
    assert_eq!(
        reply.json()["error"]["message"],
        "The access token expiry UTC time '1/1/2026 9:10:00 AM' is earlier than current UTC time '1/1/2026 9:10:00 AM'."
    );
}

#[test]
fn a_token_of_another_tenant_is_refused() {
    let running = Running::demo();
    let path = format!("/{OTHER_TENANT}/oauth2/v2.0/token");
    let form = token_form(MANAGEMENT_SCOPE, &[]);
    let answer = running
        .send(Ask::new("POST", LOGIN, &path).form(&form))
        .json();
    let token = answer["access_token"].as_str().unwrap();

    let reply = running.get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), token);
    let listed = running.get(MANAGEMENT, "/subscriptions?api-version=2022-12-01", token);

    assert_eq!(
        reply.wrapped(),
        expected(401, "InvalidAuthenticationTokenTenant")
    );
    assert_eq!(listed.json()["value"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_principal_without_a_role_sees_nothing() {
    let running = Running::with(without_roles());
    let token = running.token(MANAGEMENT_SCOPE);

    let reply = running.get(MANAGEMENT, &format!("{}?{VERSION}", workspace()), &token);
    let listed = running.get(MANAGEMENT, "/subscriptions?api-version=2022-12-01", &token);

    assert_eq!(reply.wrapped(), expected(403, "AuthorizationFailed"));
    assert_eq!(
        reply.json()["error"]["message"],
        format!(
            "The client '{}' with object id '44444444-4444-4444-8444-444444444444' does not have authorization to \
             perform action 'Microsoft.Synapse/workspaces/read' over scope '{}' or the scope is invalid. If access \
             was recently granted, please refresh your credentials.",
            known("clientId"),
            workspace()
        )
    );
    assert_eq!(listed.json()["value"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_is_missing_is_told_from_the_outside_in() {
    let subscription = format!("/subscriptions/99999999-9999-4999-8999-999999999999?{VERSION}");
    let in_group = workspace().replace("rg-demo", "rg-nope");
    for (path, code) in [
        (
            subscription.replace("2021-06-01", "2022-12-01"),
            "SubscriptionNotFound",
        ),
        (format!("{in_group}?{VERSION}"), "ResourceGroupNotFound"),
        (
            format!("{}/ws-nope?{VERSION}", workspaces()),
            "ResourceNotFound",
        ),
        (
            format!("{}/nothing/here?{VERSION}", workspace()),
            "InvalidResourceType",
        ),
    ] {
        let reply = read(&path);

        assert_eq!(reply.wrapped(), expected(404, code), "{path}");
        assert_eq!(reply.header("x-ms-failure-cause"), Some("gateway"));
    }
}

#[test]
fn the_version_is_demanded_and_checked() {
    assert_eq!(
        read(&workspace()).wrapped(),
        expected(400, "MissingApiVersionParameter")
    );
    assert_eq!(
        read(&format!("{}?api-version=2000-01-01", workspace())).wrapped(),
        expected(400, "InvalidApiVersionParameter")
    );
}

#[test]
fn another_method_is_refused_with_the_right_one() {
    let running = Running::demo();
    let token = running.token(MANAGEMENT_SCOPE);

    let reply = running.send(Ask::new("DELETE", MANAGEMENT, &workspace()).bearer(&token));

    assert_eq!(reply.wrapped(), expected(405, "MethodNotAllowed"));
    assert_eq!(reply.header("allow"), Some("GET"));
}
