//! Certificates that postrider shows to servers.
//!
//! The files in `client/` were made with OpenSSL; the passphrase is `a passphrase`.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, Authority, Outcome, Postrider, Server, collection, get};

const PASSPHRASE: &str = "a passphrase";

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/client");
    std::fs::read(folder.join(name)).unwrap()
}

fn text(name: &str) -> String {
    String::from_utf8(file(name)).unwrap()
}

/// A server that talks only to clients with a certificate of the authority in `client/`.
fn server(authority: &Authority) -> Server {
    let config = authority.mutual_config(&["localhost"], &text("authority.pem"));
    Server::start_tls(config, |_| Answer::ok("known"))
}

/// A run with all files at hand; `--insecure` is for the server's own certificate.
fn with_files(items: Value) -> Postrider {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/client");
    let mut run = Postrider::with_collection(&collection(items))
        .arguments(&["--insecure", "--reporter-cli-no-summary"]);
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        run = run.file(&name, file(&name));
    }
    run
}

fn ask(server: &Server, arguments: &[&str]) -> Outcome {
    let url = format!("https://localhost:{}/a", server.port());
    with_files(json!([get("A", url)]))
        .arguments(arguments)
        .run()
}

#[test]
fn a_certificate_is_shown_whatever_the_form_of_its_key() {
    let server = server(&Authority::new());
    let pairs = [
        ("ec.pem", "ec-pkcs8.key"),
        ("ec.pem", "ec-sec1.key"),
        ("ec.pem", "ec-sec1-aes256.key"),
        ("ec.pem", "ec-pkcs8-aes256.key"),
        ("ec.pem", "ec-pkcs8-des3.key"),
        ("ec.pem", "ec-pkcs8-scrypt.key"),
        ("ec.der", "ec.key.der"),
        ("rsa.pem", "rsa-pkcs1.key"),
        ("rsa.pem", "rsa-pkcs1-aes128.key"),
        ("rsa.pem", "rsa-pkcs1-des3.key"),
    ];

    for (certificate, key) in pairs {
        let outcome = ask(
            &server,
            &[
                "--ssl-client-cert",
                certificate,
                "--ssl-client-key",
                key,
                "--ssl-client-passphrase",
                PASSPHRASE,
            ],
        );
        assert_eq!(outcome.code, Some(0), "{key}\n{}", outcome.stdout);
    }
}

#[test]
fn a_container_is_known_by_its_content() {
    let server = server(&Authority::new());

    for name in ["modern.p12", "legacy.pfx"] {
        let arguments = [
            "--ssl-client-cert",
            name,
            "--ssl-client-passphrase",
            PASSPHRASE,
        ];
        let outcome = ask(&server, &arguments);
        assert_eq!(outcome.code, Some(0), "{name}\n{}", outcome.stdout);
    }
    ask(&server, &["--ssl-client-cert", "empty.p12"]).expect_code(0);
}

#[test]
fn a_key_may_stand_in_the_file_of_its_certificate() {
    let server = server(&Authority::new());
    let url = format!("https://localhost:{}/a", server.port());
    let both = [file("ec.pem"), file("ec-pkcs8.key")].concat();

    with_files(json!([get("A", url)]))
        .file("both.pem", both)
        .arguments(&["--ssl-client-cert", "both.pem"])
        .run()
        .expect_code(0);
}

#[test]
fn a_server_that_misses_the_certificate_is_explained() {
    let server = server(&Authority::new()).never_called();

    assert_snapshot!(ask(&server, &[]).to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         cannot make a secure connection to localhost:<port>: the server asks for a client certificate, and none was shown
         hint: show one with --ssl-client-cert or --ssl-client-cert-list

      #  failure  detail

     1.  Error    cannot make a secure connection to localhost:<port>: the server asks for a client certificate, and none was shown
                  at request
                  inside "A"
                  hint: show one with --ssl-client-cert or --ssl-client-cert-list
    "#);
}

#[test]
fn a_list_chooses_by_the_url_of_each_hop_and_the_flags_come_last() {
    let authority = Authority::new();
    let last = server(&authority);
    let location = format!("https://localhost:{}/b", last.port());
    let config = authority.mutual_config(&["localhost"], &text("authority.pem"));
    let first = Server::start_tls(config, move |_| {
        Answer::redirect("302 Found", location.clone())
    });
    let list = json!([
        {
            "name": "first",
            "matches": [format!("https://localhost:{}/a*", first.port())],
            "cert": {"src": "ec.pem"},
            "key": {"src": "ec-sec1-aes256.key"},
            "passphrase": PASSPHRASE
        },
        {"name": "elsewhere", "matches": ["https://elsewhere.example/*"], "pfx": "none.p12"}
    ]);
    let url = format!("https://localhost:{}/a?x=1", first.port());

    let outcome = with_files(json!([get("A", url)]))
        .file("list.json", list.to_string())
        .arguments(&[
            "--ssl-client-cert-list",
            "list.json",
            "--ssl-client-cert",
            "rsa.pem",
            "--ssl-client-key",
            "rsa-pkcs1.key",
        ])
        .run()
        .expect_code(0);

    assert_snapshot!(outcome.stderr, @"warning: cannot load the client certificate: cannot read `none.p12`: there is no such file (check the spelling and the folder postrider was started in)");
    assert_eq!(last.lines(), ["GET /b"]);
}

#[test]
fn an_entry_that_cannot_be_used_fails_the_requests_that_it_is_for() {
    let server = server(&Authority::new()).never_called();
    let url = format!("https://localhost:{}/a", server.port());
    let list = json!([
        {"name": "mine", "matches": ["https://localhost:*/*", "localhost"], "pfx": {"src": "modern.p12"}, "passphrase": "wrong-passphrase"}
    ]);

    let outcome = with_files(json!([get("A", url)]))
        .file("list.json", list.to_string())
        .arguments(&["--ssl-client-cert-list", "list.json"])
        .run();

    assert_snapshot!(outcome.to_snapshot(), @r#"
    exit code: 1
    --- stdout
    postrider

    Sample

    → A
      GET https://localhost:<port>/a [errored]
         the client certificate `mine` cannot be shown: cannot load the client certificate `modern.p12`: the passphrase does not fit
         hint: correct the entry of --ssl-client-cert-list

      #  failure  detail

     1.  Error    the client certificate `mine` cannot be shown: cannot load the client certificate `modern.p12`: the passphrase does not fit
                  at request
                  inside "A"
                  hint: correct the entry of --ssl-client-cert-list
    --- stderr
    warning: the client certificate `mine` matches no URL with the pattern `localhost` (write it as `https://*.example.com:*/*`, with a path)
    warning: cannot load the client certificate `modern.p12`: the passphrase does not fit (check the passphrase, also for characters that the shell takes for itself)
    "#);
}

#[test]
fn newman_sends_without_a_certificate_that_cannot_be_used() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.server_config(&["localhost"]), |_| Answer::ok(""));

    let outcome = ask(
        &server,
        &["--ssl-client-cert", "none.pem", "--newman-compat"],
    );

    assert_snapshot!(outcome.expect_code(0).stderr, @"warning: cannot load the client certificate: cannot read `none.pem`: there is no such file (check the spelling and the folder postrider was started in)");
}

/// The message about a certificate with these flags.
fn about(arguments: &[&str]) -> String {
    with_files(json!([get("A", "https://127.0.0.1:9/")]))
        .arguments(arguments)
        .run()
        .message()
}

#[test]
fn files_that_hold_no_pair_are_named_with_the_reason() {
    let cert = "--ssl-client-cert";
    let key = "--ssl-client-key";
    let passphrase = "--ssl-client-passphrase";

    assert_snapshot!(about(&[cert, "none.pem"]), @"
    exit code: 3
    error: cannot load the client certificate
      caused by: cannot read `none.pem`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
    assert_snapshot!(about(&[cert, "ec.pem"]), @"
    exit code: 3
    error: cannot load the client certificate `ec.pem`
      caused by: there is no private key in it

    hint: name the file of the private key with --ssl-client-key
    ");
    assert_snapshot!(about(&[cert, "ec.pem", key, "rsa-pkcs1.key"]), @"
    exit code: 3
    error: cannot load the client certificate `rsa-pkcs1.key`
      caused by: the private key does not belong to the certificate

    hint: name the certificate and the key of one pair
    ");
    assert_snapshot!(about(&[cert, "ec.pem", key, "ec-pkcs8-aes256.key"]), @"
    exit code: 3
    error: cannot load the client certificate `ec-pkcs8-aes256.key`
      caused by: its private key is encrypted, and there is no passphrase

    hint: give the passphrase with --ssl-client-passphrase
    ");
    assert_snapshot!(about(&[cert, "ec.pem", key, "ec-pkcs8-aes256.key", passphrase, "wrong"]), @"
    exit code: 3
    error: cannot load the client certificate `ec-pkcs8-aes256.key`
      caused by: the passphrase does not fit

    hint: check the passphrase, also for characters that the shell takes for itself
    ");
    assert_snapshot!(about(&[cert, "ec.pem", key, "ec-sec1-aes256.key", passphrase, "wrong"]), @"
    exit code: 3
    error: cannot load the client certificate `ec-sec1-aes256.key`
      caused by: the passphrase does not fit

    hint: check the passphrase, also for characters that the shell takes for itself
    ");
    assert_snapshot!(about(&[cert, "ec.pem", key, "ec-pkcs8-pbes1.key", passphrase, PASSPHRASE]), @"
    exit code: 3
    error: cannot load the client certificate `ec-pkcs8-pbes1.key`
      caused by: its private key is encrypted with PBES1, which is not supported

    hint: encrypt the key anew: `openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW`
    ");
    assert_snapshot!(about(&[cert, "ec-pkcs8.key"]), @"
    exit code: 3
    error: cannot load the client certificate `ec-pkcs8.key`
      caused by: there is no certificate in it

    hint: name a file with a certificate in PEM form (`-----BEGIN CERTIFICATE-----`), or a PKCS#12 file
    ");
    assert_snapshot!(about(&[cert, "modern.p12"]), @"
    exit code: 3
    error: cannot load the client certificate `modern.p12`
      caused by: its private key is encrypted, and there is no passphrase

    hint: give the passphrase with --ssl-client-passphrase
    ");
    assert_snapshot!(about(&[cert, "modern.p12", passphrase, "wrong"]), @"
    exit code: 3
    error: cannot load the client certificate `modern.p12`
      caused by: the passphrase does not fit

    hint: check the passphrase, also for characters that the shell takes for itself
    ");
    assert_snapshot!(about(&[cert, "collection.json"]), @"
    exit code: 3
    error: cannot load the client certificate `collection.json`
      caused by: there is no certificate in it

    hint: name a file with a certificate in PEM form (`-----BEGIN CERTIFICATE-----`), or a PKCS#12 file
    ");
}

#[test]
fn a_list_that_is_none_is_named_with_the_place() {
    let about = |list: &str| {
        with_files(json!([get("A", "https://127.0.0.1:9/")]))
            .file("list.json", list)
            .arguments(&["--ssl-client-cert-list", "list.json"])
            .run()
            .message()
    };

    assert_snapshot!(about("{}"), @r#"
    exit code: 3
    error: cannot load the list of client certificates `list.json`: it is not a list

    hint: write a list like [{"matches": ["https://api.example/*"], "cert": {"src": "client.pem"}, "key": {"src": "client.key"}}]
    "#);
    assert_snapshot!(about("[{\"passphrase\": \"secret\" 1}]"), @"
    exit code: 3
    error: cannot load the list of client certificates `list.json`: it is not valid JSON
      caused by: line 1, column 26: expected `,` or `}`

    hint: check the JSON near line 1
    ");
    assert_snapshot!(about("[{\"matches\": [\"<all_urls>\"]}]"), @r#"
    exit code: 3
    error: cannot load the list of client certificates `list.json`: `[0]` has neither `cert` nor `pfx`

    hint: write a list like [{"matches": ["https://api.example/*"], "cert": {"src": "client.pem"}, "key": {"src": "client.key"}}]
    "#);
}

#[test]
fn a_passphrase_is_shown_nowhere() {
    let server = server(&Authority::new());
    let url = format!(
        "https://localhost:{}/{}",
        server.port(),
        "a-passphrase-of-mine"
    );

    let outcome = with_files(json!([get("A", url)]))
        .arguments(&[
            "--ssl-client-cert",
            "ec.pem",
            "--ssl-client-key",
            "ec-pkcs8.key",
            "--ssl-client-passphrase",
            "a-passphrase-of-mine",
        ])
        .run()
        .expect_code(0);

    assert!(!outcome.stdout.contains("a-passphrase-of-mine"));
}
