//! Sending hosts to other addresses.

use serde_json::json;

use crate::support::{Answer, Authority, Postrider, Server, collection, get};

fn server() -> Server {
    Server::start(|_| Answer::ok(""))
}

/// Runs one request with one rule.
fn run(url: &str, rule: &str) {
    let collection = collection(json!([get("A", url)]));
    Postrider::run_collection(&collection, &["--connect-to", rule]).expect_code(0);
}

#[test]
fn the_request_keeps_the_host_of_its_url() {
    let server = server();

    run(
        "http://api.example/a",
        &format!("api.example:80:127.0.0.1:{}", server.port()),
    );

    assert_eq!(server.request().header("host"), Some("api.example"));
}

#[test]
fn a_wildcard_stands_for_all_names_below() {
    let server = server();

    run(
        "http://a.b.api.example/a",
        &format!("*.api.example:80:127.0.0.1:{}", server.port()),
    );

    assert_eq!(server.request().header("host"), Some("a.b.api.example"));
}

#[test]
fn an_empty_host_and_an_empty_port_stand_for_all() {
    let server = server();

    run(
        "http://any.example:8080/a",
        &format!("::127.0.0.1:{}", server.port()),
    );

    assert_eq!(server.request().header("host"), Some("any.example:8080"));
}

#[test]
fn a_rule_is_for_its_port_only() {
    let (server, other) = (server(), server().never_called());
    let rule = format!("a.localhost:{}:127.0.0.1:{}", other.port(), other.port());

    run(&format!("http://a.localhost:{}/a", server.port()), &rule);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn a_rule_may_change_the_port_only() {
    let server = server();

    run(
        "http://a.localhost:81/a",
        &format!("a.localhost:81::{}", server.port()),
    );

    assert_eq!(server.request().header("host"), Some("a.localhost:81"));
}

#[test]
fn a_rule_may_be_for_an_address() {
    let (server, other) = (server(), server().never_called());
    let rule = format!("127.0.0.1:{}:127.0.0.1:{}", other.port(), server.port());

    run(&other.url("/a"), &rule);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn the_first_rule_that_fits_wins() {
    let (server, other) = (server(), server().never_called());
    let collection = collection(json!([get("A", "http://api.example/a")]));
    let first = format!("api.example:80:127.0.0.1:{}", server.port());
    let second = format!("*:80:127.0.0.1:{}", other.port());

    Postrider::run_collection(
        &collection,
        &["--connect-to", &first, "--connect-to", &second],
    )
    .expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn the_certificate_is_checked_against_the_host_of_the_url() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.server_config(&["api.example"]), |_| {
        Answer::ok("")
    });
    let rule = format!("*.example:443:127.0.0.1:{}", server.port());

    Postrider::with_collection(&collection(json!([get("A", "https://api.example/a")])))
        .file("ca.pem", authority.pem())
        .arguments(&["--connect-to", &rule, "--ssl-extra-ca-certs", "ca.pem"])
        .run()
        .expect_code(0);

    assert_eq!(server.request().header("host"), Some("api.example"));
}

#[test]
fn a_redirect_is_sent_to_the_other_address_too() {
    let server = Server::start(|request| match request.target() {
        "/a" => Answer::redirect("302 Found", "http://other.example/b"),
        _ => Answer::ok(""),
    });

    run(
        "http://api.example/a",
        &format!("*:80:127.0.0.1:{}", server.port()),
    );

    let hosts: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.header("host").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(hosts, ["api.example", "other.example"]);
}

#[test]
fn the_certificate_is_checked_against_the_address_of_the_url() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.server_config(&["192.0.2.1"]), |_| Answer::ok(""));
    let rule = format!("192.0.2.1:443:127.0.0.1:{}", server.port());

    Postrider::with_collection(&collection(json!([get("A", "https://192.0.2.1/a")])))
        .file("ca.pem", authority.pem())
        .arguments(&["--connect-to", &rule, "--ssl-extra-ca-certs", "ca.pem"])
        .run()
        .expect_code(0);

    assert_eq!(server.request().header("host"), Some("192.0.2.1"));
}
