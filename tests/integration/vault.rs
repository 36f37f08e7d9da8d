//! Secrets from outside of the collection.

use serde_json::json;

use crate::support::{Answer, Outcome, Postrider, Server, collection, get};

const VAULT: &str = r#"{"values": [{"key": "api-key", "value": "s3cr3t-plum"}]}"#;

fn server() -> Server {
    Server::start(|request| Answer::ok(request.target().to_owned()))
}

/// Runs one request with a prerequest script.
fn run(url: String, script: &str, arguments: &[&str]) -> Outcome {
    let mut item = get("A", url);
    item["event"] = json!([{"listen": "prerequest", "script": {"exec": [script]}}]);
    Postrider::with_collection(&collection(json!([item])))
        .file("vault.json", VAULT)
        .arguments(arguments)
        .run()
}

#[test]
fn a_request_names_a_secret_and_no_output_shows_it() {
    let server = server();

    let outcome = run(
        server.url("/?k={{vault:api-key}}"),
        "",
        &["--vault", "file:vault.json", "--verbose", "-r", "cli,json"],
    )
    .expect_code(0);

    assert_eq!(server.request().target(), "/?k=s3cr3t-plum");
    assert!(
        !outcome.stdout.contains("s3cr3t-plum"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_script_reads_and_changes_secrets_for_the_run() {
    let server = server();

    let outcome = run(
        server.url("/?k={{vault:made}}&{{seen}}"),
        "pm.variables.set('seen', await pm.vault.get('api-key')); await pm.vault.set('made', 'own');",
        &["--vault", "file:vault.json"],
    );

    outcome.expect_code(0);
    assert_eq!(server.request().target(), "/?k=own&s3cr3t-plum");
}

#[cfg(unix)]
#[test]
fn a_command_prints_secrets() {
    let server = server();

    run(
        server.url("/?k={{vault:name}}"),
        "",
        &["--vault", "command:printf '%s-%s' of"],
    )
    .expect_code(0);

    assert_eq!(server.request().target(), "/?k=of-name");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_is_told_beside_the_request() {
    let server = server();

    let outcome = run(
        server.url("/?k={{vault:name}}"),
        "",
        &["--vault", "command:echo locked >&2; false"],
    );

    let text = &outcome.stdout;
    assert!(text.contains("gave no value for `name`"), "{text}");
    assert_eq!(server.request().target(), "/?k={{vault:name}}");
}

#[test]
fn without_a_vault_scripts_are_denied() {
    let server = server();

    let outcome = run(server.url("/"), "await pm.vault.get('api-key')", &[]).expect_code(1);

    let text = &outcome.stdout;
    assert!(text.contains("name a vault with --vault"), "{text}");
}

#[test]
fn a_source_that_is_none_is_refused() {
    let outcome = run("http://localhost".to_owned(), "", &["--vault", "keychain"]).expect_code(2);

    insta::assert_snapshot!(outcome.message(), @r"
    exit code: 2
    error: cannot use `keychain` for `--vault`: it is none of env, env:PREFIX, file:FILE and command:COMMAND

    hint: `postrider run --help` explains the flag
    ");
}
