//! Every flag of `newman run` (6.2.2) is understood.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Answer, Authority, Outcome, Postrider, Server, collection, environment, get};

/// The flags as newman's help lists them, each with a value that fits.
const FLAGS: &[&[&str]] = &[
    &["-e", "environment.json"],
    &["--environment", "environment.json"],
    &["-g", "environment.json"],
    &["--globals", "environment.json"],
    &["-r", "json"],
    &["--reporters", "cli,json"],
    &["-n", "2"],
    &["--iteration-count", "2"],
    &["-d", "data.csv"],
    &["--iteration-data", "data.csv"],
    &["--folder", "A"],
    &["--global-var", "a=b"],
    &["--env-var", "a=b"],
    &["--export-environment", "out.json"],
    &["--export-globals", "out.json"],
    &["--export-collection", "out.json"],
    &["--postman-api-key", "key"],
    &["--bail"],
    &["--bail", "folder"],
    &["--bail", "failure"],
    &["--bail", "folder,failure"],
    &["--ignore-redirects"],
    &["-x"],
    &["--suppress-exit-code"],
    &["--silent"],
    &["--disable-unicode"],
    &["--color", "auto"],
    &["--color", "on"],
    &["--color", "off"],
    &["--delay-request", "1"],
    &["--delay-request"],
    &["--timeout", "60000"],
    &["--timeout"],
    &["--timeout-request", "60000"],
    &["--timeout-request"],
    &["--timeout-script", "60000"],
    &["--timeout-script"],
    &["--working-dir", "."],
    &["--no-insecure-file-read"],
    &["-k"],
    &["--insecure"],
    &["--ssl-client-cert-list", "list.json"],
    &["--ssl-extra-ca-certs", "ca.pem"],
    &["--cookie-jar", "jar.json"],
    &["--export-cookie-jar", "out.json"],
    &["--verbose"],
    &["--reporter-cli-no-summary"],
    &["--reporter-json-export", "out.json"],
];

/// The flags that only a certificate gives a meaning; their files are tried out elsewhere.
const CERTIFICATE_FLAGS: [&str; 3] = [
    "--ssl-client-cert",
    "--ssl-client-key",
    "--ssl-client-passphrase",
];

fn dry_run(arguments: &[&str]) -> Outcome {
    let items = json!([get("A", "http://127.0.0.1:1/{{a}}")]);
    Postrider::with_collection(&collection(items))
        .file("environment.json", environment(&[]).to_string())
        .file("data.csv", "a\n1\n")
        .file("list.json", "[]")
        .file("jar.json", json!({"cookies": []}).to_string())
        .file("ca.pem", include_str!("support/certificate_and_key.pem"))
        .arguments(&["--dry-run"])
        .arguments(arguments)
        .run()
}

#[test]
fn every_flag_of_newman_is_accepted() {
    for flag in FLAGS {
        let outcome = dry_run(flag);

        assert_eq!(outcome.code, Some(0), "{flag:?}\n{}", outcome.stderr);
    }
}

#[test]
fn every_flag_of_newman_is_in_the_help() {
    let help = Postrider::new()
        .arguments(&["run", "-h"])
        .run()
        .stdout
        .clone();
    let words: Vec<&str> = help.split([' ', ',', '\n']).collect();

    let flags = FLAGS.iter().map(|flag| flag[0]).chain(CERTIFICATE_FLAGS);
    for flag in flags.filter(|flag| !flag.starts_with("--reporter-")) {
        assert!(words.contains(&flag), "{flag}");
    }
}

#[test]
fn the_last_of_several_values_counts() {
    let outcome = dry_run(&["-n", "1", "-n", "2", "--verbose", "--verbose"]).expect_code(0);

    let iterations = outcome.stdout.lines().filter(|line| line.starts_with("# "));
    assert_eq!(iterations.count(), 2);
}

#[test]
fn numbers_are_read_as_javascript_does() {
    for number in ["2", "2.0", "2e0", "0x2", " 2 "] {
        let outcome = dry_run(&["-n", number]).expect_code(0);

        let iterations = outcome.stdout.lines().filter(|line| line.starts_with("# "));
        assert_eq!(iterations.count(), 2, "{number}");
    }
    for number in ["0", "-1", "1.5", "", "x", "inf", "NaN", "1e300"] {
        let flag = format!("--iteration-count={number}");
        assert_eq!(dry_run(&[&flag]).code, Some(2), "{number}");
    }
}

#[test]
fn a_value_may_begin_with_a_dash() {
    let outcome = dry_run(&["--env-var", "-x=1", "--global-var", "a=-2"]).expect_code(0);

    assert!(
        outcome.stdout.contains("http://127.0.0.1:1/-2"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_version_has_the_letter_of_newman_as_well() {
    assert_eq!(
        Postrider::new().arguments(&["-v"]).run().stdout,
        Postrider::new().arguments(&["--version"]).run().stdout
    );
}

const COLLECTION_UID: &str = "1234-5f0d1c62-2f3b-4c8e-9a57-0c6b1f0e7d11";
const ENVIRONMENT_UID: &str = "1234-0a4c5b3e-58a0-4c76-8f3c-6c1f4f0b2d22";

#[test]
fn uids_are_fetched_from_the_api_of_postman_with_the_key() {
    let authority = Authority::new();
    let config = authority.server_config(&["api.postman.com"]);
    let server = Server::start_tls(config, |request| {
        let request_target = request.target();
        if request_target == format!("/collections/{COLLECTION_UID}") {
            let items = json!([get("A", "http://127.0.0.1:1/{{v}}")]);
            Answer::json(&json!({"collection": collection(items)}))
        } else if request_target == format!("/environments/{ENVIRONMENT_UID}") {
            let variables = environment(&[("v", "from-the-cloud")]);
            Answer::json(&json!({"environment": variables}))
        } else {
            Answer::status("404 Not Found")
        }
    });
    let run = |collection: &str| {
        Postrider::new()
            .file("ca.pem", authority.pem())
            .arguments(&["run", collection, "-e", ENVIRONMENT_UID])
            .arguments(&["--postman-api-key", "the-key", "--dry-run"])
            .arguments(&["--ssl-extra-ca-certs", "ca.pem", "--connect-to"])
            .arguments(&[&format!("api.postman.com:443:127.0.0.1:{}", server.port())])
            .run()
    };

    let outcome = run(COLLECTION_UID).expect_code(0);
    let unknown = run("1234-00000000-0000-0000-0000-000000000000");

    assert!(
        outcome.stdout.contains("/from-the-cloud"),
        "{}",
        outcome.stdout
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.header("x-api-key"), Some("the-key"));
    }
    assert_snapshot!(unknown.message(), @"
    exit code: 3
    error: cannot fetch `https://api.postman.com/collections/1234-00000000-0000-0000-0000-000000000000`: the server answered 404 Not Found

    hint: check the URL, or download the file and name it
    ");
}

#[test]
fn a_file_with_the_name_of_a_uid_comes_first() {
    let items = json!([get("A", "http://127.0.0.1:1/from-file")]);

    let outcome = Postrider::new()
        .file(COLLECTION_UID, collection(items).to_string())
        .arguments(&[
            "run",
            COLLECTION_UID,
            "--postman-api-key",
            "the-key",
            "--dry-run",
        ])
        .run()
        .expect_code(0);

    assert!(outcome.stdout.contains("/from-file"));
}

#[test]
fn the_key_goes_to_the_api_of_postman_only() {
    let server = Server::start(|_| Answer::json(&collection(json!([]))));

    Postrider::new()
        .arguments(&[
            "run",
            &server.url("/c.json"),
            "--postman-api-key",
            "the-key",
        ])
        .run()
        .expect_code(4);

    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].header("x-api-key"), None);
}
