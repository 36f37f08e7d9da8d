//! tinyproxy and microsocks as the proxies.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Authority, Outcome, Postrider, Program, Server, collection, get};

/// tinyproxy, which lets in `user` with the password `secret.1`.
fn tinyproxy() -> Option<Program> {
    Program::start(&["tinyproxy"], |folder, port| {
        let config = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 30\nMaxClients 20\nAllow 127.0.0.1\n\
             BasicAuth user secret.1\nViaProxyName \"tiny\"\n"
        );
        let path = folder.join("tinyproxy.conf");
        fs::write(&path, config).unwrap();
        vec!["-d".into(), "-c".into(), path.into()]
    })
}

/// microsocks, which lets in `user` with the password `secret`.
fn microsocks() -> Option<Program> {
    Program::start(&["microsocks"], |_, port| {
        let port = port.to_string();
        let arguments = ["-i", "127.0.0.1", "-p", &port, "-u", "user", "-P", "secret"];
        arguments.map(Into::into).to_vec()
    })
}

fn servers() -> (Server, Server) {
    let authority = Authority::new();
    let config = authority.server_config(&["localhost"]);
    (
        Server::start(|_| Answer::ok("")),
        Server::start_tls(config, |_| Answer::ok("")),
    )
}

fn secure_url(server: &Server, path: &str) -> String {
    format!("https://localhost:{}{path}", server.port())
}

fn run(items: Value, proxy: &str) -> Outcome {
    Postrider::with_collection(&collection(items))
        .arguments(&["--insecure", "--reporter-cli-no-summary"])
        .arguments(&["--reporter-cli-no-failures", "--proxy", proxy])
        .run()
}

#[test]
fn tinyproxy_forwards_requests_and_makes_tunnels() {
    let Some(program) = tinyproxy() else {
        return;
    };
    let (plain, secure) = servers();
    let proxy = format!("http://user:secret.1@{}", program.address());
    let items = json!([
        get("A", plain.url("/a?q=1")),
        get("B", plain.url("/b")),
        get("C", secure_url(&secure, "/c")),
        get("D", secure_url(&secure, "/d")),
    ]);

    run(items, &proxy).expect_code(0);

    assert_eq!(plain.lines(), ["GET /a?q=1", "GET /b"]);
    for request in plain.requests() {
        assert!(request.header("via").unwrap().contains("tiny"));
        assert_eq!(request.header("proxy-authorization"), None);
    }
    assert_eq!(secure.lines(), ["GET /c", "GET /d"]);
    assert_eq!(secure.connection_count(), 1);
    for request in secure.requests() {
        assert_eq!(request.header("via"), None);
        assert_eq!(request.header("proxy-authorization"), None);
    }
}

#[test]
fn what_tinyproxy_refuses_is_told() {
    let Some(program) = tinyproxy() else {
        return;
    };
    let (plain, secure) = servers();
    let (plain, secure) = (plain.never_called(), secure.never_called());
    let items = json!([
        get("A", plain.url("/a")),
        get("B", secure_url(&secure, "/b"))
    ]);
    let nobody = json!([get("C", "https://127.0.0.1:9/")]);

    // Versions differ in the code that they refuse with.
    let wrong = format!("http://user:wrong.1@{}", program.address());
    let outcome = run(items, &wrong).expect_code(1);
    assert!(
        outcome
            .stdout
            .contains("through the proxy http://user:***@")
    );
    assert!(!outcome.stdout.contains("200 OK"));
    let right = format!("http://user:secret.1@{}", program.address());
    assert_snapshot!(run(nobody, &right).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → C
      GET https://127.0.0.1:9/ [errored]
         the proxy refuses to connect to 127.0.0.1:9 (through the proxy http://user:***@127.0.0.1:<port> from --proxy)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
}

#[test]
fn microsocks_carries_requests() {
    let Some(program) = microsocks() else {
        return;
    };
    let (plain, secure) = servers();
    // Not by its name: the proxy tries no other address than the first one that we find for it.
    let secure_url = format!("https://127.0.0.1:{}/c", secure.port());
    let items = json!([
        get("A", plain.url("/a")),
        get("B", plain.url("/b")),
        get("C", secure_url),
    ]);

    for scheme in ["socks5", "socks5h"] {
        let proxy = format!("{scheme}://user:secret@{}", program.address());
        run(items.clone(), &proxy).expect_code(0);
    }

    assert_eq!(plain.lines(), ["GET /a", "GET /b", "GET /a", "GET /b"]);
    assert_eq!(plain.connection_count(), 2);
    assert_eq!(secure.lines(), ["GET /c", "GET /c"]);
}

#[test]
fn what_microsocks_refuses_is_told() {
    let Some(program) = microsocks() else {
        return;
    };
    let item = |url: &str| json!([get("A", url)]);

    let wrong = format!("socks5h://user:wrong@{}", program.address());
    assert_snapshot!(run(item("http://127.0.0.1:9/"), &wrong).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:9/ [errored]
         the proxy asks for credentials, or refuses those given (through the proxy socks5h://user:***@127.0.0.1:<port> from --proxy)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
    let right = format!("socks5h://user:secret@{}", program.address());
    assert_snapshot!(run(item("http://127.0.0.1:9/"), &right).to_snapshot(), @"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET http://127.0.0.1:9/ [errored]
         the proxy refuses to connect to 127.0.0.1:9: connection refused (through the proxy socks5h://user:***@127.0.0.1:<port> from --proxy)
         hint: check the proxy's address and credentials, or reach the host without it with --no-proxy
    ");
}
