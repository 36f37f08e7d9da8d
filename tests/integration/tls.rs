//! Which servers are trusted.

use std::io::{Read, Write};

use insta::assert_snapshot;
use rustls::version::{TLS12, TLS13};
use serde_json::json;

use crate::support::{Answer, Authority, Outcome, Postrider, Server, collection, get, self_signed};

/// Asks a server with a certificate for `localhost`, under this name and with these further arguments.
fn ask(authority: &Authority, server: &Server, host: &str, arguments: &[&str]) -> Outcome {
    let url = format!("https://{host}:{}/a", server.port());
    Postrider::with_collection(&collection(json!([get("A", url)])))
        .file("ca.pem", authority.pem())
        .arguments(arguments)
        .arguments(&["--reporter-cli-no-summary"])
        .run()
}

fn server(authority: &Authority) -> Server {
    Server::start_tls(authority.server_config(&["localhost", "127.0.0.1"]), |_| {
        Answer::ok("safe")
    })
}

#[test]
fn a_server_of_an_extra_authority_is_trusted() {
    let authority = Authority::new();
    let server = server(&authority);

    ask(
        &authority,
        &server,
        "localhost",
        &["--ssl-extra-ca-certs", "ca.pem"],
    )
    .expect_code(0);

    assert_eq!(server.lines(), ["GET /a"]);
}

#[test]
fn a_certificate_for_an_address_is_good_for_it() {
    let authority = Authority::new();
    let server = server(&authority);

    ask(
        &authority,
        &server,
        "127.0.0.1",
        &["--ssl-extra-ca-certs", "ca.pem"],
    )
    .expect_code(0);
}

#[test]
fn a_file_may_hold_several_authorities() {
    let (first, second) = (Authority::new(), Authority::new());
    let server = server(&second);
    let url = format!("https://localhost:{}/a", server.port());

    Postrider::with_collection(&collection(json!([get("A", url)])))
        .file(
            "ca.pem",
            format!("# first\n{}\n# second\n{}", first.pem(), second.pem()),
        )
        .arguments(&["--ssl-extra-ca-certs", "ca.pem"])
        .run()
        .expect_code(0);
}

#[test]
fn an_unknown_authority_fails_the_request_and_the_hint_says_what_to_do() {
    let authority = Authority::new();
    let server = server(&authority).never_called();

    let outcome = ask(&authority, &server, "localhost", &[]);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         cannot trust localhost:<port>: its certificate comes from an issuer that is not trusted
         hint: pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check

      #  failure  detail

     1.  Error    cannot trust localhost:<port>: its certificate comes from an issuer that is not trusted
                  at request
                  inside "A"
                  hint: pass the server's CA with --ssl-extra-ca-certs, or --insecure to skip the check
    "#);
}

#[test]
fn a_certificate_that_signs_itself_is_told_from_one_of_an_unknown_authority() {
    let authority = Authority::new();
    let server = Server::start_tls(self_signed("localhost"), |_| Answer::ok("")).never_called();
    let arguments = ["--reporters", "json", "--reporter-json-export", "r.json"];

    let outcome = ask(&authority, &server, "localhost", &arguments).expect_code(1);

    let report = outcome.json("r.json");
    let error = &report["run"]["executions"][0]["requestError"];
    assert_eq!(error["code"], "DEPTH_ZERO_SELF_SIGNED_CERT");
}

#[test]
fn the_check_can_be_switched_off() {
    let authority = Authority::new();
    let server = server(&authority);

    ask(&authority, &server, "localhost", &["--insecure"]).expect_code(0);
}

#[test]
fn a_request_may_switch_the_check_off_for_itself() {
    let authority = Authority::new();
    let server = server(&authority);
    let mut item = get("A", format!("https://localhost:{}/a", server.port()));
    item["protocolProfileBehavior"] = json!({"strictSSL": false});

    Postrider::run_collection(&collection(json!([item])), &[]).expect_code(0);
}

#[test]
fn a_certificate_for_another_host_fails_the_request() {
    let authority = Authority::new();
    let server = server(&authority).never_called();
    let connect_to = format!("wrong.example::127.0.0.1:{}", server.port());

    let arguments = [
        "--ssl-extra-ca-certs",
        "ca.pem",
        "--connect-to",
        &connect_to,
    ];
    let outcome = ask(&authority, &server, "wrong.example", &arguments);

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://wrong.example:<port>/a [errored]
         cannot trust wrong.example:<port>: its certificate is for another host name (localhost, 127.0.0.1)
         hint: check the host of the URL and of --connect-to, or pass --insecure to skip the check

      #  failure  detail

     1.  Error    cannot trust wrong.example:<port>: its certificate is for another host name (localhost, 127.0.0.1)
                  at request
                  inside "A"
                  hint: check the host of the URL and of --connect-to, or pass --insecure to skip the check
    "#);
}

#[test]
fn a_server_without_tls_is_told_from_one_that_is_not_trusted() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!(
        "https://127.0.0.1:{}/a",
        listener.local_addr().unwrap().port()
    );
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 5]).unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
            .unwrap();
        // Until the client has read it: unread bytes would break the connection.
        std::io::copy(&mut stream, &mut std::io::sink())
    });

    let collection = collection(json!([get("A", url)]));
    let outcome = Postrider::run_collection(&collection, &["--reporter-cli-no-summary"]);

    let _closed = server.join().unwrap();
    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://127.0.0.1:<port>/a [errored]
         cannot make a secure connection to 127.0.0.1:<port>: the server does not speak TLS on this port
         hint: check the port, and whether the URL should begin with http

      #  failure  detail

     1.  Error    cannot make a secure connection to 127.0.0.1:<port>: the server does not speak TLS on this port
                  at request
                  inside "A"
                  hint: check the port, and whether the URL should begin with http
    "#);
}

/// The item's outcome at a server that speaks one version of TLS, with these versions switched off.
fn without(version: &'static rustls::SupportedProtocolVersion, disabled: &[&str]) -> Outcome {
    let config = Authority::new().server_config_with(&["localhost"], version);
    let server = Server::start_tls(config, |_| Answer::ok(""));
    let mut item = get("A", format!("https://localhost:{}/a", server.port()));
    item["protocolProfileBehavior"] = json!({
        "strictSSL": false,
        "tlsDisabledProtocols": disabled,
        "tlsPreferServerCiphers": true
    });
    let arguments = ["--reporter-cli-no-summary", "--reporter-cli-no-failures"];
    let outcome = Postrider::run_collection(&collection(json!([item])), &arguments);
    if outcome.code != Some(0) {
        let _unused = server.never_called();
    }
    outcome
}

#[test]
fn versions_of_tls_can_be_switched_off() {
    without(&TLS12, &[]).expect_code(0);
    without(&TLS13, &[]).expect_code(0);
    without(&TLS12, &["TLSv1", "TLSv1_1", "TLSv1_3"]).expect_code(0);
    without(&TLS13, &["TLSv1_2"]).expect_code(0);

    assert_snapshot!(without(&TLS13, &["TLSv1_3"]).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         cannot make a secure connection to localhost:<port>: the server speaks none of the TLS versions that are offered
         hint: check `tlsDisabledProtocols`, or let the server speak TLS 1.2 or 1.3
    ");
    assert_snapshot!(without(&TLS12, &["TLSv1_2"]).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         cannot make a secure connection to localhost:<port>: the server speaks none of the TLS versions that are offered
         hint: check `tlsDisabledProtocols`, or let the server speak TLS 1.2 or 1.3
    ");
    assert_snapshot!(without(&TLS12, &["TLSv1_2", "TLSv1_3"]).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         `tlsDisabledProtocols` leaves none of TLS 1.2 and 1.3
    ");
}

#[test]
fn a_certificate_that_has_expired_is_told_with_its_day() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.expired_config(&["localhost"]), |_| Answer::ok(""))
        .never_called();

    let arguments = [
        "--ssl-extra-ca-certs",
        "ca.pem",
        "--reporter-cli-no-failures",
    ];
    let outcome = ask(&authority, &server, "localhost", &arguments);

    assert_snapshot!(outcome.to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         cannot trust localhost:<port>: its certificate expired on 2020-02-01
         hint: renew the server's certificate and check this machine's clock, or pass --insecure to skip the check
    ");
}

#[test]
fn the_phases_of_each_hop_are_reported() {
    let authority = Authority::new();
    let secure = server(&authority);
    let location = format!("https://localhost:{}/b", secure.port());
    let plain = Server::start(move |_| Answer::redirect("302 Found", location.clone()));
    let url = format!("http://localhost:{}/a", plain.port());
    let arguments = [
        "-r",
        "cli,json",
        "--reporter-json-export",
        "r.json",
        "--verbose",
    ];

    let outcome = Postrider::with_collection(&collection(json!([get("A", url)])))
        .arguments(&arguments)
        .arguments(&["--insecure", "-n", "2"])
        .run()
        .expect_code(0);

    let executions = &outcome.json("r.json")["run"]["executions"];
    let first = &executions[0]["timings"];
    assert_eq!(
        (&first[0]["code"], &first[1]["code"]),
        (&json!(302), &json!(200))
    );
    let time = |hop: &serde_json::Value, name: &str| hop[name].as_f64().unwrap();
    assert!(time(&first[0], "tcp") > 0.0 && time(&first[0], "secureHandshake") == 0.0);
    assert!(time(&first[1], "tcp") > 0.0 && time(&first[1], "secureHandshake") > 0.0);
    // The second time both connections are there already.
    let again = &executions[1]["timings"][1];
    assert_eq!(
        (time(again, "tcp"), time(again, "secureHandshake")),
        (0.0, 0.0)
    );
    assert!(time(again, "total") >= time(again, "firstByte"));
    let lines: Vec<&str> = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("wait "))
        .collect();
    assert_eq!(lines.len(), 4, "{}", outcome.stdout);
    assert!(lines[0].contains("302 GET http://localhost:"), "{lines:?}");
    assert!(lines[1].contains("tls "), "{lines:?}");
}

#[test]
fn a_redirect_to_tls_knows_the_extra_authorities_too() {
    let authority = Authority::new();
    let secure = server(&authority);
    let location = format!("https://localhost:{}/b", secure.port());
    let plain = Server::start(move |_| Answer::redirect("301 Moved", location.clone()));

    Postrider::with_collection(&collection(json!([get("A", plain.url("/a"))])))
        .file("ca.pem", authority.pem())
        .arguments(&["--ssl-extra-ca-certs", "ca.pem"])
        .run()
        .expect_code(0);

    assert_eq!(secure.lines(), ["GET /b"]);
}
