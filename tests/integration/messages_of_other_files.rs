//! What is said about environments, certificates and flags that do not fit.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Postrider, collection, get};

/// The message about an environment with this content.
fn about_environment(content: impl AsRef<[u8]>) -> String {
    Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:9/")])))
        .file("environment.json", content)
        .arguments(&["-e", "environment.json"])
        .run()
        .message()
}

/// The message about arguments that do not fit a collection that does.
fn about_arguments(arguments: &[&str]) -> String {
    let collection = collection(json!([get("A", "http://127.0.0.1:9/")]));
    Postrider::run_collection(&collection, arguments).message()
}

#[test]
fn an_environment_that_is_missing_is_named() {
    assert_snapshot!(about_arguments(&["-e", "staging.json"]), @"
    exit code: 3
    error: cannot load the environment `staging.json`
      caused by: cannot read `staging.json`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn an_environment_that_is_a_collection_is_refused() {
    assert_snapshot!(about_environment(collection(json!([])).to_string()), @"
    exit code: 3
    error: cannot load the environment `environment.json`: it is a collection, not a list of variables

    hint: export the environment from Postman; it is an object with a list `values` of keys and values
    ");
}

#[test]
fn an_environment_without_a_list_of_values_is_refused() {
    assert_snapshot!(about_environment(r#"{"name": "E"}"#), @"
    exit code: 3
    error: cannot load the environment `environment.json`: the object has no list `values`

    hint: export the environment from Postman; it is an object with a list `values` of keys and values
    ");
    assert_snapshot!(about_environment(r#"{"values": {"a": 1}}"#), @r#"
    exit code: 3
    error: cannot load the environment `environment.json`
      caused by: line 1, column 12: `values` is not a list
        {"values": {"a": 1}}
                   ^

    hint: export the environment from Postman; it is an object with a list `values` of keys and values
    "#);
    assert_snapshot!(about_environment(r#"{"values": [{"key": "a"}, "b"]}"#), @r#"
    exit code: 3
    error: cannot load the environment `environment.json`
      caused by: line 1, column 27: `values[1]` is not an object
        {"values": [{"key": "a"}, "b"]}
                                  ^

    hint: export the environment from Postman; it is an object with a list `values` of keys and values
    "#);
}

#[test]
fn a_broken_environment_is_shown_with_line_and_column() {
    assert_snapshot!(about_environment("{\n  \"values\": [\n    {\"key\": 'a'}\n  ]\n}"), @r#"
    exit code: 3
    error: cannot load the environment `environment.json`: it is not valid JSON
      caused by: line 3, column 13: expected value
            {"key": 'a'}
                    ^

    hint: export the environment again from Postman, or check the JSON near line 3
    "#);
}

#[test]
fn broken_globals_are_called_by_their_name() {
    assert_snapshot!(about_arguments(&["-g", "globals.json"]), @"
    exit code: 3
    error: cannot load the globals `globals.json`
      caused by: cannot read `globals.json`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_ca_file_that_is_missing_is_named() {
    assert_snapshot!(about_arguments(&["--ssl-extra-ca-certs", "ca.pem"]), @"
    exit code: 3
    error: cannot load the CA certificates
      caused by: cannot read `ca.pem`: there is no such file

    hint: check the spelling and the folder postrider was started in
    ");
}

#[test]
fn a_ca_file_without_certificates_is_refused() {
    let run = Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:9/")])));
    let run = run.file("ca.pem", "no certificate at all\n");

    let outcome = run.arguments(&["--ssl-extra-ca-certs", "ca.pem"]).run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the CA certificates of `ca.pem`
      caused by: the file holds no certificate in PEM form

    hint: name a file with certificates in PEM form (`-----BEGIN CERTIFICATE-----`)
    ");
}

#[test]
fn a_broken_certificate_is_counted() {
    let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let run = Postrider::with_collection(&collection(json!([get("A", "http://127.0.0.1:9/")])));

    let outcome = run
        .file("ca.pem", pem)
        .arguments(&["--ssl-extra-ca-certs", "ca.pem"])
        .run();

    assert_snapshot!(outcome.message(), @"
    exit code: 3
    error: cannot load the CA certificates of `ca.pem`
      caused by: certificate 1 in the file cannot be read: invalid peer certificate: BadEncoding

    hint: name a file with certificates in PEM form (`-----BEGIN CERTIFICATE-----`)
    ");
}

#[test]
fn a_rule_of_connect_to_without_four_parts_is_refused() {
    assert_snapshot!(about_arguments(&["--connect-to", "a.example:443"]), @"
    exit code: 2
    error: cannot use `a.example:443` for `--connect-to`: `a.example:443` is not of the form HOST:PORT:ADDRESS:PORT

    hint: `postrider run --help` explains the flag
    ");
    assert_snapshot!(about_arguments(&["--connect-to", "a.example:https:127.0.0.1:1"]), @"
    exit code: 2
    error: cannot use `a.example:https:127.0.0.1:1` for `--connect-to`: `a.example:https:127.0.0.1:1` is not of the form HOST:PORT:ADDRESS:PORT

    hint: `postrider run --help` explains the flag
    ");
}

#[test]
fn an_unknown_folder_is_refused_with_a_near_name() {
    let items = json!([{"name": "Users", "item": [get("Create user", "http://127.0.0.1:9/")]}]);

    let outcome = Postrider::run_collection(&collection(items), &["--folder", "users"]);

    assert_snapshot!(outcome.message(), @"
    exit code: 4
    error: cannot select what to run
      caused by: no folder or request is called `users`

    hint: did you mean `Users`?
    ");
}
