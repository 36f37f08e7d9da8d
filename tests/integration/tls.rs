//! Which servers are trusted.

use std::io::{Read, Write};

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Authority, Outcome, Postrider, Server, collection, get};

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
         cannot trust 127.0.0.1:<port>: the server does not speak TLS on this port
         hint: check the port, and whether the URL should begin with http

      #  failure  detail

     1.  Error    cannot trust 127.0.0.1:<port>: the server does not speak TLS on this port
                  at request
                  inside "A"
                  hint: check the port, and whether the URL should begin with http
    "#);
}
