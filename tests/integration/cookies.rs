//! Cookies that servers set and get back.

use serde_json::{Value, json};

use crate::support::{Answer, Postrider, Server, collection, get};

/// Sets what the path says at `/set/...`, and remembers what is sent elsewhere.
fn server(set: &'static [&'static str]) -> Server {
    Server::start(|request| {
        let answer = Answer::ok("");
        if !request.target().starts_with("/set") {
            return answer;
        }
        set.iter().fold(answer, |answer, cookie| {
            answer.header("Set-Cookie", *cookie)
        })
    })
}

fn cookies(server: &Server, items: Value) -> Vec<Option<String>> {
    Postrider::run_collection(&collection(items), &[]).expect_code(0);
    server
        .requests()
        .iter()
        .map(|request| request.header("cookie").map(str::to_owned))
        .collect()
}

#[test]
fn cookies_are_sent_back_in_the_order_they_were_set() {
    let server = server(&[
        "session=a b; Path=/; HttpOnly",
        "theme=dark; Path=/; Max-Age=60",
        "a=1; Path=/",
        "z=2; Path=/",
        "m=3; Path=/",
    ]);

    let cookies = cookies(
        &server,
        json!([get("A", server.url("/set")), get("B", server.url("/page"))]),
    );

    assert_eq!(
        cookies,
        [
            None,
            Some("session=a b; theme=dark; a=1; z=2; m=3".to_owned())
        ]
    );
}

#[test]
fn a_cookie_is_kept_through_iterations() {
    let server = server(&["session=1; Path=/"]);

    let items = json!([get("A", server.url("/set"))]);
    Postrider::run_collection(&collection(items), &["-n", "2"]).expect_code(0);

    assert_eq!(server.requests()[1].header("cookie"), Some("session=1"));
}

#[test]
fn a_cookie_stays_below_its_path() {
    let server = server(&["deep=1; Path=/set/deep", "usual=1"]);

    let items = json!([
        get("A", server.url("/set/one")),
        get("B", server.url("/set/deep/x")),
        get("C", server.url("/set/deeper")),
        get("D", server.url("/other")),
    ]);

    assert_eq!(
        cookies(&server, items),
        [
            None,
            Some("deep=1; usual=1".to_owned()),
            Some("usual=1".to_owned()),
            None
        ]
    );
}

#[test]
fn a_cookie_stays_with_its_host() {
    let server = server(&["session=1; Path=/"]);
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", server.port());

    let items = json!([
        get("A", at("a.localhost", "/set")),
        get("B", at("a.localhost", "/")),
        get("C", at("b.localhost", "/")),
        get("D", at("x.a.localhost", "/")),
    ]);

    assert_eq!(
        cookies(&server, items),
        [None, Some("session=1".to_owned()), None, None]
    );
}

#[test]
fn a_cookie_for_a_domain_reaches_the_hosts_below_it() {
    let server = server(&["session=1; Path=/; Domain=a.localhost"]);
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", server.port());

    let items = json!([
        get("A", at("x.a.localhost", "/set")),
        get("B", at("y.a.localhost", "/")),
        get("C", at("b.localhost", "/")),
    ]);

    assert_eq!(
        cookies(&server, items),
        [None, Some("session=1".to_owned()), None]
    );
}

#[test]
fn a_cookie_for_a_foreign_domain_is_refused() {
    let server = server(&["session=1; Path=/; Domain=b.localhost"]);
    let at = |host: &str, path: &str| format!("http://{host}:{}{path}", server.port());

    let items = json!([
        get("A", at("a.localhost", "/set")),
        get("B", at("b.localhost", "/"))
    ]);

    assert_eq!(cookies(&server, items), [None, None]);
}

#[test]
fn a_cookie_that_has_expired_is_gone() {
    let server = Server::start(|request| match request.target() {
        "/set" => Answer::ok("").header("Set-Cookie", "session=1; Path=/"),
        "/unset" => Answer::ok("").header("Set-Cookie", "session=; Path=/; Max-Age=0"),
        _ => Answer::ok(""),
    });

    let items = json!([
        get("A", server.url("/set")),
        get("B", server.url("/unset")),
        get("C", server.url("/page")),
    ]);

    assert_eq!(
        cookies(&server, items),
        [None, Some("session=1".to_owned()), None]
    );
}

#[test]
fn a_secure_cookie_is_not_sent_over_plain_http() {
    let server = server(&["session=1; Path=/; Secure"]);
    let at = |path: &str| format!("http://a.localhost:{}{path}", server.port());

    let cookies = cookies(&server, json!([get("A", at("/set")), get("B", at("/"))]));

    assert_eq!(cookies, [None, None]);
}

#[test]
fn own_cookies_come_before_those_of_the_jar() {
    let server = server(&["session=1; Path=/"]);
    let own = json!({"name": "B", "request": {
        "method": "GET", "url": server.url("/"), "header": [{"key": "Cookie", "value": "own=2"}]
    }});

    let cookies = cookies(&server, json!([get("A", server.url("/set")), own]));

    assert_eq!(cookies, [None, Some("own=2; session=1".to_owned())]);
}

#[test]
fn a_request_may_leave_the_jar_alone() {
    let server = server(&["session=1; Path=/"]);
    let mut alone = get("B", server.url("/set"));
    alone["protocolProfileBehavior"] = json!({"disableCookies": true});

    let items = json!([get("A", server.url("/set")), alone]);

    assert_eq!(cookies(&server, items), [None, None]);
}
